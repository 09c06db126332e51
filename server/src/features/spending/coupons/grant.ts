import type { CouponSource } from '@pointbook/shared/coupons'
import type { Day } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { add, put, range, row, save } from '../../../book/changes.ts'
import type { Change, DecisionContext } from '../../../book/move.ts'
import { quotaPart } from '../../../book/quotas.ts'
import type { View } from '../../../book/view.ts'
import { usableDays } from '../../../core/coupons/validity.ts'
import { mostWorthFen } from '../../../core/coupons/worth.ts'
import { type CouponKindRow, type CouponRow, couponBudgets, couponHolders, couponKinds, coupons } from './tables.ts'

/** The most coupons that a member may hold at a time. */
const MOST_HELD = 200

const limitScope = (kindId: number, per: 'ever' | 'month', today: Day) =>
  per === 'ever' ? `coupon/${kindId}` : `coupon/${kindId}/${today.slice(0, 7)}`

/** A member's coupons that are not used up; the range of a batch may have others that its moves have touched. */
export const heldOf = (view: View, memberId: number): CouponRow[] =>
  view.range(coupons, memberId).filter(({ state }) => state === 'held')

export interface Given {
  source: CouponSource
  /** What gave it: an order, a grant of the merchant. */
  ref: string
}

/**
 * A part that gives a member coupons of a kind. It refuses what is stopped or over, and what the member's limit, the pieces or
 * the money of the budget do not admit. Both limits of a member count from the first grant on.
 */
export function grantPart(memberId: number, kindId: number, { now, today }: DecisionContext) {
  const ever = quotaPart(memberId, limitScope(kindId, 'ever', today))
  const month = quotaPart(memberId, limitScope(kindId, 'month', today))

  function kindFor(view: View, pieces: number) {
    const kind = view.get(couponKinds, kindId)
    const budget = view.get(couponBudgets, kindId)
    if (!kind || !budget) throw new Refusal('coupon.unknown')
    if (kind.stopped) throw new Refusal('coupon.stopped', { name: kind.name })
    const left = kind.pieces === null ? Number.POSITIVE_INFINITY : kind.pieces - budget.granted
    if (left < pieces) throw new Refusal('coupon.all-gone', { name: kind.name, left: Math.max(0, left) })
    const reservedFen = mostWorthFen(kind.terms.saving) ?? 0
    const spentFen = budget.reservedFen + budget.settledFen + reservedFen * pieces
    if (kind.moneyFen !== null && spentFen > kind.moneyFen)
      throw new Refusal('coupon.all-gone', { name: kind.name, left: 0 })
    const days = usableDays(kind.terms.validity, today)
    if (!days) throw new Refusal('coupon.over', { name: kind.name })
    return { kind, budget, reservedFen, days }
  }

  function requireWithinLimit(view: View, { limitPieces: limit, limitPer }: CouponKindRow, pieces: number) {
    if (limit === null) return
    const taken = (limitPer === 'ever' ? ever : month).used(view)
    if (taken + pieces > limit) throw new Refusal('coupon.limit-reached', { limit, taken })
  }

  return {
    touches: [
      row(couponKinds, kindId),
      row(couponBudgets, kindId),
      row(couponHolders, memberId),
      range(coupons, memberId),
      ...ever.touches,
      ...month.touches,
    ],
    /** The coupons, with the rows that make them. */
    give(view: View, pieces: number, { source, ref }: Given): { changes: Change[]; given: CouponRow[]; name: string } {
      const { kind, budget, reservedFen, days } = kindFor(view, pieces)
      requireWithinLimit(view, kind, pieces)
      if (heldOf(view, memberId).length + pieces > MOST_HELD) throw new Refusal('coupon.too-many', { most: MOST_HELD })
      const holder = view.get(couponHolders, memberId)
      const before = holder?.granted ?? 0
      const given = Array.from(
        { length: pieces },
        (_, at): CouponRow => ({
          memberId,
          seq: before + 1 + at,
          kindId,
          version: kind.version,
          state: 'held',
          validFrom: days.from,
          validUntil: days.until,
          reservedFen,
          source,
          ref,
          grantedAt: now,
          endedAt: null,
          endedBy: '',
          usedFor: '',
          savedFen: 0,
          reason: '',
        }),
      )
      const granted = {
        ...budget,
        granted: budget.granted + pieces,
        reservedFen: budget.reservedFen + reservedFen * pieces,
      }
      return {
        changes: [
          put(couponBudgets, granted),
          save(couponHolders, holder, { memberId, granted: before + pieces }),
          ever.count(view, pieces),
          month.count(view, pieces),
          ...given.map((coupon) => add(coupons, coupon)),
        ],
        given,
        name: kind.name,
      }
    },
  }
}
