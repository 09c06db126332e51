import { Text, View } from '@tarojs/components'
import { Icon } from './icon'
import { Tap } from './tap'
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
      <Tap
        className={value <= least ? 'stepper-key stepper-off' : 'stepper-key'}
        label="减一"
        disabled={value <= least}
        onTap={() => step(-1)}
      >
        <Icon name="minus" size={28} />
      </Tap>
      <Text className="digits stepper-value">{value}</Text>
      <Tap
        className={value >= most ? 'stepper-key stepper-off' : 'stepper-key'}
        label="加一"
        disabled={value >= most}
        onTap={() => step(1)}
      >
        <Icon name="plus" size={28} />
      </Tap>
    </View>
  )
}
