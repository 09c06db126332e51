import { measureText } from '@pointbook/shared/policy-words/tiers'
import { timesText } from '@pointbook/shared/quantities'
import { ScrollView, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { Icon } from '../../components/icon'
import { asRegion } from '../../components/reach'
import type { Tier, TierStanding } from '../../tier'
import './comparison.scss'

interface Props {
  tiers: readonly Tier[]
  currentId: string | null
  measure: TierStanding['measure']
}

/** All tiers side by side: threshold, multiplier and benefits. */
export function Comparison({ tiers, currentId, measure }: Props) {
  const names = [...new Set(tiers.flatMap(({ benefits }) => benefits.map(({ name }) => name)))]
  const isFaster = tiers.some(({ multiplierBp }) => multiplierBp > 10_000)
  const row = (label: string, cell: (tier: Tier) => ReactNode) => (
    <View key={label} className="compare-row">
      <View className="compare-label">{label}</View>
      {tiers.map((tier) => (
        <View key={tier.id} className={tier.id === currentId ? 'compare-cell compare-mine' : 'compare-cell'}>
          {cell(tier)}
        </View>
      ))}
    </View>
  )
  return (
    <View className="card">
      <View className="card-title">各等级对比</View>
      <ScrollView className="compare" scrollX enhanced showScrollbar={false} {...asRegion('各等级对比')}>
        <View className="compare-table">
          {row('', ({ name }) => (
            <View className="compare-name">{name}</View>
          ))}
          {row('达到', ({ from }) => (from > 0 ? measureText(measure, from) : '注册'))}
          {isFaster && row('消费积分', ({ multiplierBp }) => timesText(multiplierBp))}
          {names.map((name) =>
            row(name, ({ benefits }) =>
              benefits.some((benefit) => benefit.name === name) ? (
                <Icon name="check" size={32} color="var(--gold)" />
              ) : (
                '—'
              ),
            ),
          )}
        </View>
      </ScrollView>
    </View>
  )
}
