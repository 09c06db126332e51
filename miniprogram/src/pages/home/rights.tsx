import type { Api } from '@pointbook/shared/contract/index'
import { Text, View } from '@tarojs/components'
import { benefitIcons } from '../../components/benefits'
import { Icon } from '../../components/icon'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import './rights.scss'

const AT_MOST = 4

/** The benefits of the member's tier, in short. */
export function Rights({ tier }: { tier: NonNullable<Api['GET /me']['reply']['tier']> }) {
  const { name, benefits } = tier
  if (benefits.length === 0) return null
  return (
    <Tap className="card rights" onTap={() => open('/member/benefits/index')}>
      <View className="row">
        <View className="card-title grow">{name}权益</View>
        <Text className="section-more">共 {benefits.length} 项</Text>
        <Icon name="right" size={30} color="var(--ink-3)" />
      </View>
      <View className="rights-row">
        {benefits.slice(0, AT_MOST).map((benefit) => (
          <View key={benefit.name} className="right">
            <View className="benefit-mark">
              <Icon name={benefitIcons[benefit.type]} size={38} />
            </View>
            <View className="right-name one-line">{benefit.name}</View>
          </View>
        ))}
      </View>
    </Tap>
  )
}
