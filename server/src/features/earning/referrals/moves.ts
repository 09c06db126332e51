import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { add, put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { move, type Setting, type Touch } from '../../../book/move.ts'
import { count, usedOf } from '../../../book/quotas.ts'
import { account, posted, quotas } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { credit, type Why } from '../../../core/ledger/points.ts'
import { accountOf, earning, occasion } from '../../points/ledger/moves.ts'
import { raised, tierTouch } from '../../points/tiers/part.ts'
import { capTouches, earnByAct, type Profile } from '../events/earn.ts'
import { extend, extendTouches } from '../events/extend.ts'
import { purchaseRef } from '../purchases/receipt.ts'
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
    const opened = add(referrals, {
      inviteeId,
      inviterId,
      state: 'waiting',
      points: 0,
      entrySeq: 0,
      inviteeSeq: 0,
      rewardedMonth: '',
      round: 0,
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
  /** How often the reward has been taken back before, as read. */
  round: number
}

/** A key of its own for each round. The first is what it was before there were others. */
export const roundKey = (key: string, round: number): string => (round > 0 ? `${key}/${round}` : key)

const why = (points: number): Why[] => [{ rule: '@referral', points, because: { type: 'fixed' } }]

/** How often the reward had been taken back before, for a message; the first round says nothing of it. */
export const roundOf = (round: number) => (round > 0 ? { round } : {})

/** What must be left of a purchase for it to earn the reward; a purchase of nothing never does. */
export const neededFen = ({ minimumFen }: Pick<Terms, 'minimumFen'>): number => Math.max(1, minimumFen)

/** What a policy asks of the purchase. */
export type Terms = Pick<Policy['referral'], 'minimumFen' | 'withinDays'>

export const dueTouches = ({ inviteeId, purchase }: Reward): Touch[] => [
  row(referrals, inviteeId),
  ...(purchase ? [row(purchases, purchase.storeId, purchase.receiptNo)] : []),
]

/** What may still be rewarded: it waits for a purchase, or for another one since the reward was taken back. */
function openReferralOf(view: View, { inviteeId, round }: Pick<Reward, 'inviteeId' | 'round'>) {
  const found = view.get(referrals, inviteeId)
  const isOpen = found?.state === 'waiting' || found?.state === 'taken-back'
  if (!isOpen || found.round !== round) throw new Refusal('invitation.not-due')
  return { ...found, state: 'waiting' as const }
}

/**
 * The invitation that is due for its reward, with the purchase that earns it. Refuses with `invitation.not-due`, which leaves it
 * waiting, when this purchase does not.
 */
export function dueReferral(view: View, reward: Reward, setting: Setting) {
  const { purchase } = reward
  const waiting = openReferralOf(view, reward)
  if (!setting.policy.referral.enabled) throw new Refusal('invitation.not-due')
  if (!purchase) return waiting
  if (!qualifies(view, purchase, waiting.madeAt, setting.policy.referral, setting))
    throw new Refusal('invitation.not-due')
  return { ...waiting, purchaseRef: purchaseRef(purchase) }
}

/** Whether a purchase, as far as it stands, is large enough and was made soon enough for the reward. */
export function qualifies(
  view: View,
  { storeId, receiptNo }: { storeId: number; receiptNo: string },
  madeAt: string,
  terms: Terms,
  { dayOf }: Setting,
): boolean {
  const sold = view.get(purchases, storeId, receiptNo)
  if (!sold || sold.amountFen - sold.returnedFen < neededFen(terms)) return false
  return terms.withinDays === 0 || dayOf(sold.at) <= addDays(dayOf(madeAt), terms.withinDays)
}

/** The friend's part, and the decision which purchase it is that counts. */
export const rewardInvitee = move<Reward, { points: number }>('referrals.reward-invitee', {
  member: ({ inviteeId }) => inviteeId,
  key: ({ round }) => roundKey('referral-invitee', round),
  // The friend is rewarded once a round, whichever purchase comes first.
  same: ({ inviterId }) => inviterId,
  touches: (input) => [
    account(input.inviteeId),
    tierTouch(input.inviteeId),
    row(referrals, input.inviterId),
    ...dueTouches(input),
  ],
  decide(view, input, setting) {
    const { inviterId, inviteeId } = input
    const due = { ...dueReferral(view, input, setting), inviteeSeq: 0, points: 0, entrySeq: 0, rewardedMonth: '' }
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
      changes: [
        ...posted(posting),
        ...raised(view, setting, posting.account),
        put(referrals, { ...due, inviteeSeq: before.seq + 1 }),
      ],
      outcome: { points },
    }
  },
})

export interface InviterReward extends Pair {
  /** As in `Reward`. */
  round: number
  /** Month at the shop whose limit it counts against, `YYYY-MM`. */
  month: string
  profile: Profile
}

/** What counts an inviter's rewarded friends, ever and in a month. */
export const friendScopes = (month: string) => ['referral', `referral/${month}`]

/** Rewarded friends ever and this month, and whether there may be one more. */
function countFriend(view: View, { inviterId, month }: InviterReward, { policy }: Setting) {
  const { perInviter, perMonth } = policy.referral
  const limits = { referral: perInviter, [`referral/${month}`]: perMonth }
  const scopes = friendScopes(month)
  const full = scopes.some((scope) => limits[scope]! > 0 && usedOf(view, inviterId, scope) >= limits[scope]!)
  return { full, counted: scopes.map((scope) => count(view, inviterId, scope, 1)) }
}

/**
 * The inviter's part, once the friend has theirs, with what rules give for invitations besides. Refused when a limit is reached
 * or the account is not active.
 */
export const rewardInviter = move<InviterReward, { points: number }>('referrals.reward-inviter', {
  member: ({ inviterId }) => inviterId,
  key: ({ inviteeId, round }) => roundKey(`referral-inviter/${inviteeId}`, round),
  same: ({ inviteeId }) => inviteeId,
  touches: ({ inviterId, inviteeId, month }, setting) => [
    account(inviterId),
    tierTouch(inviterId),
    row(referrals, inviteeId),
    ...friendScopes(month).map((scope) => row(quotas, inviterId, scope)),
    ...capTouches(setting, { memberId: inviterId, trigger: 'referral', code: '' }),
    ...extendTouches(setting, inviterId, 'referral'),
  ],
  decide(view, input, setting) {
    const { inviterId, inviteeId, round, month, profile } = input
    const waiting = openReferralOf(view, input)
    const before = accountOf(view, inviterId)
    const { full, counted } = countFriend(view, input, setting)
    if (before.standing !== 'active' || full)
      return { changes: [put(referrals, { ...waiting, state: 'refused' })], outcome: { points: 0 } }
    const done = { trigger: 'referral', given: why(setting.policy.referral.inviterPoints) } as const
    const byRules = earnByAct(view, setting, before, profile, done)
    const { points } = byRules.earned
    const rewarded = { ...waiting, inviterId, state: 'rewarded', rewardedMonth: month } as const
    if (points === 0)
      return { changes: [put(referrals, { ...rewarded, points, entrySeq: 0 }), ...counted], outcome: { points } }
    const cause = occasion(setting, 'referral-inviter', String(inviteeId), 'system')
    const given = credit(before, cause, earning(setting, 'referral', points, byRules.earned.why))
    const posting = extend(view, setting, given, 'referral')
    return {
      changes: [
        ...posted(posting),
        ...raised(view, setting, posting.account),
        ...counted,
        ...byRules.counted,
        put(referrals, { ...rewarded, points, entrySeq: before.seq + 1 }),
        message('referral.rewarded', { memberId: inviterId, inviteeId, points, ...roundOf(round) }, setting.now),
      ],
      outcome: { points },
    }
  },
})
