import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { move } from '../../../book/move.ts'
import { logged } from '../../../book/tables.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'
import type { Doubt } from '../../../core/referrals/doubts.ts'
import { memberNo } from '../../members/directory/words.ts'
import { duePart, type Pair, type Reward, roundKey } from './moves.ts'
import { referrals } from './tables.ts'

const refused = ({ inviterId, inviteeId }: Pair, at: string) =>
  [inviterId, inviteeId].map((memberId) => message('referral.refused', { memberId, inviteeId }, at))

export interface Doubtful extends Reward {
  doubts: Doubt[]
}

/** Holds a due reward for the merchant's review, or refuses it, as the policy says. */
export const holdReward = move<Doubtful, { state: 'held' | 'refused' }>('referrals.hold', {
  member: ({ inviteeId }) => inviteeId,
  key: ({ round }) => roundKey('referral-hold', round),
  same: ({ inviterId }) => inviterId,
  touches: (input, context) => duePart(input, context).touches,
  decide(view, input, context) {
    const due = duePart(input, context).find(view)
    const state = context.policy.referral.suspicious === 'hold' ? 'held' : 'refused'
    return {
      changes: [
        put(referrals, { ...due, state, doubts: input.doubts }),
        ...(state === 'refused' ? refused(input, context.now) : []),
      ],
      outcome: { state },
    }
  },
})

export interface Review extends Pair {
  /** As in `Reward`. */
  round: number
  approve: boolean
  /** The rewards that the merchant confirmed. */
  shown?: Shown<'inviterPoints' | 'inviteePoints'>
  reason: string
  reviewer: ActorRef
}

/** The merchant's decision on a held reward, with an audit log line. Separate moves give an approved reward. */
export const reviewReward = move<Review, { state: 'waiting' | 'refused' }>('referrals.review', {
  member: ({ inviteeId }) => inviteeId,
  key: ({ round }) => roundKey('referral-review', round),
  same: ({ approve }) => approve,
  reused: 'invitation.not-held',
  touches: ({ inviteeId }) => [row(referrals, inviteeId)],
  decide(view, { approve, shown = {}, reason, reviewer, inviterId, inviteeId }, { now, policy }) {
    const pair = { inviterId, inviteeId }
    const referral = view.get(referrals, inviteeId)
    if (referral?.state !== 'held') throw new Refusal('invitation.not-held')
    const { inviterPoints, inviteePoints } = policy.referral
    if (approve) requireShown('reward.changed', shown, { inviterPoints, inviteePoints })
    const state = approve ? 'waiting' : 'refused'
    const { purchaseRef } = referral
    const events = approve ? [message('referral.approved', { ...pair, purchaseRef }, now)] : refused(pair, now)
    const text = `${approve ? '通过' : '驳回'}邀请奖励（好友 ${memberNo(inviteeId)}）：${reason}`
    const line = { actor: reviewer, action: 'referral.review', subject: memberRef(inviterId), text } as const
    const reviewed = put(referrals, { ...referral, state, reviewedBy: reviewer })
    return { changes: [reviewed, ...events, logged(now, line)], outcome: { state } }
  },
})
