import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays } from '@pointbook/shared/day'
import { purchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type Change, type DecisionContext, move } from '../../../book/move.ts'
import { touchesOf } from '../../../book/part.ts'
import { quotaPart } from '../../../book/quotas.ts'
import { account, posted } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { credit, type Explanation } from '../../../core/ledger/points.ts'
import { accountOf, earning, entryHeader } from '../../points/ledger/moves.ts'
import { tierPart } from '../../points/tiers/part.ts'
import { type Profile, rulesPart } from '../events/earn.ts'
import { extensionPart } from '../events/extend.ts'
import { purchases } from '../purchases/tables.ts'
import { referrals } from './tables.ts'

/** The inviter of a friend. It never changes. */
export interface Pair {
  inviterId: number
  inviteeId: number
}

/** Stores the invitation. `due`: the policy rewards at once; otherwise after a purchase. */
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
  /** The number of times the reward was taken back before, read before the move. */
  round: number
}

/** A key for each round. The key of the first round is that of older versions. */
export const roundKey = (key: string, round: number): string => (round > 0 ? `${key}/${round}` : key)

const why = (points: number): Explanation[] => [{ rule: '@referral', points, because: { type: 'fixed' } }]

/** The number of times the reward was taken back before, for a message; absent in the first round. */
export const roundOf = (round: number) => (round > 0 ? { round } : {})

/** The least remaining amount of a purchase that earns the reward; a purchase of 0 never does. */
export const neededFen = ({ minimumFen }: Pick<Terms, 'minimumFen'>): number => Math.max(1, minimumFen)

/** The conditions of a policy on the purchase. */
export type Terms = Pick<Policy['referral'], 'minimumFen' | 'withinDays'>

/**
 * States in which the invitation may still be rewarded: it waits for a purchase, or for another one after the reward was taken
 * back.
 */
function openReferralOf(view: View, { inviteeId, round }: Pick<Reward, 'inviteeId' | 'round'>) {
  const referral = view.get(referrals, inviteeId)
  const isOpen = referral?.state === 'waiting' || referral?.state === 'taken-back'
  if (!isOpen || referral.round !== round) throw new Refusal('invitation.not-due')
  return { ...referral, state: 'waiting' as const }
}

/** A part that finds the invitation that is due for its reward, with the purchase that earns it. */
export const duePart = (reward: Reward, context: DecisionContext) => ({
  touches: [
    row(referrals, reward.inviteeId),
    ...(reward.purchase ? [row(purchases, reward.purchase.storeId, reward.purchase.receiptNo)] : []),
  ],
  /** Refuses with `invitation.not-due`, which leaves it waiting, when this purchase does not earn it. */
  find: (view: View) => dueReferral(view, reward, context),
})

function dueReferral(view: View, reward: Reward, context: DecisionContext) {
  const { purchase } = reward
  const waiting = openReferralOf(view, reward)
  if (!context.policy.referral.enabled) throw new Refusal('invitation.not-due')
  if (!purchase) return waiting
  if (!qualifies(view, purchase, waiting.madeAt, context.policy.referral, context))
    throw new Refusal('invitation.not-due')
  return { ...waiting, purchaseRef: purchaseRef(purchase) }
}

/** Whether a purchase, net of returns, is large enough and was made soon enough for the reward. */
export function qualifies(
  view: View,
  { storeId, receiptNo }: { storeId: number; receiptNo: string },
  madeAt: string,
  terms: Terms,
  { dayOf }: DecisionContext,
): boolean {
  const sold = view.get(purchases, storeId, receiptNo)
  if (!sold || sold.amountFen - sold.returnedFen < neededFen(terms)) return false
  return terms.withinDays === 0 || dayOf(sold.at) <= addDays(dayOf(madeAt), terms.withinDays)
}

const inviteeParts = (input: Reward, context: DecisionContext) => ({
  tier: tierPart(input.inviteeId, context),
  due: duePart(input, context),
})

/** The friend's reward. This move also decides which purchase counts. */
export const rewardInvitee = move<Reward, { points: number }>('referrals.reward-invitee', {
  member: ({ inviteeId }) => inviteeId,
  key: ({ round }) => roundKey('referral-invitee', round),
  // The friend is rewarded once per round, for the purchase that comes first.
  same: ({ inviterId }) => inviterId,
  touches: (input, context) => [
    account(input.inviteeId),
    row(referrals, input.inviterId),
    ...touchesOf(inviteeParts(input, context)),
  ],
  decide(view, input, context) {
    const { inviterId, inviteeId } = input
    const parts = inviteeParts(input, context)
    const due = { ...parts.due.find(view), inviteeSeq: 0, points: 0, entrySeq: 0, rewardedMonth: '' }
    // The facts read before may miss an invitation in the other direction that was made at the same time.
    const isRing = view.get(referrals, inviterId)?.inviterId === inviteeId
    if (isRing && due.reviewedBy === '') throw new Refusal('invitation.doubtful')
    const before = accountOf(view, inviteeId)
    if (before.standing !== 'active')
      return { changes: [put(referrals, { ...due, state: 'refused' })], outcome: { points: 0 } }
    const points = context.policy.referral.inviteePoints
    if (points === 0) return { changes: [put(referrals, due)], outcome: { points } }
    const header = entryHeader(context, 'referral-invitee', String(inviterId), 'system')
    const posting = credit(before, header, earning(context, 'referral', points, why(points)))
    return {
      changes: [
        ...posted(posting),
        ...parts.tier.raise(view, posting.account),
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

/** The counters of an inviter's rewarded friends, in total and in a month. */
export const friendScopes = (month: string) => ['referral', `referral/${month}`]

/** A part that counts rewarded friends, ever and this month. */
function friendsPart({ inviterId, month }: InviterReward, { policy }: DecisionContext) {
  const { perInviter, perMonth } = policy.referral
  const most = [perInviter, perMonth]
  const quotas = friendScopes(month).map((scope) => quotaPart(inviterId, scope))
  return {
    touches: quotas.flatMap(({ touches }) => touches),
    isFull: (view: View) => quotas.some(({ used }, at) => most[at]! > 0 && used(view) >= most[at]!),
    countOne: (view: View): Change[] => quotas.map(({ count }) => count(view, 1)),
  }
}

const inviterParts = (input: InviterReward, context: DecisionContext) => ({
  friends: friendsPart(input, context),
  rules: rulesPart(context, { memberId: input.inviterId, trigger: 'referral' }),
  tier: tierPart(input.inviterId, context),
  extension: extensionPart(context, input.inviterId, 'referral'),
})

/**
 * The inviter's reward, given after the friend's, with the points of rules for invitations. Refused when a limit is reached or
 * the account is not active.
 */
export const rewardInviter = move<InviterReward, { points: number }>('referrals.reward-inviter', {
  member: ({ inviterId }) => inviterId,
  key: ({ inviteeId, round }) => roundKey(`referral-inviter/${inviteeId}`, round),
  same: ({ inviteeId }) => inviteeId,
  touches: (input, context) => [
    account(input.inviterId),
    row(referrals, input.inviteeId),
    ...touchesOf(inviterParts(input, context)),
  ],
  decide(view, input, context) {
    const { inviterId, inviteeId, round, month, profile } = input
    const waiting = openReferralOf(view, input)
    const before = accountOf(view, inviterId)
    const { friends, rules, tier, extension } = inviterParts(input, context)
    if (before.standing !== 'active' || friends.isFull(view))
      return { changes: [put(referrals, { ...waiting, state: 'refused' })], outcome: { points: 0 } }
    const byRules = rules.earnByAct(view, before, profile, { given: why(context.policy.referral.inviterPoints) })
    const { points } = byRules.earned
    const rewarded = { ...waiting, inviterId, state: 'rewarded', rewardedMonth: month } as const
    if (points === 0)
      return {
        changes: [put(referrals, { ...rewarded, points, entrySeq: 0 }), ...friends.countOne(view)],
        outcome: { points },
      }
    const header = entryHeader(context, 'referral-inviter', String(inviteeId), 'system')
    const reward = credit(before, header, earning(context, 'referral', points, byRules.earned.why))
    const posting = extension.extend(view, reward)
    return {
      changes: [
        ...posted(posting),
        ...tier.raise(view, posting.account),
        ...friends.countOne(view),
        ...byRules.counted,
        put(referrals, { ...rewarded, points, entrySeq: before.seq + 1 }),
        message('referral.rewarded', { memberId: inviterId, inviteeId, points, ...roundOf(round) }, context.now),
      ],
      outcome: { points },
    }
  },
})
