import type { Api } from '@pointbook/shared/contract/index'
import { group } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { call } from '../../api/call'
import { useCredits } from '../../api/use-credits'
import { useLoad } from '../../api/use-load'
import { useUsableLabel } from '../../api/use-me'
import { useRules, waysText } from '../../api/use-rules'
import { Button } from '../../components/button'
import { Face } from '../../components/face'
import { Icon } from '../../components/icon'
import { Points } from '../../components/points'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import { asMember } from '../../session/sign-up'
import { moreText } from '../../tier'
import { comingDay } from '../../time'
import './hero.scss'

type Me = Api['GET /me']['reply']

/** The member's points at a glance: what can be spent, what ends soon, how far to the next tier. */
export function Hero({ me }: { me: Me }) {
  const { points, profile, tier } = me
  const usableLabel = useUsableLabel()
  return (
    <View className="hero">
      <View className="row">
        <Face url={profile.avatarUrl} name={profile.nickname} />
        <View className="grow hero-name">
          <View className="one-line">{profile.nickname}</View>
          {tier && (
            <Tap className="hero-tier" onTap={() => open('/member/benefits/index')}>
              <Icon name="medal" size={26} />
              <Text>{tier.name}</Text>
            </Tap>
          )}
        </View>
        <Tap className="hero-code" onTap={() => open('/pages/code/index')}>
          <Icon name="code" size={40} />
          <Text>会员码</Text>
        </Tap>
      </View>
      <View className="hero-label">{usableLabel}</View>
      <Tap
        className="hero-balance"
        label={`${usableLabel} ${points.usable} 分，查看明细`}
        onTap={() => open('/member/ledger/index')}
      >
        <Points value={points.usable} />
        <Icon name="right" size={36} color="rgba(255,255,255,.55)" />
      </Tap>
      {points.pending > 0 && <View className="hero-note">另有 {group(points.pending)} 分待生效</View>}
      {points.debt > 0 && <View className="hero-note">有 {group(points.debt)} 分欠分，新获得的积分会先抵还</View>}
      <Progress />
      <Expiring next={points.expiring[0]} />
    </View>
  )
}

function Progress() {
  const tier = useLoad(() => call('GET /me/tier'), [])
  if (!tier.data?.next) return null
  const { counted, measure, next } = tier.data
  const share = counted / (counted + next.needed)
  return (
    <Tap className="hero-progress" onTap={() => open('/member/benefits/index')}>
      <View className="hero-bar">
        <View className="hero-bar-done" style={{ width: `${Math.floor(share * 100)}%` }} />
      </View>
      <View className="hero-note">
        {moreText(measure, next.needed)}，升级{next.name}
      </View>
    </Tap>
  )
}

function Expiring({ next }: { next: Me['points']['expiring'][number] | undefined }) {
  const credits = useCredits('expiry')
  if (!next) return null
  return (
    <View className="hero-expiring">
      <Icon name="clock" size={34} />
      <View className="grow">
        <View>
          {group(next.points)} 分将于 {comingDay(next.on, next.daysLeft)}到期
        </View>
        <View className="hero-days">还可以用 {next.daysLeft} 天</View>
      </View>
      {credits.left === 0 && credits.isOffered && (
        <Button kind="gold" small busy={credits.busy} onTap={credits.ask}>
          到期前提醒我
        </Button>
      )}
      {!!credits.left && <Text className="hero-reminded">已开启提醒</Text>}
    </View>
  )
}

/** The part for visitors. */
export function Welcome({ shopName }: { shopName: string }) {
  const { offers } = useRules()
  return (
    <View className="hero">
      <View className="hero-label">{shopName}会员</View>
      <View className="hero-welcome">每一次光临，都记得</View>
      <View className="hero-note">{[waysText(offers), '积分可换店里的好物'].filter(Boolean).join('，')}</View>
      <View className="hero-join">
        <Button kind="gold" onTap={asMember}>
          加入会员
        </Button>
      </View>
    </View>
  )
}
