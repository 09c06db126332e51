import type { Api } from '@pointbook/shared/contract/index'
import { Text, View } from '@tarojs/components'
import Taro, { useShareAppMessage } from '@tarojs/taro'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useRules } from '../../api/use-rules'
import { useShop } from '../../api/use-shop'
import { buttonLook } from '../../components/button'
import { Graphic } from '../../components/graphic'
import { Icon } from '../../components/icon'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Empty, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { whenText } from '../../time'
import { ShareButton } from '../../wechat'
import './index.scss'

definePageConfig({ navigationBarTitleText: '邀请好友', enablePullDownRefresh: true, enableShareAppMessage: true })

type Invitation = Api['GET /me/invitation']['reply']

export default membersOnly(Invite)

function Invite() {
  const shop = useShop()
  const invitation = useLoad(() => call('GET /me/invitation'), [])
  const { loaded, offers } = useRules()
  useShareAppMessage(() => ({
    title: `来${shop?.name ?? '店里'}，一起攒积分`,
    path: invitation.data?.path ?? '/pages/home/index',
  }))
  return (
    <Page>
      <Loaded from={invitation} rows={2}>
        {(data) => (
          <>
            {offers.includes('referral') && (
              <>
                <Head invitation={data} />
                <Steps returnText={data.returnText} />
              </>
            )}
            {loaded.data && !offers.includes('referral') && (
              <Empty drawing="friends" title="邀请有礼活动暂未开放" text="以前得到的奖励不受影响" />
            )}
            <Friends invitation={data} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Head({ invitation }: { invitation: Invitation }) {
  const picture = useLoad(() => call('GET /me/invitation/picture'), [])
  const copy = () => Taro.setClipboardData({ data: invitation.inviteCode })
  return (
    <View className="invite">
      <View className="invite-title">请好友来，一起攒积分</View>
      <View className="invite-reward">{invitation.rewardText}</View>
      <View className="invite-picture">
        {picture.data ? (
          <Graphic
            className="invite-code"
            alt="邀请好友的小程序码"
            src={picture.data.picture}
            mode="scaleToFill"
            showMenuByLongpress
          />
        ) : (
          <View className="invite-code invite-waiting">{picture.failure}</View>
        )}
        <View className="quiet">好友扫码即可打开小程序</View>
        <Tap className="invite-text" onTap={copy}>
          邀请码 <Text className="digits">{invitation.inviteCode}</Text>
          <Icon name="copy" size={30} />
        </Tap>
      </View>
      <ShareButton className={buttonLook('gold')} path={invitation.path}>
        发给微信好友
      </ShareButton>
    </View>
  )
}

function Steps({ returnText }: Pick<Invitation, 'returnText'>) {
  return (
    <View className="card">
      <View className="card-title">怎样算邀请成功</View>
      <View className="steps">
        <View>1. 把小程序或邀请码发给好友</View>
        <View>2. 好友从您的邀请进入，注册成为新会员</View>
        <View>3. 达到上面写明的条件后，奖励自动到账</View>
      </View>
      <View className="quiet">{['分享本身不发积分', returnText].filter(Boolean).join('；')}。</View>
    </View>
  )
}

const stateLooks = {
  waiting: 'friend-waiting',
  held: 'friend-waiting',
  rewarded: 'friend-rewarded',
  refused: 'friend-off',
  'taken-back': 'friend-off',
} as const

function Friends({ invitation }: { invitation: Invitation }) {
  return (
    <View className="card">
      <View className="row">
        <View className="card-title grow">我邀请的好友</View>
        <View className="quiet">
          {invitation.rewarded} 位已奖励，共 <Points value={invitation.pointsEarned} /> 分
        </View>
      </View>
      {invitation.friends.length === 0 && (
        <Empty drawing="friends" title="还没有好友加入" text="发给一位会喜欢这里的朋友吧" />
      )}
      {invitation.friends.map((friend) => (
        <View key={friend.joinedAt + friend.nickname} className="friend">
          <View className="grow">
            <View>{friend.nickname}</View>
            <View className="quiet digits">{whenText(friend.joinedAt)}</View>
          </View>
          <View className={stateLooks[friend.state]}>{friend.text}</View>
        </View>
      ))}
    </View>
  )
}
