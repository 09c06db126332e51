import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { Icon, type IconName } from './icon'
import './notice.scss'

interface Props extends PropsWithChildren {
  icon?: IconName
  /** Something is not possible any more. */
  stop?: boolean
  /** Given, the line leads somewhere and shows an arrow. */
  onTap?: () => void
}

/** A coloured line that says something before anything else. */
export function Notice({ icon, stop, onTap, children }: Props) {
  return (
    <View className={stop ? 'notice notice-stop' : 'notice'} onClick={onTap}>
      {icon && <Icon name={icon} size={32} />}
      <View className="grow">{children}</View>
      {onTap && <Icon name="right" size={30} />}
    </View>
  )
}
