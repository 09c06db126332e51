import { Text } from '@tarojs/components'
import { useState } from 'react'
import { Icon } from '../components/icon'
import { Sheet } from '../components/sheet'
import { Tap } from '../components/tap'
import './store-choice.scss'
import type { Store } from './use-workplace'

interface Props {
  store: Store
  stores: Store[]
  /** The question over the list. */
  title: string
  onChoose(store: Store): void
}

/** The store that the page is about; with several, a tap offers the others. */
export function StoreChoice({ store, stores, title, onChoose }: Props) {
  const [choosing, setChoosing] = useState(false)
  const several = stores.length > 1
  return (
    <>
      <Tap className="till-store" onTap={several ? () => setChoosing(true) : undefined}>
        <Icon name="store" size={40} color="var(--pine)" />
        <Text className="till-store-name one-line">{store.name}</Text>
        {several && <Icon name="down" size={28} color="var(--ink-3)" />}
      </Tap>
      <Sheet open={choosing} title={title} onClose={() => setChoosing(false)}>
        {stores.map((other) => (
          <Tap
            key={other.storeId}
            className={other.storeId === store.storeId ? 'till-choice till-chosen' : 'till-choice'}
            chosen={other.storeId === store.storeId}
            onTap={() => {
              onChoose(other)
              setChoosing(false)
            }}
          >
            <Text className="grow">{other.name}</Text>
            {other.storeId === store.storeId && <Icon name="check" size={40} />}
          </Tap>
        ))}
      </Sheet>
    </>
  )
}
