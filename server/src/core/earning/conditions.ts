import type { Condition, EarningRule, Fact } from '@pointbook/shared/contract/points/earning-rule'
import { type Day, dayNumber, isLeapYear, monthOf, yearOf } from '@pointbook/shared/day'
import { nameKey } from '@pointbook/shared/text'
import type { ExplanationCode } from '@pointbook/shared/words'
import type { Facts } from './facts.ts'

/** Null when the condition is met, otherwise the reason why not. */
export type Check = (facts: Facts) => ExplanationCode | null

type Holds = (facts: Facts) => boolean

/**
 * The time window and the conditions of a rule as one check. It runs for every purchase, so everything that does not depend on
 * the event, including the reasons, is computed here once.
 */
export function checkOf({ from, until, conditions }: EarningRule): Check {
  return inTurn([...(from ? [notBefore(from)] : []), ...(until ? [notAfter(until)] : []), conditionsCheck(conditions)])
}

/** All of these conditions as one check. */
export const conditionsCheck = (conditions: readonly Condition[]): Check =>
  inTurn(conditions.map((condition) => conditionCheck(condition)))

/** The first reason, of several questions. */
export function inTurn(checks: readonly Check[]): Check {
  if (checks.length === 1) return checks[0]!
  return (facts) => {
    for (const check of checks) {
      const reason = check(facts)
      if (reason) return reason
    }
    return null
  }
}

const asks =
  (otherwise: ExplanationCode, holds: Holds): Check =>
  (facts) =>
    holds(facts) ? null : otherwise

function notBefore(from: Day): Check {
  const first = dayNumber(from)
  return asks({ type: 'not-yet', from }, ({ epochDay }) => epochDay >= first)
}

function notAfter(until: Day): Check {
  const last = dayNumber(until)
  return asks({ type: 'over', until }, ({ epochDay }) => epochDay <= last)
}

function anyOf(checks: readonly Check[]): Holds {
  return (facts) => {
    for (const check of checks) if (!check(facts)) return true
    return false
  }
}

/** `denied`: within a `not`, where a condition takes something away instead of giving it. */
function conditionCheck(condition: Condition, denied = false): Check {
  switch (condition.type) {
    case 'all':
      return inTurn(condition.of.map((one) => conditionCheck(one, denied)))
    case 'any': {
      const checks = condition.of.map((one) => conditionCheck(one, denied))
      if (checks.length === 1) return checks[0]!
      return asks({ type: 'none-of-these' }, anyOf(checks))
    }
    case 'not': {
      const check = conditionCheck(condition.of, !denied)
      return asks({ type: 'excluded' }, (facts) => check(facts) !== null)
    }
    default:
      return factCheck(condition, denied)
  }
}

function factCheck(fact: Fact, denied: boolean): Check {
  switch (fact.type) {
    case 'amount-at-least':
      return ({ amountFen }) =>
        amountFen >= fact.amountFen ? null : { type: 'amount-below', neededFen: fact.amountFen, amountFen }
    case 'amount-below':
      return ({ amountFen }) =>
        amountFen < fact.amountFen ? null : { type: 'amount-above', limitFen: fact.amountFen, amountFen }
    case 'first-purchase':
      return asks({ type: 'not-first' }, ({ who }) => who.purchases === 0)
    case 'nth-purchase': {
      const { n, every } = fact
      return asks({ type: 'other-purchase', n, every }, ({ who }) =>
        every ? (who.purchases + 1) % n === 0 : who.purchases + 1 === n,
      )
    }
    case 'tier':
      return asks({ type: 'other-tier' }, ({ who }) => who.tierId !== null && fact.tierIds.includes(who.tierId))
    case 'tag': {
      const tags = new Set(fact.tags.map(nameKey))
      // A tag that excludes from a rule holds for everybody: refusing personal offers gives nobody more.
      return ({ who }) => {
        if (!who.tags.some((tag) => tags.has(nameKey(tag)))) return { type: 'other-group' }
        return who.noPersonalOffers && !denied ? { type: 'no-personal-offers' } : null
      }
    }
    case 'store':
      return asks({ type: 'other-store' }, ({ storeId }) => fact.storeIds.includes(storeId))
    case 'channel':
      return asks({ type: 'other-channel' }, ({ channel }) => channel !== null && fact.channels.includes(channel))
    case 'payment':
      return asks({ type: 'other-payment' }, ({ payment }) => payment !== null && fact.methods.includes(payment))
    case 'weekday':
      return asks({ type: 'other-weekday', days: fact.days }, ({ weekday }) => fact.days.includes(weekday))
    case 'month-day':
      return asks({ type: 'other-month-day', days: fact.days }, ({ date }) => fact.days.includes(date))
    case 'hours': {
      const { fromMinute, untilMinute } = fact
      return asks({ type: 'other-hours', fromMinute, untilMinute }, within(fromMinute, untilMinute))
    }
    case 'dates':
      return inTurn([notBefore(fact.from), notAfter(fact.until)])
    case 'birthday':
      return asks({ type: 'not-birthday', within: fact.within }, isBirthday[fact.within])
    case 'member-for':
      return ({ who: { joinedOn }, epochDay }) => {
        const days = joinedOn ? epochDay - dayNumber(joinedOn) : 0
        return days >= fact.days ? null : { type: 'member-too-new', days: fact.days, daysLeft: fact.days - days }
      }
  }
}

/** Hours of the day, over midnight where they end before they begin. */
const within = (from: number, until: number): Holds =>
  from <= until ? ({ minute }) => minute >= from && minute < until : ({ minute }) => minute >= from || minute < until

/** The birthday in the year of `on`; born on 29 February, one has it on 28 February in other years. */
export const birthdayIn = (year: string, birthday: Day): Day =>
  isLeapDay(birthday) && !isLeapYear(Number(year)) ? `${year}-02-28` : `${year}-${birthday.slice(5)}`

const isLeapDay = (on: Day) => on.endsWith('-02-29')

const isBirthday: Record<'day' | 'week' | 'month', Holds> = {
  day: ({ who: { birthday }, on }) => birthday !== null && birthdayIn(on.slice(0, 4), birthday) === on,
  week: (facts) => facts.who.birthday !== null && isNearBirthday(facts.who.birthday, facts),
  month: ({ who: { birthday }, month }) => birthday !== null && monthOf(birthday) === month,
}

/** Three days before to three days after, over a new year too. */
function isNearBirthday(birthday: Day, { on, month, epochDay }: Facts): boolean {
  const monthsApart = Math.abs(monthOf(birthday) - month)
  if (monthsApart > 1 && monthsApart < 11) return false
  const year = yearOf(on)
  for (let near = year - 1; near <= year + 1; near++) {
    const early = isLeapDay(birthday) && !isLeapYear(near) ? 1 : 0
    if (Math.abs(dayNumber(birthday, near) - early - epochDay) <= 3) return true
  }
  return false
}
