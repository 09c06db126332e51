import { couponNo } from '@pointbook/shared/coupons'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, put, range, row, save } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { move } from '../../../book/move.ts'
import { account, logged } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { standInPart } from '../../members/identities/pass-on.ts'
import { mergedMembers } from '../../members/identities/tables.ts'
import { accountOf } from '../../points/ledger/moves.ts'
import { grantPart, heldOf } from './grant.ts'
import { endCoupons } from './states.ts'
import { type CouponRow, couponBudgets, couponHolders, coupons, grantees } from './tables.ts'

export interface Grant {
  grantId: number
  /** The member as listed. */
  memberId: number
  /** The record that gets the coupons: the member's own, or the one that it was merged into. */
  heirId: number
  kindId: number
  pieces: number
}

/**
 * Gives a listed member the coupons of a grant, once. A member who cannot get them is left out, with the code of the reason: the
 * membership or the kind has ended, a limit or the budget is reached.
 */
export const grantCoupons = move<Grant, { given: number }>('coupons.grant', {
  member: ({ heirId }) => heirId,
  key: ({ grantId, memberId, heirId }) => (memberId === heirId ? `grant/${grantId}` : `grant/${grantId}/${memberId}`),
  same: ({ grantId, memberId, kindId, pieces }) => ({ grantId, memberId, kindId, pieces }),
  touches: ({ grantId, memberId, heirId, kindId }, context) => [
    account(heirId),
    row(grantees, grantId, memberId),
    ...standInPart(memberId, heirId).touches,
    ...grantPart(heirId, kindId, context).touches,
  ],
  decide(view, { grantId, memberId, heirId, kindId, pieces }, context) {
    standInPart(memberId, heirId).require(view)
    const listed = view.get(grantees, grantId, memberId)!
    if (listed.state === 'given') return { changes: [], outcome: { given: 0 } }
    const leftOut = (code: string) => ({
      changes: [put(grantees, { ...listed, state: 'left-out' as const, reason: code })],
      outcome: { given: 0 },
    })
    if (accountOf(view, heirId).standing === 'cancelled') return leftOut('member.cancelled')
    try {
      const source = { source: 'merchant', ref: String(grantId) } as const
      const { changes, given, name } = grantPart(heirId, kindId, context).give(view, pieces, source)
      const news = { memberId: heirId, name, pieces, until: given[0]!.validUntil, fact: `grant/${grantId}` }
      return {
        changes: [
          ...changes,
          put(grantees, { ...listed, state: 'given' as const }),
          message('coupon.given', news, context.now),
        ],
        outcome: { given: given.length },
      }
    } catch (error) {
      if (error instanceof Refusal) return leftOut(error.code)
      throw error
    }
  },
})

export interface Voiding {
  memberId: number
  seq: number
  kindId: number
  reason: string
  actor: ActorRef
  requestId: string
}

/** The merchant takes a coupon that was not used yet. */
export const voidCoupon = move<Voiding, { seq: number }>('coupons.void', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `void-coupon/${requestId}`,
  same: ({ seq, reason }) => ({ seq, reason }),
  touches: ({ memberId, seq, kindId }) => [account(memberId), row(coupons, memberId, seq), row(couponBudgets, kindId)],
  decide(view, { memberId, seq, reason, actor }, context) {
    const coupon = heldCoupon(view, memberId, seq)
    const text = `作废优惠券 ${couponNo(coupon)}：${reason}`
    return {
      changes: [
        ...endCoupons(view, [{ coupon, state: 'voided', actor, reason }], context),
        logged(context.now, { actor, action: 'coupon.void', subject: memberRef(memberId), text }),
      ],
      outcome: { seq },
    }
  },
})

/** A coupon that can still be used, whatever its days; throws `coupon.unknown` or `coupon.spent`. */
export function heldCoupon(view: View, memberId: number, seq: number): CouponRow {
  const coupon = view.get(coupons, memberId, seq)
  if (!coupon) throw new Refusal('coupon.unknown')
  if (coupon.state !== 'held') throw new Refusal('coupon.spent', { couponNo: couponNo(coupon) })
  return coupon
}

export interface Lapse {
  memberId: number
  /** The kinds of the coupons that are over, read before the move. */
  kindIds: number[]
  on: string
}

/** Ends a member's coupons whose last day is over, all of them once the member has left, and releases what they reserved. */
export const endLapsedCoupons = move<Lapse, { ended: number }>('coupons.end', {
  member: ({ memberId }) => memberId,
  key: ({ on }) => `end-coupons/${on}`,
  same: () => null,
  touches: ({ memberId, kindIds }) => [
    account(memberId),
    row(mergedMembers, memberId),
    range(coupons, memberId),
    ...kindIds.map((kindId) => row(couponBudgets, kindId)),
  ],
  decide(view, { memberId, kindIds }, context) {
    // The coupons of a double go to its heir.
    if (view.get(mergedMembers, memberId)) return { changes: [], outcome: { ended: 0 } }
    const hasLeft = accountOf(view, memberId).standing === 'cancelled'
    const isOver = ({ validUntil }: CouponRow) => hasLeft || validUntil < context.today
    const over = heldOf(view, memberId).filter((coupon) => isOver(coupon) && kindIds.includes(coupon.kindId))
    const endings = over.map((coupon) => ({ coupon, state: 'ended', actor: 'system' }) as const)
    return { changes: endCoupons(view, endings, context), outcome: { ended: over.length } }
  },
})

/** The record that is kept gets the coupons of the double, under new numbers. The budgets are unchanged. */
export const passCoupons = move<{ keptId: number; doubleId: number }, { passed: number }>('coupons.pass-on', {
  member: ({ keptId }) => keptId,
  key: ({ doubleId }) => `coupons-of/${doubleId}`,
  touches: ({ keptId, doubleId }) => [
    account(keptId),
    account(doubleId),
    row(couponHolders, keptId),
    range(coupons, doubleId),
  ],
  decide(view, { keptId, doubleId }, { now }) {
    const held = heldOf(view, doubleId)
    if (held.length === 0) return { changes: [], outcome: { passed: 0 } }
    const holder = view.get(couponHolders, keptId)
    const before = holder?.granted ?? 0
    return {
      changes: [
        save(couponHolders, holder, { memberId: keptId, granted: before + held.length }),
        ...held.map((coupon) => put(coupons, { ...coupon, state: 'passed', endedAt: now, endedBy: 'system' })),
        ...held.map((coupon, at) =>
          add(coupons, { ...coupon, memberId: keptId, seq: before + 1 + at, source: 'merge', ref: couponNo(coupon) }),
        ),
      ],
      outcome: { passed: held.length },
    }
  },
})
