import type { Condition, EarningRule, Gift, Scope } from '@pointbook/shared/contract/earning-rule'
import { dayText } from '@pointbook/shared/day'
import { group, yuan } from '@pointbook/shared/money'
import { channels, clock, payments, weekdays } from '@pointbook/shared/words'

/** Names for the ids that a policy holds. */
export interface Names {
  tier(id: string): string
  store(id: number): string
}

export const yuanText = (amountFen: number): string => `${yuan(amountFen).replace(/\.00$/, '')} 元`

export const timesText = (multiplierBp: number): string => `×${multiplierBp / 10_000}`

/** A rule as the one sentence a member reads, without its name. */
export const ruleText = (rule: EarningRule, rules: readonly EarningRule[], names: Names): string =>
  [
    ...periodText(rule),
    ...triggerText(rule),
    ...rule.conditions.map((condition) => conditionText(condition, names)),
    ...scopeText(rule.scope),
    giftText(rule.gift),
    ...rivalsText(rule, rules),
  ].join('，')

const triggers: Record<EarningRule['trigger'], string | null> = {
  purchase: null,
  registration: '成为会员',
  profile: '完善个人资料',
  'check-in': '签到',
  referral: '成功邀请好友',
  review: '发表评价',
  share: '分享带来新会员',
  activity: '参加活动',
  birthday: '生日当天',
  event: '完成指定行为',
}

function triggerText({ trigger }: EarningRule): string[] {
  const text = triggers[trigger]
  return text === null ? [] : [text]
}

function periodText({ from, until }: EarningRule): string[] {
  if (from && until) return [`${dayText(from)}至${dayText(until)}`]
  if (from) return [`${dayText(from)}起`]
  return until ? [`${dayText(until)}止`] : []
}

function conditionText(condition: Condition, names: Names): string {
  switch (condition.type) {
    case 'amount-at-least':
      return `单笔满 ${yuanText(condition.amountFen)}`
    case 'amount-below':
      return `单笔不到 ${yuanText(condition.amountFen)}`
    case 'first-purchase':
      return '首次消费'
    case 'tier':
      return `限${condition.tierIds.map(names.tier).join('、')}`
    case 'store':
      return `限${condition.storeIds.map(names.store).join('、')}`
    case 'weekday':
      return `每${condition.days
        .toSorted()
        .map((day) => weekdays[day])
        .join('、')}`
    case 'birthday':
      return { day: '生日当天', week: '生日前后三天', month: '生日当月' }[condition.within]
    case 'nth-purchase':
      return condition.every ? `每第 ${condition.n} 次消费` : `第 ${condition.n} 次消费`
    case 'tag':
      return `限${condition.tags.join('、')}`
    case 'channel':
      return `限${condition.channels.map((channel) => channels[channel]).join('、')}`
    case 'payment':
      return `限${condition.methods.map((method) => payments[method]).join('、')}支付`
    case 'month-day':
      return `每月 ${condition.days.toSorted((a, b) => a - b).join('、')} 日`
    case 'hours':
      return `${clock(condition.fromMinute)}–${clock(condition.untilMinute)}`
    case 'dates':
      return `${dayText(condition.from)}至${dayText(condition.until)}`
    case 'member-for':
      return `入会满 ${condition.days} 天`
    case 'all':
      return condition.of.map((one) => conditionText(one, names)).join('且')
    case 'any':
      return condition.of.map((one) => conditionText(one, names)).join('或')
    case 'not':
      return `不含${conditionText(condition.of, names)}`
  }
}

function scopeText({ only, except }: Scope): string[] {
  const within = namesIn(only)
  const without = namesIn(except)
  return [...(within ? [`限${within}`] : []), ...(without ? [`${without}不参加`] : [])]
}

const namesIn = ({ categories, brands, skus }: Scope['only']): string =>
  [...categories, ...brands, ...skus].map((name) => `「${name}」`).join('')

function giftText(gift: Gift): string {
  switch (gift.type) {
    case 'fixed':
      return `送 ${group(gift.points)} 分`
    case 'rate':
      return `每消费 ${yuanText(gift.perFen)}得 ${group(gift.points)} 分`
    case 'step':
      return `每满 ${yuanText(gift.perFen)}得 ${group(gift.points)} 分`
    case 'percent':
      return `按消费金额的 ${gift.percentBp / 100}% 得积分`
    case 'per-unit':
      return `每件再得 ${group(gift.points)} 分`
    case 'multiply':
      return `积分 ${timesText(gift.multiplierBp)}`
    case 'bands':
      return gift.bands
        .toSorted((a, b) => a.fromFen - b.fromFen)
        .map(({ fromFen, multiplierBp }) => `单笔满 ${yuanText(fromFen)}积分 ${timesText(multiplierBp)}`)
        .join('，')
  }
}

/** With whom a rule shares its group: of them only the best counts. */
function rivalsText({ id, group: name }: EarningRule, rules: readonly EarningRule[]): string[] {
  const rivals = name ? rules.filter((rule) => rule.enabled && rule.group === name && rule.id !== id) : []
  return rivals.length > 0 ? [`与${rivals.map((rule) => `「${rule.name}」`).join('')}不同享，只取最多的一项`] : []
}
