import type { Condition, EarningRule, Gift, Scope } from '@pointbook/shared/contract/earning-rule'
import type { Policy } from '@pointbook/shared/contract/policy'
import { addDays, isDay, weekdayOf } from '@pointbook/shared/day'
import { yuan } from '@pointbook/shared/money'
import { type Fault, fault, firstTwins } from './faults.ts'

const yuanText = (amountFen: number) => `${yuan(amountFen).replace(/\.00$/, '')} 元`

/** What is wrong with the earning rules. Paths begin at the policy. */
export function earningFaults(policy: Policy): Fault[] {
  const { rules } = policy.earning
  const twins = firstTwins(rules.map((rule) => rule.id))
  const gives = rules.some((rule) => rule.enabled && rule.gift.type !== 'multiply' && rule.gift.type !== 'bands')
  return [
    ...rules.flatMap((rule, at) => ruleFaults(policy, rule, `earning.rules.${at}`)),
    ...twins.map((at) => fault('error', `earning.rules.${at}.id`, '这条规则和前面一条的编号相同，请删除后重新添加')),
    ...(gives ? [] : [fault('warning', 'earning.rules', '没有启用任何送积分的规则，会员消费不会得到积分')]),
  ]
}

const ruleFaults = (policy: Policy, rule: EarningRule, path: string): Fault[] => [
  ...periodFaults(rule, path),
  ...conditionFaults(policy, rule, path),
  ...scopeFaults(rule.scope, `${path}.scope.except`),
  ...giftFaults(policy, rule.gift, `${path}.gift`),
  ...groupFaults(policy, rule, `${path}.group`),
]

function periodFaults({ from, until, conditions }: EarningRule, path: string): Fault[] {
  const unreal = (['from', 'until'] as const).filter((end) => {
    const on = { from, until }[end]
    return on !== null && !isDay(on)
  })
  if (unreal.length > 0) return unreal.map((end) => fault('error', `${path}.${end}`, '没有这一天，请重新选择日期'))
  if (from === null || until === null) return []
  if (until < from) return [fault('error', `${path}.until`, '结束日期早于开始日期')]
  const weekdays = common(conditions, 'weekday')
  if (weekdays === null || until >= addDays(from, 6)) return []
  for (let on = from; on <= until; on = addDays(on, 1)) if (weekdays.includes(weekdayOf(on))) return []
  return [fault('error', `${path}.until`, '活动期间没有选中的星期，这条规则永远不会生效')]
}

const lists = {
  tier: (condition: Condition) => (condition.type === 'tier' ? condition.tierIds : null),
  store: (condition: Condition) => (condition.type === 'store' ? condition.storeIds : null),
  weekday: (condition: Condition) => (condition.type === 'weekday' ? condition.days : null),
}

/** What all conditions of a kind admit together; null when there is none of that kind. */
function common(conditions: readonly Condition[], kind: keyof typeof lists): (string | number)[] | null {
  return conditions
    .map((condition): (string | number)[] | null => lists[kind](condition))
    .reduce((all, some) => (all && some ? all.filter((value) => some.includes(value)) : (all ?? some)), null)
}

const listNames = { tier: '会员等级', store: '门店', weekday: '星期' } as const

function conditionFaults(policy: Policy, { conditions }: EarningRule, path: string): Fault[] {
  const known = policy.tiers.levels.map((level) => level.id)
  const pathOf = (type: Condition['type']) =>
    `${path}.conditions.${conditions.findLastIndex((condition) => condition.type === type)}`
  const least = Math.max(0, ...conditions.map((one) => (one.type === 'amount-at-least' ? one.amountFen : 0)))
  const below = Math.min(...conditions.map((one) => (one.type === 'amount-below' ? one.amountFen : Infinity)))
  const impossible = `消费满 ${yuanText(least)}又不到 ${yuanText(below)}，这条规则永远不会生效`
  return [
    ...conditions.flatMap((one, at) =>
      one.type === 'tier' && one.tierIds.some((id) => !known.includes(id))
        ? [fault('error', `${path}.conditions.${at}.tierIds`, '选了已经删除的会员等级，请重新选择')]
        : [],
    ),
    ...(['tier', 'store', 'weekday'] as const).flatMap((kind) =>
      common(conditions, kind)?.length === 0
        ? [fault('error', pathOf(kind), `几个${listNames[kind]}条件没有共同的部分，这条规则永远不会生效`)]
        : [],
    ),
    ...(below <= least ? [fault('error', `${pathOf('amount-below')}.amountFen`, impossible)] : []),
  ]
}

const scopeNames = { categories: '类别', brands: '品牌', skus: '商品' } as const

const scopeFaults = ({ only, except }: Scope, path: string): Fault[] =>
  (['categories', 'brands', 'skus'] as const).flatMap((list) => {
    const both = only[list].filter((name) => except[list].includes(name))
    if (both.length === 0) return []
    return [fault('error', `${path}.${list}`, `${scopeNames[list]}「${both.join('、')}」既参加又排除，请只留一处`)]
  })

function giftFaults({ pointsPerYuan }: Policy, gift: Gift, path: string): Fault[] {
  switch (gift.type) {
    case 'fixed':
      return gift.points > 0 ? [] : [fault('warning', `${path}.points`, '送 0 分等于没有奖励')]
    case 'step':
    case 'rate': {
      const percent = Math.round((gift.points * 100 * 100) / (gift.perFen * pointsPerYuan))
      const text = `按 ${pointsPerYuan} 分约合 1 元估算，相当于返还消费额的 ${percent}%，请确认没有填错`
      return percent > 50 ? [fault('warning', `${path}.points`, text)] : []
    }
    case 'per-unit':
    case 'percent':
      return []
    case 'multiply':
      return gift.multiplierBp > 10_000 ? [] : [fault('warning', `${path}.multiplierBp`, '×1 等于没有加倍')]
    case 'bands':
      return bandFaults(gift.bands, `${path}.bands`)
  }
}

function bandFaults(bands: Extract<Gift, { type: 'bands' }>['bands'], path: string): Fault[] {
  const twins = firstTwins(bands.map((band) => band.fromFen))
  const worse = bands.flatMap((band, at) =>
    bands.some((other) => other.fromFen < band.fromFen && other.multiplierBp > band.multiplierBp) ? [at] : [],
  )
  return [
    ...twins.map((at) => fault('error', `${path}.${at}.fromFen`, '两档的起点金额相同，请改成不同的金额')),
    ...worse.map((at) => fault('warning', `${path}.${at}.multiplierBp`, '消费更多，加倍反而更少，请确认没有填反')),
  ]
}

function groupFaults({ earning }: Policy, { group }: EarningRule, path: string): Fault[] {
  const known = group === '' || earning.groups.some(({ id }) => id === group)
  return known ? [] : [fault('error', path, '选了已经删除的规则组，请重新选择')]
}
