import { Text, View } from '@tarojs/components'
import { type Offer, useRules } from '../../api/use-rules'
import { Icon, type IconName } from '../../components/icon'
import { Tap } from '../../components/tap'
import { open, openAsMember } from '../../navigate'
import './actions.scss'

interface Action {
  icon: IconName
  text: string
  url: string
  /** Only a member can open it. */
  own: boolean
  /** Shown only while the rules have it. */
  offer?: Offer
}

const actions: Action[] = [
  { icon: 'list', text: '积分明细', url: '/member/ledger/index', own: true },
  { icon: 'gift', text: '我的兑换', url: '/member/orders/index', own: true },
  { icon: 'friends', text: '邀请好友', url: '/member/invite/index', own: true, offer: 'referral' },
  { icon: 'book', text: '积分规则', url: '/member/rules/index', own: false },
]

export function Actions() {
  const { offers } = useRules()
  return (
    <View className="card actions">
      {actions
        .filter(({ offer }) => !offer || offers.includes(offer))
        .map(({ icon, text, url, own }) => (
          <Tap key={url} className="action" onTap={() => (own ? openAsMember(url) : open(url))}>
            <Icon name={icon} size={48} color="var(--pine)" />
            <Text>{text}</Text>
          </Tap>
        ))}
    </View>
  )
}
