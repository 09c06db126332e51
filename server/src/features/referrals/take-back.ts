import { move } from '../../book/move.ts'
import { account, lots, message, openLots, posted, put, row } from '../../book/tables.ts'
import { reclaim } from '../../core/reclaim.ts'
import { accountOf, occasion } from '../points/moves.ts'
import { takings } from '../points/tables.ts'
import { referrals } from './tables.ts'

/** Ends an invitation whose purchase came back: from now on nobody can be rewarded for it. */
export const closeReferral = move<{ inviteeId: number }, { closed: boolean }>('referrals.close', {
  member: ({ inviteeId }) => inviteeId,
  key: () => 'referral-close',
  touches: ({ inviteeId }) => [row(referrals, inviteeId)],
  decide(view, { inviteeId }) {
    const found = view.get(referrals, inviteeId)
    if (found?.state !== 'waiting' && found?.state !== 'rewarded') return { changes: [], outcome: { closed: false } }
    return { changes: [put(referrals, { ...found, state: 'taken-back' })], outcome: { closed: true } }
  },
})

/** A reward as the ledger holds it: of the inviter, or of the friend. */
export interface Given {
  inviteeId: number
  memberId: number
  seq: number
  points: number
  /** Month at the shop in which it counted for the tier, `YYYY-MM`. */
  month: string
}

/** Takes one member's reward back, as a return takes the points of a purchase. */
export const takeBack = move<Given, { taken: number }>('referrals.take-back', {
  member: ({ memberId }) => memberId,
  key: ({ inviteeId }) => `referral-return/${inviteeId}`,
  touches: ({ memberId, seq }) => [
    account(memberId),
    openLots(memberId),
    row(lots, memberId, seq),
    row(takings, memberId, seq),
  ],
  decide(view, { inviteeId, memberId, seq, points, month }, setting) {
    // What the merchant has taken as unlawful is gone already.
    if (view.get(takings, memberId, seq)) return { changes: [], outcome: { taken: 0 } }
    const own = view.get(lots, memberId, seq)
    const others = view.range(lots, memberId).filter((lot) => lot.seq !== seq)
    const held = own ? [own, ...others] : others
    const cause = occasion(setting, 'referral-return', String(inviteeId), 'system')
    const { posting, taken } = reclaim(accountOf(view, memberId), held, setting.today, cause, {
      points,
      lotSeq: seq,
      month,
      forfeitedBefore: 0,
      rule: setting.policy.returns,
      why: [{ rule: '@referral', points: -points, because: { type: 'friend-returned' } }],
    })
    const told = message('referral.taken-back', { memberId, inviteeId, points }, setting.now)
    return { changes: [...posted(posting), ...(memberId === inviteeId ? [] : [told])], outcome: { taken } }
  },
})
