import type { Policy } from '@pointbook/shared/contract/policy'
import { countText, shortMoneyText } from '../../pieces/numbers.ts'
import { expiryText, type Names, ruleText, tierText, windowTexts } from './words.ts'

/** One thing a policy settles, in words. Two policies' facts with the same key speak of the same thing. */
export interface Fact {
  key: string
  area: string
  what: string
  text: string
}

const roundings = { down: '舍去零头', nearest: '四舍五入', up: '进一取整' } as const

/** Everything a policy settles: two policies that read alike here do the same. */
export function factsOf(policy: Policy, names: Names): Fact[] {
  return [...earningFacts(policy, names), ...activityFacts(policy), ...lifeFacts(policy), ...tierFacts(policy)]
}

function earningFacts({ name, earning }: Policy, names: Names): Fact[] {
  const area = '购物积分'
  const rules = earning.rules.map((rule) => {
    const text = `「${rule.name}」${ruleText(rule, names)}`
    return { key: `rule/${rule.id}`, area, what: '积分规则', text: whenOn(rule.enabled, text) }
  })
  const multipliers = { multiply: '多个加倍相乘', best: '多个加倍只取最高' }[earning.multipliers]
  return [
    { key: 'name', area: '方案', what: '方案名称', text: name },
    ...rules,
    { key: 'rounding', area, what: '不足 1 分', text: roundings[earning.rounding] },
    { key: 'multipliers', area, what: '加倍叠加', text: multipliers },
  ]
}

function activityFacts({ registration, checkIn, referral }: Policy): Fact[] {
  const extras = [...checkIn.extras]
    .sort((a, b) => a.days - b.days)
    .map(({ days, points }) => `，连续 ${days} 天再加 ${countText(points)} 分`)
    .join('')
  const cycle = checkIn.cycleDays > 0 ? `，每 ${checkIn.cycleDays} 天重新计` : ''
  const when = { registration: '好友注册', 'first-purchase': '好友首次消费' }[referral.when]
  const minimum =
    referral.when === 'first-purchase' && referral.minimumFen > 0 ? `满 ${shortMoneyText(referral.minimumFen)} ` : ''
  const limit = referral.perMonth > 0 ? `，每月最多 ${referral.perMonth} 位` : ''
  const reward = `${when}${minimum}后，邀请人得 ${countText(referral.inviterPoints)} 分、好友得 ${countText(referral.inviteePoints)} 分${limit}`
  return [
    { key: 'registration', area: '注册与签到', what: '注册礼', text: giftOrNone(registration.points) },
    {
      key: 'check-in',
      area: '注册与签到',
      what: '每日签到',
      text: whenOn(checkIn.enabled, `每天 ${countText(checkIn.points)} 分${extras}${cycle}`),
    },
    { key: 'referral', area: '邀请好友', what: '邀请奖励', text: whenOn(referral.enabled, reward) },
  ]
}

function lifeFacts({ expiry, pendingDays, returns, pointsPerYuan, reminder }: Policy): Fact[] {
  const area = '有效期与退货'
  const least = reminder.minimumPoints > 0 ? `，满 ${countText(reminder.minimumPoints)} 分才提醒` : ''
  const remind = `到期前 ${reminder.daysBefore} 天，${reminder.fromHour} 点至 ${reminder.untilHour} 点发送${least}`
  return [
    { key: 'expiry', area, what: '积分有效期', text: expiryText(expiry) },
    { key: 'pending', area, what: '消费积分', text: pendingDays > 0 ? `${pendingDays} 天后可用` : '马上可用' },
    {
      key: 'returns',
      area,
      what: '退货时积分已花掉',
      text: { debt: '记为欠分，以后获得的积分先抵还', clamp: '不再追回，只作记录' }[returns],
    },
    { key: 'reminder', area: '到期提醒', what: '到期提醒', text: whenOn(reminder.enabled, remind) },
    { key: 'worth', area: '积分价值', what: '积分估值', text: `${countText(pointsPerYuan)} 分约合 ¥1` },
  ]
}

function tierFacts({ tiers }: Policy): Fact[] {
  const area = '会员等级'
  const levels = tiers.levels.map((tier) => ({
    key: `tier/${tier.id}`,
    area,
    what: '等级',
    text: `「${tier.name}」${tierText(tier)}`,
  }))
  return [{ key: 'window', area, what: '升级依据', text: windowTexts[tiers.window] }, ...levels]
}

const whenOn = (on: boolean, text: string) => (on ? text : `未开启：${text}`)
const giftOrNone = (points: number) => (points > 0 ? `送 ${countText(points)} 分` : '不送')
