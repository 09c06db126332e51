import type { Api } from '@pointbook/shared/contract/index'
import { View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Chips } from '../../components/chips'
import { Icon, type IconName } from '../../components/icon'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Empty, Loaded } from '../../components/states'
import './index.scss'

definePageConfig({ navigationBarTitleText: '会员权益', enablePullDownRefresh: true })

type Standing = Api['GET /me/tier']['reply']
type Tier = Standing['tiers'][number]

const classes = {
  shopping: { title: '购物权益', icon: 'gift' },
  service: { title: '服务权益', icon: 'leaf' },
  'value-added': { title: '增值权益', icon: 'spark' },
} as const satisfies Record<Tier['benefits'][number]['class'], { title: string; icon: IconName }>

export default membersOnly(Benefits)

function Benefits() {
  const standing = useLoad(() => call('GET /me/tier'), [])
  const [chosen, setChosen] = useState('')
  return (
    <Page>
      <Loaded from={standing}>
        {(data) => {
          const current = data.tiers.find(({ id }) => id === data.currentId)
          const shown = data.tiers.find(({ id }) => id === chosen) ?? current ?? data.tiers[0]
          return (
            <>
              <Here data={data} name={current?.name ?? '会员'} />
              <View className="tier-choice">
                <Chips
                  options={data.tiers.map(({ id, name }) => ({ key: id, text: name }))}
                  chosen={shown?.id ?? ''}
                  onChoose={setChosen}
                />
              </View>
              {shown && <About tier={shown} isMine={shown.id === data.currentId} />}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Here({ data, name }: { data: Standing; name: string }) {
  const goal = data.earnedInWindow + (data.next?.pointsLeft ?? 0)
  const share = data.next && goal > 0 ? data.earnedInWindow / goal : 1
  return (
    <View className="tier-card">
      <View className="tier-mark">
        <Icon name="medal" size={56} />
      </View>
      <View className="tier-name">{name}</View>
      <View className="tier-window">
        {data.windowText} <Points value={data.earnedInWindow} />
      </View>
      <View className="tier-bar">
        <View className="tier-bar-done" style={{ width: `${Math.floor(share * 100)}%` }} />
      </View>
      <View className="tier-window">
        {data.next ? (
          <>
            再得 <Points value={data.next.pointsLeft} /> 分，升级{data.next.name}
          </>
        ) : (
          '已经是最高等级'
        )}
      </View>
    </View>
  )
}

function About({ tier, isMine }: { tier: Tier; isMine: boolean }) {
  return (
    <View className="card">
      <View className="row">
        <View className="card-title grow">{tier.name}</View>
        {isMine && <View className="tier-mine">当前等级</View>}
      </View>
      <View className="quiet">
        {tier.fromPoints > 0 ? `累计获得满 ${tier.fromPoints} 分` : '加入即可享有'}
        {tier.multiplierBp > 10_000 && ` · 消费积分 ×${tier.multiplierBp / 10_000}`}
      </View>
      {tier.benefits.length === 0 && <Empty drawing="book" title="这个等级还没有专属权益" />}
      {Object.entries(classes).map(([key, { title, icon }]) => {
        const benefits = tier.benefits.filter((benefit) => benefit.class === key)
        if (benefits.length === 0) return null
        return (
          <View key={key} className="benefit-class">
            <View className="benefit-title">
              <Icon name={icon} size={34} color="var(--gold)" />
              {title}
            </View>
            {benefits.map((benefit) => (
              <View key={benefit.name} className="benefit">
                <View>{benefit.name}</View>
                <View className="quiet">{benefit.text}</View>
              </View>
            ))}
          </View>
        )
      })}
    </View>
  )
}
