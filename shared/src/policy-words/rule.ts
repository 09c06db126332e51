import type { EarningRule, Gift, RuleGroup, Scope, Trigger } from '../contract/points/earning-rule.ts'
import { yuanText } from '../money.ts'
import { capFields, giftFields } from '../policy-fields/earning-rule.ts'
import { say } from '../policy-fields/field.ts'
import { pointsText, timesText } from '../quantities.ts'
import { conditionText, datesText, type Names } from './condition.ts'

/** A rule as one sentence, without its name and without what its group says. */
export const ruleText = (rule: EarningRule, names: Names): string =>
  [
    datesText(rule.from, rule.until),
    `${acts[rule.trigger]}${names.event(rule.event)}`,
    ...rule.conditions.map((condition) => conditionText(condition, names)),
    scopeText(rule.scope),
    giftText(rule.gift),
    say(capFields, rule.caps, 'rule'),
  ]
    .filter(Boolean)
    .join('，')

// A purchase is not named, because the gift names the amount or the goods.
const acts: Record<Trigger, string> = {
  purchase: '',
  registration: '成为会员',
  profile: '完善个人资料',
  'check-in': '签到',
  referral: '成功邀请好友',
  review: '发表评价并经门店确认',
  share: '分享带来新会员',
  activity: '参加活动并经门店确认',
  birthday: '生日当天',
  event: '完成指定行为并经门店确认',
}

/** The source of points, in a word. */
export const sources: Record<Trigger, string> = {
  purchase: '消费',
  registration: '注册',
  profile: '完善资料',
  'check-in': '签到',
  referral: '邀请好友',
  review: '评价',
  share: '分享带来新会员',
  activity: '参加活动',
  birthday: '生日',
  event: '指定行为',
}

export const giftText = (gift: Gift): string => say(giftFields[gift.type], gift, 'rule', givenText(gift))

function givenText(gift: Gift): string {
  switch (gift.type) {
    case 'fixed':
      return `送 ${pointsText(gift.points)}`
    case 'rate':
      return `每消费 ${yuanText(gift.perFen)}得 ${pointsText(gift.points)}`
    case 'step':
      return `每满 ${yuanText(gift.perFen)}得 ${pointsText(gift.points)}`
    case 'percent':
      return `按消费金额的 ${gift.percentBp / 100}% 得积分`
    case 'per-unit':
      return `每件再得 ${pointsText(gift.points)}`
    case 'multiply':
      return `积分 ${timesText(gift.multiplierBp)}`
    case 'bands':
      return [...gift.bands]
        .sort((a, b) => a.fromFen - b.fromFen)
        .map(({ fromFen, multiplierBp }) => `单笔满 ${yuanText(fromFen)}积分 ${timesText(multiplierBp)}`)
        .join('，')
  }
}

/** Which goods a rule looks at; '' for all. */
export function scopeText({ only, except }: Scope): string {
  const within = goodsText(only)
  const without = goodsText(except)
  return [within && `限${within}`, without && `${without}不参加`].filter(Boolean).join('，')
}

const goodsText = ({ categories, brands, skus }: Scope['only']): string =>
  [...categories, ...brands, ...skus].map((name) => `「${name}」`).join('')

/** How the rules of a group combine. */
export const groupModes: Record<RuleGroup['mode'], string> = {
  add: '可以同时享受',
  best: '不同享，只取最多的一项',
  exclusive: '不同享，只按排在前面的一项',
}

/** With which of these rules a rule shares its group, and how; '' when it shares with none or all of them add up. */
export function rivalsText(
  { id, group }: EarningRule,
  { rules, groups }: { rules: readonly EarningRule[]; groups: readonly RuleGroup[] },
): string {
  const mode = groups.find((one) => one.id === group)?.mode ?? 'add'
  const rivals = mode === 'add' ? [] : rules.filter((rule) => rule.group === group && rule.id !== id)
  return rivals.length > 0 ? `与${rivals.map((rule) => `「${rule.name}」`).join('')}${groupModes[mode]}` : ''
}
