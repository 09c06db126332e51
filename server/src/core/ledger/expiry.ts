import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Life, Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, addMonths, type Day, endOfMonth, endOfYear, LAST_DAY } from '@pointbook/shared/day'

/** The validity of points from a source. */
export const lifeOf = ({ expiry }: Policy, source: Trigger | null): Life =>
  expiry.bySource.find(({ sources }) => source !== null && sources.includes(source))?.life ?? expiry.life

/** For points that wait for a confirmation with no end to the waiting. */
export const unconfirmed: Day = LAST_DAY

/** First usable day of the points of a purchase. A confirmation may bring it forward. */
export function usableFrom({ pending }: Policy, on: Day): Day {
  if (pending.until === 'confirmed' && pending.days === 0) return unconfirmed
  return addDays(on, pending.days)
}

/** Last usable day of points earned `on` a business day; null when they never expire. `source`: null for points given by hand. */
export function lastUsableDay(policy: Policy, on: Day, source: Trigger | null): Day | null {
  const life = lifeOf(policy, source)
  switch (life.type) {
    case 'never':
      return null
    case 'days':
      return addDays(on, life.days)
    case 'months':
      return addMonths(on, life.months)
    case 'month-end':
      return endOfMonth(on, life.months)
    case 'year-end':
      return endOfMonth(endOfYear(on, life.years), life.graceMonths)
  }
}
