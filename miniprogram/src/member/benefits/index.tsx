import { dayText } from '@pointbook/shared/day'
import { benefitClasses, measureText, tierText } from '@pointbook/shared/policy-words/tiers'
import { View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Benefits as BenefitList } from '../../components/benefits'
import { Chips } from '../../components/chips'
import { Icon } from '../../components/icon'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Empty, Loaded } from '../../components/states'
import { moreText, type Tier, type TierStanding } from '../../tier'
import { Comparison } from './comparison'
import './index.scss'

definePageConfig({ navigationBarTitleText: '会员权益', enablePullDownRefresh: true })

export default membersOnly(Benefits)

function Benefits() {
  const standing = useLoad(() => call('GET /me/tier'), [])
  return (
    <Page>
      <Loaded from={standing}>{(data) => <Standing data={data} />}</Loaded>
    </Page>
  )
}

function Standing({ data }: { data: TierStanding }) {
  const [chosen, setChosen] = useState('')
  const { tiers, currentId, measure } = data
  const current = tiers.find(({ id }) => id === currentId)
  const shown = tiers.find(({ id }) => id === chosen) ?? current ?? tiers[0]
  if (!shown) return <Empty drawing="book" title="这家店还没有设会员等级" text="不分等级，大家的积分规则都一样" />
  return (
    <>
      <Here data={data} name={current?.name ?? '会员'} />
      <View className="tier-choice">
        <Chips
          options={tiers.map(({ id, name }) => ({ key: id, text: name }))}
          chosen={shown.id}
          onChoose={setChosen}
        />
      </View>
      <About tier={shown} measure={measure} isMine={shown.id === currentId} />
      {tiers.length > 1 && <Comparison tiers={tiers} currentId={currentId} measure={measure} />}
    </>
  )
}

function Here({ data, name }: { data: TierStanding; name: string }) {
  const { counted, measure, next, since, grantedUntil, keep, safeUntil } = data
  const share = next ? counted / Math.max(1, counted + next.needed) : 0
  return (
    <View className="tier-card">
      <View className="tier-mark">
        <Icon name="medal" size={56} />
      </View>
      <View className="tier-name">{name}</View>
      {grantedUntil && <View className="tier-note">有效期到 {dayText(grantedUntil)}</View>}
      {!grantedUntil && since && <View className="tier-note">自 {dayText(since)}起</View>}
      <View className="tier-figure">
        <View className="digits">{measureText(measure, counted)}</View>
        <View className="tier-note">{data.windowText}</View>
      </View>
      {next && (
        <View className="tier-bar">
          <View className="tier-bar-done" style={{ width: `${Math.floor(share * 100)}%` }} />
        </View>
      )}
      <View className="tier-note">
        {next ? `${moreText(measure, next.needed)}，升级${next.name}` : '已经是最高等级'}
      </View>
      {keep && safeUntil && (
        <View className="tier-keep">
          <Icon name="clock" size={34} />
          <View className="grow">
            <View>
              {name}可保留到 {dayText(safeUntil)}
            </View>
            {keep.text && <View className="tier-note">{keep.text}</View>}
          </View>
        </View>
      )}
    </View>
  )
}

interface AboutProps {
  tier: Tier
  measure: TierStanding['measure']
  isMine: boolean
}

function About({ tier, measure, isMine }: AboutProps) {
  return (
    <View className="card">
      <View className="row">
        <View className="card-title grow">{tier.name}</View>
        {isMine && <View className="tier-mine">当前等级</View>}
      </View>
      <View className="quiet">{tierText(tier, measure)}</View>
      {tier.benefits.length === 0 && <Empty drawing="book" title="这个等级还没有专属权益" />}
      {(['shopping', 'service', 'value-added'] as const).map((key) => {
        const benefits = tier.benefits.filter((benefit) => benefit.class === key)
        if (benefits.length === 0) return null
        return (
          <View key={key} className="benefit-class">
            <View className="benefit-title">{benefitClasses[key]}权益</View>
            <BenefitList of={benefits} />
          </View>
        )
      })}
    </View>
  )
}
