import { share } from '@pointbook/shared/money'
import { type PurchaseRef, purchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { move } from '../../../book/move.ts'
import { touchesOf } from '../../../book/part.ts'
import { account, posted, quotas, quotasOf } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import type { CapUse } from '../../../core/earning/caps.ts'
import { type Holding, holdingPart, standInPart } from '../../members/identities/pass-on.ts'
import { entryHeader } from '../../points/ledger/moves.ts'
import { takings } from '../../points/ledger/tables.ts'
import { capUsePart } from '../events/earn.ts'
import { purchases } from '../purchases/tables.ts'
import { friendScopes, type Pair, qualifies, roundKey, roundOf, type Terms } from './moves.ts'
import { referrals } from './tables.ts'

/** An invitation and the purchase that its reward depends on. */
export interface Standing extends Pair {
  purchaseRef: PurchaseRef
  /** The record that the inviter was merged into, read before the move. */
  heirId: number
}

const STANDING = ['waiting', 'held', 'rewarded', 'refused']

/** The invitation rewarded for this purchase; refuses with `invitation.not-due` when there is none. */
function standingOn(view: View, { inviterId, inviteeId, purchaseRef }: Standing) {
  const referral = view.get(referrals, inviteeId)
  if (!referral || referral.purchaseRef !== purchaseRef || !STANDING.includes(referral.state))
    throw new Refusal('invitation.not-due')
  // A refused invitation gave nothing and stays refused.
  if (referral.state === 'refused' && referral.inviteeSeq === 0) throw new Refusal('invitation.not-due')
  if (referral.inviterId !== inviterId) throw new Refusal('member.merged')
  return referral
}

export interface Replacement extends Standing {
  by: { storeId: number; receiptNo: string }
  terms: Terms
}

/** Replaces the purchase of a reward by another one that qualifies, after a return. */
export const replacePurchase = move<Replacement, { purchaseRef: PurchaseRef }>('referrals.replace', {
  member: ({ inviteeId }) => inviteeId,
  key: ({ by }) => `referral-stands/${purchaseRef(by)}`,
  touches: ({ inviteeId, by }) => [row(referrals, inviteeId), row(purchases, by.storeId, by.receiptNo)],
  decide(view, input, context) {
    const referral = standingOn(view, input)
    if (!qualifies(view, input.by, referral.madeAt, input.terms, context)) throw new Refusal('invitation.not-due')
    const next = purchaseRef(input.by)
    return { changes: [put(referrals, { ...referral, purchaseRef: next })], outcome: { purchaseRef: next } }
  },
})

export interface Closed {
  round: number
  /** The entries that gave the rewards. */
  given: { memberId: number; seq: number }[]
}

/**
 * Ends the round of an invitation whose purchase was returned: its rewards are to be taken back, the friend no longer counts in
 * the inviter's limits, and the next purchase that qualifies may earn the reward again.
 */
export const closeReferral = move<Standing, Closed>('referrals.close', {
  member: ({ inviteeId }) => inviteeId,
  key: ({ purchaseRef }) => `referral-close/${purchaseRef}`,
  same: () => null,
  // Quotas change under the lock of their member's account.
  touches: ({ inviteeId, inviterId, heirId }) => [
    account(heirId),
    row(referrals, inviteeId),
    ...standInPart(inviterId, heirId).touches,
    quotasOf(heirId),
  ],
  decide(view, input) {
    const { inviterId, inviteeId, heirId } = input
    const referral = standingOn(view, input)
    standInPart(inviterId, heirId).require(view)
    const { state, round, rewardedMonth, entrySeq, inviteeSeq } = referral
    const scopes = state === 'rewarded' ? friendScopes(rewardedMonth) : []
    const counters = view.range(quotas, heirId).filter(({ scope, used }) => used > 0 && scopes.includes(scope))
    const rewards = [
      { memberId: inviteeId, seq: inviteeSeq },
      { memberId: inviterId, seq: entrySeq },
    ].filter(({ seq }) => seq > 0)
    return {
      changes: [
        put(referrals, { ...referral, state: 'taken-back', round: round + 1 }),
        ...counters.map((counter) => put(quotas, { ...counter, used: counter.used - 1 })),
      ],
      outcome: { round, given: rewards },
    }
  },
})

/** Ends an invitation that has not been rewarded yet. */
export const dropReferral = move<{ inviteeId: number }, { dropped: boolean }>('referrals.drop', {
  member: ({ inviteeId }) => inviteeId,
  key: () => 'referral-drop',
  touches: ({ inviteeId }) => [row(referrals, inviteeId)],
  decide(view, { inviteeId }) {
    const referral = view.get(referrals, inviteeId)
    if (referral?.state !== 'waiting' && referral?.state !== 'held') return { changes: [], outcome: { dropped: false } }
    return { changes: [put(referrals, { ...referral, state: 'refused' })], outcome: { dropped: true } }
  },
})

/** A reward in the ledger, of the inviter or of the friend. */
export interface ReferralReward {
  inviteeId: number
  memberId: number
  seq: number
  points: number
  /** Month at the shop in which it counted for the tier, `YYYY-MM`. */
  month: string
  /** Its cap use. */
  caps: CapUse[]
  round: number
}

const partsOf = ({ holding, caps }: ReferralReward & { holding: Holding }) => ({
  holding: holdingPart(holding),
  caps: capUsePart(caps, holding.memberId),
})

/** Takes one member's reward back in the way a return takes the points of a purchase; `holding` says where it is now. */
export const takeBack = move<ReferralReward & { holding: Holding }, { taken: number }>('referrals.take-back', {
  member: ({ memberId }) => memberId,
  key: ({ inviteeId, round }) => roundKey(`referral-return/${inviteeId}`, round),
  same: ({ seq, points }) => [seq, points],
  touches: (input) => [row(takings, input.memberId, input.seq), ...touchesOf(partsOf(input))],
  decide(view, input, context) {
    const { inviteeId, memberId, seq, points, month, round, holding } = input
    const parts = partsOf(input)
    // Points taken in a case are not taken again.
    if (view.get(takings, memberId, seq)) return { changes: [], outcome: { taken: 0 } }
    const header = entryHeader(context, 'referral-return', String(inviteeId), 'system')
    const { posting, taken, letGo } = parts.holding.reclaim(view, context.today, header, {
      points,
      month,
      forfeitedBefore: 0,
      rule: context.policy.returns,
      why: [{ rule: '@referral', points: -points, because: { type: 'friend-returned' } }],
    })
    const event = message(
      'referral.taken-back',
      { memberId: holding.memberId, inviteeId, points, ...roundOf(round) },
      context.now,
    )
    // Points let go stay with the member and stay counted.
    const freed = parts.caps.free(view, (used) => share(used, points - letGo, points, 'down'))
    return {
      changes: [...posted(posting), ...freed, ...(memberId === inviteeId ? [] : [event])],
      outcome: { taken },
    }
  },
})
