import type { Policy } from '@pointbook/shared/contract/policy'
import { addDays, addMonths, type Day, endOfMonth, endOfYear } from '@pointbook/shared/day'

/** Last usable day of points earned `on` a business day; null when they never expire. */
export function lastUsableDay(policy: Policy, on: Day): Day | null {
  const { expiry } = policy
  switch (expiry.type) {
    case 'never':
      return null
    case 'days':
      return addDays(on, expiry.days)
    case 'months':
      return addMonths(on, expiry.months)
    case 'month-end':
      return endOfMonth(on, expiry.months)
    case 'year-end':
      return endOfYear(on, expiry.years)
  }
}
