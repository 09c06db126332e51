import { View } from '@tarojs/components'
import type { Benefit } from '../tier'
import './benefits.scss'
import { Icon, type IconName } from './icon'

export const benefitIcons: Record<Benefit['type'], IconName> = {
  discount: 'tag',
  'birthday-gift': 'cake',
  priority: 'spark',
  'free-delivery': 'truck',
  'dedicated-service': 'headset',
  custom: 'gift',
}

/** Benefits one below the other, each with the drawing of its type. */
export function Benefits({ of }: { of: readonly Benefit[] }) {
  return (
    <>
      {of.map((benefit) => (
        <View key={benefit.name} className="benefit">
          <View className="benefit-mark">
            <Icon name={benefitIcons[benefit.type]} size={38} />
          </View>
          <View className="grow">
            <View className="benefit-name">{benefit.name}</View>
            {benefit.text && <View className="quiet">{benefit.text}</View>}
          </View>
        </View>
      ))}
    </>
  )
}
