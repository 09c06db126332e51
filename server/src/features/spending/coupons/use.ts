import { couponNo } from '@pointbook/shared/coupons'
import { yuan } from '@pointbook/shared/money'
import type { ActorRef, PurchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { explanationText } from '@pointbook/shared/words'
import { row } from '../../../book/changes.ts'
import type { Change, DecisionContext } from '../../../book/move.ts'
import type { View } from '../../../book/view.ts'
import { type CombinationFault, combine, type Usable, type Used } from '../../../core/coupons/combine.ts'
import type { Cart } from '../../../core/coupons/saving.ts'
import { mostWorthFen } from '../../../core/coupons/worth.ts'
import { requireShown } from '../../../core/ledger/shown.ts'
import { heldCoupon } from './moves.ts'
import { endCoupons, returnUse } from './states.ts'
import { type CouponRow, couponBudgets, couponHolders, couponKinds, coupons, couponTerms } from './tables.ts'

/** A coupon that a purchase is to use; kind and version are read before the move and never change. */
export interface WantedCoupon {
  seq: number
  kindId: number
  version: number
}

export interface UsedCoupons {
  /** For the purchase, and the money paid for it, fen. */
  changes(usedFor: PurchaseRef, paidFen: number): Change[]
  used: readonly Used[]
  fen: number
  /** The part of each line, fen. */
  lineFen: readonly number[]
  /** Points may pay a part of the purchase too. */
  withOffset: boolean
}

/** A part in which a member's coupons take something off a purchase. */
export function couponPart(memberId: number, wanted: readonly WantedCoupon[], context: DecisionContext) {
  return {
    touches: wanted.flatMap(({ seq, kindId, version }) => [
      row(coupons, memberId, seq),
      row(couponTerms, kindId, version),
      row(couponKinds, kindId),
      row(couponBudgets, kindId),
    ]),
    /** What they take off this cart. Throws a refusal when they cannot be used, or when `shownFen` was another sum. */
    use(view: View, cart: Cart, actor: ActorRef, shownFen: number | undefined): UsedCoupons {
      const held = wanted.map(({ seq }) => heldCoupon(view, memberId, seq))
      for (const coupon of held) requireDays(coupon, context.today)
      const used = combine(
        held.map((coupon) => usableOf(view, coupon)),
        cart,
      )
      if (!Array.isArray(used)) throw refusalOf(used, memberId)
      const fen = used.reduce((sum, one) => sum + one.fen, 0)
      requireShown('coupon.changed', { couponsFen: shownFen }, { couponsFen: fen }, { saving: yuan(fen) })
      requireMoney(view, used)
      const endings = (usedFor: PurchaseRef) =>
        used.map((one) => {
          const coupon = held.find(({ seq }) => seq === one.coupon.seq)!
          return { coupon, state: 'used', actor, usedFor, savedFen: one.fen } as const
        })
      return {
        changes: (usedFor, paidFen) => endCoupons(view, endings(usedFor), context, paidFen),
        used,
        fen,
        lineFen: cart.lines.map((_, line) => used.reduce((sum, one) => sum + one.lineFen[line]!, 0)),
        withOffset: used.every(({ coupon }) => coupon.terms.stacking.offset),
      }
    },
  }
}

function usableOf(view: View, { seq, kindId, version, validUntil: until }: CouponRow): Usable {
  return { seq, kindId, until, terms: view.get(couponTerms, kindId, version)!.terms }
}

function requireDays(coupon: CouponRow, today: string) {
  if (coupon.validUntil < today)
    throw new Refusal('coupon.ended', { couponNo: couponNo(coupon), on: coupon.validUntil })
  if (coupon.validFrom > today) throw new Refusal('coupon.early', { couponNo: couponNo(coupon), on: coupon.validFrom })
}

/** A percentage without a cap reserved nothing at its grant: its kind's money has to last for what it takes off now. */
function requireMoney(view: View, used: readonly Used[]) {
  const openFen = new Map<number, number>()
  for (const { coupon, fen } of used) {
    const kind = view.get(couponKinds, coupon.kindId)!
    if (kind.moneyFen === null || mostWorthFen(coupon.terms.saving) !== null) continue
    const { reservedFen, settledFen } = view.get(couponBudgets, coupon.kindId)!
    const left = (openFen.get(coupon.kindId) ?? kind.moneyFen - reservedFen - settledFen) - fen
    if (left < 0) throw new Refusal('coupon.money-gone', { name: kind.name })
    openFen.set(coupon.kindId, left)
  }
}

function refusalOf(fault: CombinationFault, memberId: number): Refusal {
  const no = couponNo({ memberId, seq: fault.coupon.seq })
  switch (fault.type) {
    case 'alone':
      return new Refusal('coupon.alone', { couponNo: no })
    case 'pieces':
      return new Refusal('coupon.pieces', { most: fault.pieces })
    case 'unsaved':
      return new Refusal('coupon.not-here', { couponNo: no, why: explanationText(fault.reason) })
  }
}

/** A coupon that a returned purchase had used, read before the move. */
export interface UsedCoupon extends WantedCoupon {
  memberId: number
}

/**
 * A part that undoes the use of coupons when the whole purchase is returned: the kind says whether they come back, to the member
 * or to the record that the member was merged into. Those that come back keep their days.
 */
export const returnedCouponPart = (used: readonly UsedCoupon[], heirId: number) => ({
  touches: [
    ...used.flatMap(({ memberId, seq, kindId, version }) => [
      row(coupons, memberId, seq),
      row(couponTerms, kindId, version),
      row(couponBudgets, kindId),
    ]),
    ...(used.some(({ memberId }) => memberId !== heirId) ? [row(couponHolders, heirId)] : []),
  ],
  /** `whole`: nothing is left of the purchase. `fen`: the money that goes back now. */
  undo(view: View, usedFor: PurchaseRef, returned: { whole: boolean; fen: number }): Change[] {
    const rows = used.flatMap(({ memberId, seq, kindId, version }) => {
      const coupon = view.get(coupons, memberId, seq)!
      const back = view.get(couponTerms, kindId, version)!.afterReturn === 'back'
      return coupon.state === 'used' && coupon.usedFor === usedFor ? [{ coupon, back }] : []
    })
    return returnUse(view, rows, heirId, returned)
  },
})
