import { addDays } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { move, type Setting, type Touch } from '../../book/move.ts'
import { account, message, posted, put, quotas, row } from '../../book/tables.ts'
import type { View } from '../../book/view.ts'
import { credit, type Why } from '../../core/points.ts'
import { capTouches, earnByAct, type Profile } from '../points/earn.ts'
import { extend, extendTouches } from '../points/extend.ts'
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
export const openReferral = move<Pair & { joinedAt: string }, { due: boolean }>('referrals.open', {
  member: ({ inviteeId }) => inviteeId,
  key: () => 'referral-open',
  same: ({ inviterId }) => inviterId,
  touches: () => [],
  decide(_, { inviterId, inviteeId, joinedAt }, { policy }) {
    const { enabled, when } = policy.referral
    if (!enabled) return { changes: [], outcome: { due: false } }
    const opened = put(referrals, {
      inviteeId,
      inviterId,
      state: 'waiting',
      points: 0,
      entrySeq: 0,
      purchaseRef: '',
      madeAt: joinedAt,
      doubts: [],
      reviewedBy: '',
    })
    return { changes: [opened], outcome: { due: when === 'registration' } }
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

export const dueTouches = ({ inviteeId, purchase }: Reward): Touch[] => [
  row(referrals, inviteeId),
  ...(purchase ? [row(purchases, purchase.storeId, purchase.receiptNo)] : []),
]

function waitingReferral(view: View, inviteeId: number) {
  const found = view.get(referrals, inviteeId)
  if (found?.state !== 'waiting') throw new Refusal('invitation.not-due')
  return found
}

/**
 * The invitation that is due for its reward, with the purchase that earns it. Refuses with `invitation.not-due`, which leaves it
 * waiting, when this purchase does not.
 */
export function dueReferral(view: View, { inviteeId, purchase }: Reward, { policy, dayOf }: Setting) {
  const { enabled, withinDays } = policy.referral
  const waiting = waitingReferral(view, inviteeId)
  if (!enabled) throw new Refusal('invitation.not-due')
  if (!purchase) return waiting
  const sold = view.get(purchases, purchase.storeId, purchase.receiptNo)
  const inTime = sold && (withinDays === 0 || dayOf(sold.at) <= addDays(dayOf(waiting.madeAt), withinDays))
  if (!inTime || sold.amountFen - sold.returnedFen < neededFen(policy)) throw new Refusal('invitation.not-due')
  return { ...waiting, purchaseRef: `${purchase.storeId}/${purchase.receiptNo}` }
}

/** The friend's part, and the decision which purchase it is that counts. */
export const rewardInvitee = move<Reward, { points: number }>('referrals.reward-invitee', {
  member: ({ inviteeId }) => inviteeId,
  key: () => 'referral-invitee',
  // The friend is rewarded once, whichever purchase comes first.
  same: ({ inviterId }) => inviterId,
  touches: (input) => [
    account(input.inviteeId),
    tierTouch(input.inviteeId),
    row(referrals, input.inviterId),
    ...dueTouches(input),
  ],
  decide(view, input, setting) {
    const { inviterId, inviteeId } = input
    const due = dueReferral(view, input, setting)
    // What was read before may have missed the invitation the other way round, made at the same time.
    const isRing = view.get(referrals, inviterId)?.inviterId === inviteeId
    if (isRing && due.reviewedBy === '') throw new Refusal('invitation.doubtful')
    const before = accountOf(view, inviteeId)
    if (before.standing !== 'active')
      return { changes: [put(referrals, { ...due, state: 'refused' })], outcome: { points: 0 } }
    const points = setting.policy.referral.inviteePoints
    if (points === 0) return { changes: [put(referrals, due)], outcome: { points } }
    const cause = occasion(setting, 'referral-invitee', String(inviterId), 'system')
    const posting = credit(before, cause, earning(setting, 'referral', points, why(points)))
    return {
      changes: [...posted(posting), ...raised(view, setting, posting.account), put(referrals, due)],
      outcome: { points },
    }
  },
})

export interface InviterReward extends Pair {
  /** Month at the shop whose limit it counts against, `YYYY-MM`. */
  month: string
  profile: Profile
}

const scopesOf = (month: string) => ['referral', `referral/${month}`]

/** Rewarded friends ever and this month, and whether there may be one more. */
function countFriend(view: View, { inviterId, month }: InviterReward, { policy }: Setting) {
  const { perInviter, perMonth } = policy.referral
  const limits = { referral: perInviter, [`referral/${month}`]: perMonth }
  const counters = scopesOf(month).map(
    (scope) => view.get(quotas, inviterId, scope) ?? { memberId: inviterId, scope, used: 0 },
  )
  const full = counters.some(({ scope, used }) => limits[scope]! > 0 && used >= limits[scope]!)
  return { full, counted: counters.map((counter) => put(quotas, { ...counter, used: counter.used + 1 })) }
}

/**
 * The inviter's part, once the friend has theirs, with what rules give for invitations besides. Refused when a limit is reached
 * or the account is not active.
 */
export const rewardInviter = move<InviterReward, { points: number }>('referrals.reward-inviter', {
  member: ({ inviterId }) => inviterId,
  key: ({ inviteeId }) => `referral-inviter/${inviteeId}`,
  same: ({ inviteeId }) => inviteeId,
  touches: ({ inviterId, inviteeId, month }, setting) => [
    account(inviterId),
    tierTouch(inviterId),
    row(referrals, inviteeId),
    ...scopesOf(month).map((scope) => row(quotas, inviterId, scope)),
    ...capTouches(setting, { memberId: inviterId, trigger: 'referral', code: '' }),
    ...extendTouches(setting, inviterId, 'referral'),
  ],
  decide(view, input, setting) {
    const { inviterId, inviteeId, profile } = input
    const waiting = waitingReferral(view, inviteeId)
    const before = accountOf(view, inviterId)
    const { full, counted } = countFriend(view, input, setting)
    if (before.standing !== 'active' || full)
      return { changes: [put(referrals, { ...waiting, state: 'refused' })], outcome: { points: 0 } }
    const done = { trigger: 'referral', given: why(setting.policy.referral.inviterPoints) } as const
    const byRules = earnByAct(view, setting, before, profile, done)
    const { points } = byRules.earned
    if (points === 0)
      return { changes: [put(referrals, { ...waiting, state: 'rewarded' }), ...counted], outcome: { points } }
    const cause = occasion(setting, 'referral-inviter', String(inviteeId), 'system')
    const given = credit(before, cause, earning(setting, 'referral', points, byRules.earned.why))
    const posting = extend(view, setting, given, 'referral')
    return {
      changes: [
        ...posted(posting),
        ...raised(view, setting, posting.account),
        ...counted,
        ...byRules.counted,
        put(referrals, { ...waiting, inviterId, state: 'rewarded', points, entrySeq: before.seq + 1 }),
        message('referral.rewarded', { memberId: inviterId, inviteeId, points }, setting.now),
      ],
      outcome: { points },
    }
  },
})
