import type { Policy } from '@pointbook/shared/contract/points/policy'
import { allocate, sum } from './allocate.ts'
import type { EarningEvent } from './event.ts'

type Basis = Policy['earning']['basis']

/**
 * The amount of each line that earns points, fen. The delivery fee and payments by coupon, points or stored value are subtracted
 * unless the policy counts them. Coupons of ours say themselves what they took off each line; other payments are spread over the
 * lines by what is left of their amounts.
 */
export function countedFen(basis: Basis, { lines, paid }: Pick<EarningEvent, 'lines' | 'paid'>): number[] {
  const uncounted =
    (basis.coupons ? 0 : paid.couponFen) +
    (basis.pointsPaid ? 0 : paid.pointsFen) +
    (basis.storedValue ? 0 : paid.storedValueFen)
  const amounts: number[] = []
  for (const { amountFen, couponFen = 0 } of lines) amounts.push(basis.coupons ? amountFen : amountFen - couponFen)
  const parts = uncounted > 0 ? allocate(Math.min(uncounted, sum(amounts)), amounts) : null
  for (let at = 0; at < lines.length; at++) {
    if (parts) amounts[at]! -= parts[at]!
    if (lines[at]!.delivery && !basis.delivery) amounts[at] = 0
  }
  return amounts
}
