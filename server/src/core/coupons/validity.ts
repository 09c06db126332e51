import type { CouponValidity } from '@pointbook/shared/contract/spending/coupon-terms'
import { addDays, type Day } from '@pointbook/shared/day'

export interface UsableDays {
  /** The first usable day. */
  from: Day
  /** The last usable day. */
  until: Day
}

/** The usable days of a coupon that is granted on this business day; null when they are over already. */
export function usableDays(validity: CouponValidity, grantedOn: Day): UsableDays | null {
  if (validity.type === 'dates') {
    const { from, until } = validity
    return until < grantedOn ? null : { from: from > grantedOn ? from : grantedOn, until }
  }
  const from = addDays(grantedOn, validity.after)
  return { from, until: addDays(from, validity.days - 1) }
}
