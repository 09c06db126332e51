import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { Icon, type IconName } from './icon'
import { Tap } from './tap'
import './notice.scss'

interface Props extends PropsWithChildren {
  icon?: IconName
  /** Something is not possible any more. */
  stop?: boolean
  /** Given, the line leads somewhere and shows an arrow. */
  onTap?: () => void
}

/** A coloured notice at the top. */
export function Notice({ icon, stop, onTap, children }: Props) {
  return (
    <Tap className={stop ? 'notice notice-stop' : 'notice'} onTap={onTap}>
      {icon && <Icon name={icon} size={32} />}
      <View className="grow">{children}</View>
      {onTap && <Icon name="right" size={30} />}
    </Tap>
  )
}
