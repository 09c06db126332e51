import type { Condition, EarningRule, Fact, Scope } from '@pointbook/shared/contract/earning-rule'
import { type Day, daysBetween, isDay, weekdayOf } from '@pointbook/shared/day'
import type { Because } from '@pointbook/shared/words'
import type { EarningEvent, Line } from './earning-event.ts'

/** An event with what several rules ask of it, worked out once. */
export interface Facts extends EarningEvent {
  /** What of each line counts, and of all of them, fen. */
  countedFen: readonly number[]
  amountFen: number
  weekday: number
}

export const factsOf = (event: EarningEvent, countedFen: readonly number[]): Facts => ({
  ...event,
  countedFen,
  amountFen: countedFen.reduce((total, fen) => total + fen, 0),
  weekday: weekdayOf(event.on),
})

/** Null when the rule applies; else the reason it does not. */
export function whyNot(rule: EarningRule, facts: Facts): Because | null {
  if (rule.from && facts.on < rule.from) return { type: 'not-yet', from: rule.from }
  if (rule.until && facts.on > rule.until) return { type: 'over', until: rule.until }
  return firstUnmet(rule.conditions, facts)
}

function firstUnmet(conditions: readonly Condition[], facts: Facts): Because | null {
  for (const condition of conditions) {
    const reason = unmet(condition, facts)
    if (reason) return reason
  }
  return null
}

function unmet(condition: Condition, facts: Facts): Because | null {
  switch (condition.type) {
    case 'all':
      return firstUnmet(condition.of, facts)
    case 'any': {
      const reasons = condition.of.map((one) => unmet(one, facts))
      return reasons.includes(null) ? null : reasons.length === 1 ? reasons[0]! : { type: 'none-of-these' }
    }
    case 'not':
      return unmet(condition.of, facts) ? null : { type: 'excluded' }
    default:
      return missed(condition, facts)
  }
}

function missed(fact: Fact, facts: Facts): Because | null {
  const { amountFen, who, on } = facts
  switch (fact.type) {
    case 'amount-at-least':
      return amountFen >= fact.amountFen ? null : { type: 'amount-below', neededFen: fact.amountFen, amountFen }
    case 'amount-below':
      return amountFen < fact.amountFen ? null : { type: 'amount-above', limitFen: fact.amountFen, amountFen }
    case 'first-purchase':
      return who.purchases === 0 ? null : { type: 'not-first' }
    case 'nth-purchase':
      return isNth(who.purchases + 1, fact) ? null : { type: 'other-purchase', n: fact.n, every: fact.every }
    case 'tier':
      return who.tierId && fact.tierIds.includes(who.tierId) ? null : { type: 'other-tier' }
    case 'tag':
      return fact.tags.some((tag) => who.tags.includes(tag)) ? null : { type: 'other-group' }
    case 'store':
      return fact.storeIds.includes(facts.storeId) ? null : { type: 'other-store' }
    case 'channel':
      return facts.channel && fact.channels.includes(facts.channel) ? null : { type: 'other-channel' }
    case 'payment':
      return facts.payment && fact.methods.includes(facts.payment) ? null : { type: 'other-payment' }
    case 'weekday':
      return fact.days.includes(facts.weekday) ? null : { type: 'other-weekday', days: fact.days }
    case 'month-day':
      return fact.days.includes(Number(on.slice(8))) ? null : { type: 'other-month-day', days: fact.days }
    case 'hours':
      return isWithin(facts.minute, fact)
        ? null
        : { type: 'other-hours', fromMinute: fact.fromMinute, untilMinute: fact.untilMinute }
    case 'dates':
      if (on < fact.from) return { type: 'not-yet', from: fact.from }
      return on > fact.until ? { type: 'over', until: fact.until } : null
    case 'birthday':
      return who.birthday && isBirthday(who.birthday, on, fact.within)
        ? null
        : { type: 'not-birthday', within: fact.within }
    case 'member-for': {
      const days = who.joinedOn ? daysBetween(who.joinedOn, on) : 0
      return days >= fact.days ? null : { type: 'member-too-new', days: fact.days, daysLeft: fact.days - days }
    }
  }
}

const isNth = (number: number, { n, every }: { n: number; every: boolean }): boolean =>
  every ? number % n === 0 : number === n

const isWithin = (minute: number, { fromMinute, untilMinute }: { fromMinute: number; untilMinute: number }): boolean =>
  fromMinute <= untilMinute
    ? minute >= fromMinute && minute < untilMinute
    : minute >= fromMinute || minute < untilMinute

/** The birthday in the year of `on`; born on 29 February, one has it on 28 February in other years. */
export function birthdayIn(year: string, birthday: Day): Day {
  const same = `${year}-${birthday.slice(5)}`
  return birthday.endsWith('-02-29') && !isDay(same) ? `${year}-02-28` : same
}

function isBirthday(birthday: Day, on: Day, within: 'day' | 'week' | 'month'): boolean {
  if (within === 'month') return birthday.slice(5, 7) === on.slice(5, 7)
  const year = Number(on.slice(0, 4))
  if (within === 'day') return birthdayIn(String(year), birthday) === on
  return [year - 1, year, year + 1].some((near) => Math.abs(daysBetween(birthdayIn(String(near), birthday), on)) <= 3)
}

/** True for a scope that covers every line. */
export const coversAll = ({ only, except }: Scope): boolean => isEmpty(only) && isEmpty(except)

const isEmpty = (list: Scope['only']) => !list.categories.length && !list.brands.length && !list.skus.length

/** The numbers of the lines a scope covers. */
export function linesInScope({ only, except }: Scope, lines: readonly Line[]): number[] {
  const all = isEmpty(only)
  return lines.flatMap((line, index) => ((all || names(only, line)) && !names(except, line) ? index : []))
}

const names = (list: Scope['only'], line: Line): boolean =>
  (line.category !== undefined && list.categories.includes(line.category)) ||
  (line.brand !== undefined && list.brands.includes(line.brand)) ||
  (line.sku !== undefined && list.skus.includes(line.sku))
