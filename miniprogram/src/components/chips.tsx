import { ScrollView } from '@tarojs/components'
import { Tap } from './tap'
import './chips.scss'

interface Props<Key extends string> {
  options: readonly { key: Key; text: string }[]
  chosen: NoInfer<Key>
  onChoose(key: NoInfer<Key>): void
}

/** One choice out of a few, in a line that scrolls when it is long. */
export function Chips<Key extends string>({ options, chosen, onChoose }: Props<Key>) {
  return (
    <ScrollView className="chips" scrollX enhanced showScrollbar={false}>
      {options.map(({ key, text }) => (
        <Tap
          key={key}
          className={key === chosen ? 'chip chip-chosen' : 'chip'}
          chosen={key === chosen}
          onTap={() => onChoose(key)}
        >
          {text}
        </Tap>
      ))}
    </ScrollView>
  )
}
