import type { Policy } from '@pointbook/shared/contract/points/policy'
import { share } from '@pointbook/shared/money'
import { mostOffset } from '@pointbook/shared/offset'
import type { CodeAndDetail } from '@pointbook/shared/refusals'
import type { Draw } from '../assets/posting.ts'

type Offset = NonNullable<Policy['offset']>

/** The price of a purchase and the parts paid by other means, fen. */
export interface Payable {
  amountFen: number
  couponFen: number
  storedValueFen: number
}

/** The most points that may pay: a share of what coupons leave over, and never more than stored value leaves to pay. */
export function mostFor(offset: Offset, { amountFen, couponFen, storedValueFen }: Payable, usable: number) {
  const dueFen = Math.max(0, amountFen - couponFen)
  const openFen = Math.max(0, dueFen - storedValueFen)
  return mostOffset(offset, dueFen, usable, openFen)
}

/** The reason why a purchase cannot be paid with `wanted` points; null when it can. */
export function offsetFault(
  offset: Policy['offset'],
  payable: Payable,
  wanted: number,
  usable: number,
): CodeAndDetail | null {
  if (!offset) return ['offset.closed']
  const { minimumPoints: least, stepPoints: step } = offset
  if (wanted < least) return ['offset.too-few', { least }]
  if (wanted % step > 0) return ['offset.step', { step }]
  if (wanted > usable) return ['points.short', { missing: wanted - usable, usable }]
  const { points: most } = mostFor(offset, payable, usable)
  return wanted > most ? ['offset.too-many', { most }] : null
}

/**
 * The part of `whole` (a purchase's offset points, or their worth) that must have been given back after this much money was
 * returned: rounded to the nearest unit, and all of it once all the money was returned.
 */
export const backBy = (whole: number, returnedFen: number, amountFen: number): number =>
  amountFen === 0 ? 0 : share(whole, returnedFen, amountFen, 'nearest')

/**
 * The draws of a spend's points from number `from` to `until`, counted from the youngest lot: with a smaller spend these points
 * would have remained.
 */
export function sliceOf(draws: readonly Draw[], from: number, until: number): Draw[] {
  let counted = 0
  return draws
    .toSorted((a, b) => b.lotSeq - a.lotSeq)
    .flatMap((draw) => {
      const before = counted
      counted += draw.amount
      const amount = Math.min(until, counted) - Math.max(from, before)
      return amount > 0 ? { ...draw, amount } : []
    })
}
