import { Refusal } from '@pointbook/shared/refusals'
import { move } from '../../book/move.ts'
import { account, message, posted, put, quotas, row } from '../../book/tables.ts'
import type { View } from '../../book/view.ts'
import { credit, type Why } from '../../core/points.ts'
import { accountOf, earning, occasion } from '../points/moves.ts'
import { raised, tierTouch } from '../points/tiers.ts'
import { purchases } from '../purchases/tables.ts'
import { referrals } from './tables.ts'

/** Who invited whom. A friend has one inviter, for ever. */
export interface Pair {
  inviterId: number
  inviteeId: number
}

/** Writes the invitation down. `due`: the policy rewards at once; else a purchase must follow. */
export const openReferral = move<Pair, { due: boolean }>('referrals.open', {
  member: ({ inviteeId }) => inviteeId,
  key: () => 'referral-open',
  touches: () => [],
  decide(_, { inviterId, inviteeId }, { policy, now }) {
    const { enabled, when } = policy.referral
    if (!enabled) return { changes: [], outcome: { due: false } }
    const opened = {
      inviteeId,
      inviterId,
      state: 'waiting',
      points: 0,
      entrySeq: 0,
      purchaseRef: '',
      madeAt: now,
    } as const
    return { changes: [put(referrals, opened)], outcome: { due: when === 'registration' } }
  },
})

export interface Reward extends Pair {
  /** The purchase that may earn it; null: registration did. */
  purchase: { storeId: number; receiptNo: string } | null
}

const why = (points: number): Why[] => [{ rule: '@referral', points, because: { type: 'fixed' } }]

/** What must be left of a purchase for it to earn the reward; a purchase of nothing never does. */
export const neededFen = ({ referral }: { referral: { minimumFen: number } }): number =>
  Math.max(1, referral.minimumFen)

function waitingReferral(view: View, inviteeId: number) {
  const found = view.get(referrals, inviteeId)
  if (found?.state !== 'waiting') throw new Refusal('invitation.not-due')
  return found
}

/**
 * The friend's part, and the decision which purchase it is that counts. Refuses with `invitation.not-due`, which leaves the
 * invitation waiting, when this purchase does not.
 */
export const rewardInvitee = move<Reward, { points: number }>('referrals.reward-invitee', {
  member: ({ inviteeId }) => inviteeId,
  key: () => 'referral-invitee',
  // The friend is rewarded once, whichever purchase comes first.
  same: ({ inviterId }) => inviterId,
  touches: ({ inviteeId, purchase }) => [
    account(inviteeId),
    tierTouch(inviteeId),
    row(referrals, inviteeId),
    ...(purchase ? [row(purchases, purchase.storeId, purchase.receiptNo)] : []),
  ],
  decide(view, { inviterId, inviteeId, purchase }, setting) {
    const { policy } = setting
    const waiting = waitingReferral(view, inviteeId)
    const sold = purchase && view.get(purchases, purchase.storeId, purchase.receiptNo)
    const leftFen = sold ? sold.amountFen - sold.returnedFen : 0
    if (!policy.referral.enabled || (purchase && leftFen < neededFen(policy))) throw new Refusal('invitation.not-due')
    const before = accountOf(view, inviteeId)
    if (before.standing !== 'active')
      return { changes: [put(referrals, { ...waiting, state: 'refused' })], outcome: { points: 0 } }
    const points = policy.referral.inviteePoints
    const earned = purchase ? { ...waiting, purchaseRef: `${purchase.storeId}/${purchase.receiptNo}` } : waiting
    if (points === 0) return { changes: [put(referrals, earned)], outcome: { points } }
    const cause = occasion(setting, 'referral-invitee', String(inviterId), 'system')
    const posting = credit(before, cause, earning(setting, 'referral', points, why(points)))
    return {
      changes: [...posted(posting), ...raised(view, setting, posting.account), put(referrals, earned)],
      outcome: { points },
    }
  },
})

export interface InviterReward extends Pair {
  /** Month at the shop whose limit it counts against, `YYYY-MM`. */
  month: string
}

const quotaScope = (month: string) => `referral/${month}`

/** The inviter's part, once the friend has theirs: refused when the month's limit is reached or the account is not active. */
export const rewardInviter = move<InviterReward, { points: number }>('referrals.reward-inviter', {
  member: ({ inviterId }) => inviterId,
  key: ({ inviteeId }) => `referral-inviter/${inviteeId}`,
  same: ({ inviteeId }) => inviteeId,
  touches: ({ inviterId, inviteeId, month }) => [
    account(inviterId),
    tierTouch(inviterId),
    row(referrals, inviteeId),
    row(quotas, inviterId, quotaScope(month)),
  ],
  decide(view, { inviterId, inviteeId, month }, setting) {
    const { inviterPoints: points, perMonth } = setting.policy.referral
    const waiting = waitingReferral(view, inviteeId)
    const before = accountOf(view, inviterId)
    const quota = view.get(quotas, inviterId, quotaScope(month)) ?? {
      memberId: inviterId,
      scope: quotaScope(month),
      used: 0,
    }
    if (before.standing !== 'active' || (perMonth > 0 && quota.used >= perMonth))
      return { changes: [put(referrals, { ...waiting, state: 'refused' })], outcome: { points: 0 } }
    const counted = put(quotas, { ...quota, used: quota.used + 1 })
    if (points === 0)
      return { changes: [put(referrals, { ...waiting, state: 'rewarded' }), counted], outcome: { points } }
    const cause = occasion(setting, 'referral-inviter', String(inviteeId), 'system')
    const posting = credit(before, cause, earning(setting, 'referral', points, why(points)))
    const rewarded = { ...waiting, inviterId, state: 'rewarded', points, entrySeq: before.seq + 1 } as const
    const told = message('referral.rewarded', { memberId: inviterId, inviteeId, points }, setting.now)
    const changes = [...posted(posting), ...raised(view, setting, posting.account)]
    return { changes: [...changes, put(referrals, rewarded), counted, told], outcome: { points } }
  },
})
