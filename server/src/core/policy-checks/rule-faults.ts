import type { EarningRule, Gift, Scope, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { isDay } from '@pointbook/shared/day'
import { isBase } from '../earning/gifts.ts'
import { capFaults } from './cap-faults.ts'
import { conditionFaults } from './condition-faults.ts'
import { hasAmount } from './dead-ends.ts'
import { type Fault, fault, firstTwins } from './faults.ts'
import { groupFaults } from './group-faults.ts'

/** The faults of the earning rules. Paths begin at the policy. */
export function earningFaults(policy: Policy): Fault[] {
  const { rules } = policy.earning
  const twins = firstTwins(rules.map((rule) => rule.id))
  const gives = rules.some((rule) => rule.enabled && rule.trigger === 'purchase' && isBase(rule.gift))
  return [
    ...rules.flatMap((rule, at) => ruleFaults(policy, rule, `earning.rules.${at}`)),
    ...twins.map((at) => fault('error', `earning.rules.${at}.id`, '这条规则和前面一条的编号相同，请删除后重新添加')),
    ...(gives ? [] : [fault('warning', 'earning.rules', '没有启用任何送积分的规则，会员消费不会得到积分')]),
    ...groupFaults(policy),
  ]
}

const ruleFaults = (policy: Policy, rule: EarningRule, path: string): Fault[] => [
  ...nameFaults(rule, path),
  ...eventFaults(rule, path),
  ...(periodFaults(rule, path) ?? conditionFaults(policy, rule, path)),
  ...scopeFaults(rule, `${path}.scope`),
  ...amountFaults(rule, `${path}.gift`),
  ...giftFaults(policy, rule, `${path}.gift`),
  ...capFaults(rule, `${path}.caps`),
]

// WeChat's operating rules forbid rewards for the act of sharing; rewards for its result are allowed.
const sharingItself = /(分享|转发)(就|即|可|后|立)?(得|送|有|奖|领|赚)/

const nameFaults = ({ name }: EarningRule, path: string): Fault[] =>
  sharingItself.test(name)
    ? [fault('warning', `${path}.name`, '微信不允许奖励分享这个动作，只能奖励分享带来的新会员，请换一个名称')]
    : []

const coded: readonly Trigger[] = ['review', 'activity', 'event']

const eventFaults = ({ event, trigger }: EarningRule, path: string): Fault[] =>
  event && !coded.includes(trigger) ? [fault('warning', `${path}.event`, '这类规则不分代码，填写的代码不起作用')] : []

/** Null for a sound period. */
function periodFaults({ from, until }: EarningRule, path: string): Fault[] | null {
  const unreal = (['from', 'until'] as const).filter((end) => {
    const on = { from, until }[end]
    return on !== null && !isDay(on)
  })
  if (unreal.length > 0) return unreal.map((end) => fault('error', `${path}.${end}`, '没有这一天，请重新选择日期'))
  const crossed = from !== null && until !== null && until < from
  return crossed ? [fault('error', `${path}.until`, '结束日期早于开始日期')] : null
}

const scopeNames = { categories: '类别', brands: '品牌', skus: '商品' } as const
const lists = ['categories', 'brands', 'skus'] as const

function scopeFaults({ scope, trigger }: EarningRule, path: string): Fault[] {
  const { only } = scope
  if (trigger !== 'purchase' && lists.some((list) => only[list].length > 0))
    return [fault('error', `${path}.only`, '只有消费才有商品，这条规则永远不会生效')]
  return lists.flatMap((list) => twiceIn(scope, list, path))
}

function twiceIn({ only, except }: Scope, list: (typeof lists)[number], path: string): Fault[] {
  const both = only[list].filter((name) => except[list].includes(name))
  if (both.length === 0) return []
  return [fault('error', `${path}.except.${list}`, `${scopeNames[list]}「${both.join('、')}」既参加又排除，请只留一处`)]
}

/** Gifts that need an amount or goods where there are none. */
function amountFaults({ gift, trigger }: EarningRule, path: string): Fault[] {
  if (gift.type === 'per-unit' && !hasAmount(trigger))
    return [fault('warning', `${path}.type`, '这件事没有件数，每次按 1 件计算')]
  const needed = gift.type === 'rate' || gift.type === 'step' || gift.type === 'percent' || startsAbove(gift)
  return needed && !hasAmount(trigger)
    ? [fault('error', `${path}.type`, '这件事没有消费金额，按金额计算永远得 0 分，请改成固定积分')]
    : []
}

const startsAbove = (gift: Gift): boolean => gift.type === 'bands' && gift.bands.every(({ fromFen }) => fromFen > 0)

// Triggers whose event itself gives points, which a multiplier can multiply.
const givesItself: readonly Trigger[] = ['check-in', 'referral']

function giftFaults(policy: Policy, { gift, trigger, enabled }: EarningRule, path: string): Fault[] {
  switch (gift.type) {
    case 'fixed':
      return gift.points > 0 ? [] : [fault('warning', `${path}.points`, '送 0 分等于没有奖励')]
    case 'step':
    case 'rate':
      return generous(policy, gift.points / gift.perFen, `${path}.points`)
    case 'percent':
      return generous(policy, gift.percentBp / 1_000_000, `${path}.percentBp`)
    case 'per-unit':
      return []
    case 'multiply':
    case 'bands':
      return [
        ...(gift.type === 'bands' ? bandFaults(gift.bands, `${path}.bands`) : timesFaults(gift, path)),
        ...(enabled && trigger !== 'purchase' && !givesItself.includes(trigger)
          ? nothingToMultiply(policy, trigger, path)
          : []),
      ]
  }
}

/** Doubts points that are worth more than half the money they came from. */
function generous({ pointsPerYuan, offset }: Policy, pointsPerFen: number, path: string): Fault[] {
  const perYuan = Math.min(pointsPerYuan, offset?.pointsPerYuan ?? Infinity)
  const percent = Math.round((pointsPerFen * 100 * 100) / perYuan)
  const text = `按 ${perYuan} 分约合 1 元估算，相当于返还消费额的 ${percent}%，请确认没有填错`
  return percent > 50 ? [fault('warning', path, text)] : []
}

const timesFaults = ({ multiplierBp }: { multiplierBp: number }, path: string): Fault[] =>
  multiplierBp > 10_000 ? [] : [fault('warning', `${path}.multiplierBp`, '×1 等于没有加倍')]

function nothingToMultiply({ earning }: Policy, trigger: Trigger, path: string): Fault[] {
  const some = earning.rules.some((rule) => rule.enabled && rule.trigger === trigger && isBase(rule.gift))
  return some ? [] : [fault('warning', `${path}.type`, '没有同类的送分规则，加倍没有可以加的积分')]
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
