import { Text, View } from '@tarojs/components'
import { Icon, type IconName } from '../../components/icon'
import { open, openAsMember } from '../../navigate'
import './actions.scss'

const actions = [
  { icon: 'list', text: '积分明细', url: '/member/ledger/index', own: true },
  { icon: 'gift', text: '我的兑换', url: '/member/orders/index', own: true },
  { icon: 'friends', text: '邀请好友', url: '/member/invite/index', own: true },
  { icon: 'book', text: '积分规则', url: '/member/rules/index', own: false },
] as const satisfies { icon: IconName; text: string; url: string; own: boolean }[]

export function Actions() {
  return (
    <View className="card actions">
      {actions.map(({ icon, text, url, own }) => (
        <View key={url} className="action" onClick={() => (own ? openAsMember(url) : open(url))}>
          <Icon name={icon} size={48} color="var(--pine)" />
          <Text>{text}</Text>
        </View>
      ))}
    </View>
  )
}
