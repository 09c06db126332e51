import { Text, View } from '@tarojs/components'
import { Icon } from './icon'
import './stepper.scss'

interface Props {
  value: number
  least?: number
  most: number
  onChange(value: number): void
}

export function Stepper({ value, least = 1, most, onChange }: Props) {
  const step = (by: number) => onChange(Math.min(most, Math.max(least, value + by)))
  return (
    <View className="stepper">
      <View className={value <= least ? 'stepper-key stepper-off' : 'stepper-key'} onClick={() => step(-1)}>
        <Icon name="minus" size={28} />
      </View>
      <Text className="digits stepper-value">{value}</Text>
      <View className={value >= most ? 'stepper-key stepper-off' : 'stepper-key'} onClick={() => step(1)}>
        <Icon name="plus" size={28} />
      </View>
    </View>
  )
}
