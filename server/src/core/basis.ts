import type { Policy } from '@pointbook/shared/contract/policy'
import { allocate } from './allocate.ts'
import type { EarningEvent } from './earning-event.ts'

type Basis = Policy['earning']['basis']

/**
 * What of each line earns, fen: without the delivery fee, and without what was paid by coupon, with points or from stored value,
 * unless the policy counts it. What was paid so is spread over the lines by their amounts.
 */
export function countedFen(basis: Basis, { lines, paid }: EarningEvent): number[] {
  const uncounted =
    (basis.coupons ? 0 : paid.couponFen) +
    (basis.pointsPaid ? 0 : paid.pointsFen) +
    (basis.storedValue ? 0 : paid.storedValueFen)
  const amounts = lines.map((line) => line.amountFen)
  const parts = uncounted > 0 ? allocate(Math.min(uncounted, sum(amounts)), amounts) : null
  return lines.map((line, at) => (line.delivery && !basis.delivery ? 0 : line.amountFen - (parts?.[at] ?? 0)))
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
