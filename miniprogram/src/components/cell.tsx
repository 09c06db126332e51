import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { Tap } from './tap'
import './cell.scss'
import { Icon, type IconName } from './icon'

interface Props {
  icon?: IconName
  label: string
  value?: ReactNode
  /** Given, the cell leads somewhere and shows an arrow. */
  onTap?: () => void
}

export function Cell({ icon, label, value, onTap }: Props) {
  return (
    <Tap className="cell" onTap={onTap}>
      {icon && <Icon name={icon} size={42} className="cell-icon" />}
      <Text className="cell-label">{label}</Text>
      <View className="cell-value">{value}</View>
      {onTap && <Icon name="right" size={30} color="var(--ink-3)" />}
    </Tap>
  )
}
