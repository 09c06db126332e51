import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { Icon } from './icon'
import { Tap } from './tap'
import './tick.scss'

interface Props extends PropsWithChildren {
  ticked: boolean
  onChange(ticked: boolean): void
}

/** A box to tick, with its words. */
export function Tick({ ticked, onChange, children }: Props) {
  return (
    <Tap className="row" chosen={ticked} onTap={() => onChange(!ticked)}>
      <View className={ticked ? 'tick ticked' : 'tick'}>{ticked && <Icon name="check" size={26} color="#fff" />}</View>
      <View>{children}</View>
    </Tap>
  )
}
