import { move } from '../../book/move.ts'
import { message, posted, put, row } from '../../book/tables.ts'
import { type Holding, held, reclaimHeld } from '../merging/pass-on.ts'
import { occasion } from '../points/moves.ts'
import { takings } from '../points/tables.ts'
import { referrals } from './tables.ts'

/** Ends an invitation whose purchase came back: from now on nobody can be rewarded for it. */
export const closeReferral = move<{ inviteeId: number }, { closed: boolean }>('referrals.close', {
  member: ({ inviteeId }) => inviteeId,
  key: () => 'referral-close',
  touches: ({ inviteeId }) => [row(referrals, inviteeId)],
  decide(view, { inviteeId }) {
    const found = view.get(referrals, inviteeId)
    const isOpen = found && ['waiting', 'held', 'rewarded'].includes(found.state)
    if (!isOpen) return { changes: [], outcome: { closed: false } }
    return { changes: [put(referrals, { ...found, state: 'taken-back' })], outcome: { closed: true } }
  },
})

/** Ends an invitation that has not been rewarded yet. */
export const dropReferral = move<{ inviteeId: number }, { dropped: boolean }>('referrals.drop', {
  member: ({ inviteeId }) => inviteeId,
  key: () => 'referral-drop',
  touches: ({ inviteeId }) => [row(referrals, inviteeId)],
  decide(view, { inviteeId }) {
    const found = view.get(referrals, inviteeId)
    if (found?.state !== 'waiting' && found?.state !== 'held') return { changes: [], outcome: { dropped: false } }
    return { changes: [put(referrals, { ...found, state: 'refused' })], outcome: { dropped: true } }
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

/** Takes one member's reward back, as a return takes the points of a purchase; `holding` says where it is now. */
export const takeBack = move<Given & { holding: Holding }, { taken: number }>('referrals.take-back', {
  member: ({ memberId }) => memberId,
  key: ({ inviteeId }) => `referral-return/${inviteeId}`,
  same: ({ seq, points }) => [seq, points],
  touches: ({ memberId, seq, holding }) => [...held(holding), row(takings, memberId, seq)],
  decide(view, { inviteeId, memberId, seq, points, month, holding }, setting) {
    // What the merchant has taken as unlawful is gone already.
    if (view.get(takings, memberId, seq)) return { changes: [], outcome: { taken: 0 } }
    const cause = occasion(setting, 'referral-return', String(inviteeId), 'system')
    const { posting, taken } = reclaimHeld(view, holding, setting.today, cause, {
      points,
      month,
      forfeitedBefore: 0,
      rule: setting.policy.returns,
      why: [{ rule: '@referral', points: -points, because: { type: 'friend-returned' } }],
    })
    const told = message('referral.taken-back', { memberId: holding.memberId, inviteeId, points }, setting.now)
    return { changes: [...posted(posting), ...(memberId === inviteeId ? [] : [told])], outcome: { taken } }
  },
})
