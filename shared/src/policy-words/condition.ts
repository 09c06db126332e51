import type { Condition, Fact } from '../contract/points/earning-rule.ts'
import { dayText } from '../day.ts'
import { yuanText } from '../money.ts'
import { channels, clock, payments, weekdays } from '../words.ts'

/** Names of the ids in a policy, for the reader. */
export interface Names {
  tier(id: string): string
  store(id: number): string
  /** Members with one of these tags. */
  tags(tags: readonly string[]): string
  /** The activity or event of a code; '' for none. */
  event(code: string): string
}

/** The names for members, who do not see the shop's tags. */
export const memberNames = (names: Pick<Names, 'tier' | 'store'>): Names => ({
  ...names,
  tags: () => '受邀会员',
  event: () => '',
})

/** The names the merchant reads. */
export const merchantNames = (names: Pick<Names, 'tier' | 'store'>): Names => ({
  ...names,
  tags: (tags) => `有标签${tags.map((tag) => `「${tag}」`).join('')}的会员`,
  event: (code) => code && `（代码 ${code}）`,
})

/** A condition as a part of a sentence. */
export const conditionText = (condition: Condition, names: Names): string =>
  isList(condition) ? `限${phrase(condition, names)}` : phrase(condition, names)

const isList = ({ type }: Condition): boolean => ['tier', 'tag', 'store', 'channel', 'payment'].includes(type)

function phrase(condition: Condition, names: Names): string {
  switch (condition.type) {
    case 'all':
      return condition.of.map((one) => within(one, names)).join('且')
    case 'any':
      return condition.of.map((one) => within(one, names)).join('或')
    case 'not':
      return `${within(condition.of, names)}除外`
    default:
      return factText(condition, names)
  }
}

/** In brackets when it could be read as a part of the surrounding text. */
function within(condition: Condition, names: Names): string {
  const joined = condition.type === 'not' || ('of' in condition && condition.of.length > 1)
  return joined ? `（${phrase(condition, names)}）` : phrase(condition, names)
}

function factText(fact: Fact, names: Names): string {
  switch (fact.type) {
    case 'amount-at-least':
      return `单笔满 ${yuanText(fact.amountFen)}`
    case 'amount-below':
      return `单笔不到 ${yuanText(fact.amountFen)}`
    case 'first-purchase':
      return '首次消费'
    case 'nth-purchase':
      return fact.every ? `每第 ${fact.n} 次消费` : `第 ${fact.n} 次消费`
    case 'tier':
      return fact.tierIds.map(names.tier).join('、')
    case 'tag':
      return names.tags(fact.tags)
    case 'store':
      return fact.storeIds.map(names.store).join('、')
    case 'channel':
      return `${fact.channels.map((channel) => channels[channel]).join('、')}消费`
    case 'payment':
      return `${fact.methods.map((method) => payments[method]).join('、')}支付`
    default:
      return timeText(fact)
  }
}

type When = Extract<Fact, { type: 'weekday' | 'month-day' | 'hours' | 'dates' | 'birthday' | 'member-for' }>

function timeText(fact: When): string {
  switch (fact.type) {
    case 'weekday':
      return `每${upwards(fact.days)
        .map((day) => weekdays[day])
        .join('、')}`
    case 'month-day':
      return `每月 ${upwards(fact.days).join('、')} 日`
    case 'hours':
      return hoursText(fact)
    case 'dates':
      return datesText(fact.from, fact.until)
    case 'birthday':
      return { day: '生日当天', week: '生日前后三天', month: '生日当月' }[fact.within]
    case 'member-for':
      return `入会满 ${fact.days} 天`
  }
}

const hoursText = ({ fromMinute, untilMinute }: Extract<Fact, { type: 'hours' }>): string =>
  `${clock(fromMinute)} 至${untilMinute < fromMinute ? '次日' : ''} ${clock(untilMinute)}`

/** A period of whole days, open at a missing end; '' when both are missing. */
export function datesText(from: string | null, until: string | null): string {
  if (from && until) return from === until ? `${dayText(from)}当天` : `${dayText(from)}至${dayText(until)}`
  if (from) return `${dayText(from)}起`
  return until ? `${dayText(until)}止` : ''
}

const upwards = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)
