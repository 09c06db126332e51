import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import { group } from '@pointbook/shared/money'
import { type ActorRef, memberRef, type RefOf } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Cause } from '@pointbook/shared/words'
import { put } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type Change, type DecisionContext, move } from '../../../book/move.ts'
import { quotaPart } from '../../../book/quotas.ts'
import { type AccountRow, account, accounts, logged, lots, openLots, posted } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { endAll, expire, spend } from '../../../core/assets/changes.ts'
import { usableAmount } from '../../../core/assets/lots.ts'
import { joinPostings } from '../../../core/assets/posting.ts'
import { lastUsableDay } from '../../../core/ledger/expiry.ts'
import { type Credit, credit, type EntryHeader, type Explanation, type Posting } from '../../../core/ledger/points.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'

/** The member's account; throws `member.unknown`. */
export function accountOf(view: View, memberId: number): AccountRow {
  const account = view.get(accounts, memberId)
  if (!account) throw new Refusal('member.unknown')
  return account
}

/** The account of a member who may earn and spend; throws `member.frozen` or `member.cancelled` for the others. */
export function activeAccountOf(view: View, memberId: number): AccountRow {
  const account = openAccountOf(view, memberId)
  if (account.standing === 'frozen') throw new Refusal('member.frozen')
  return account
}

/** The account of a member, frozen or not, whose membership has not ended; throws `member.cancelled` for the others. */
export function openAccountOf(view: View, memberId: number): AccountRow {
  const account = accountOf(view, memberId)
  if (account.standing === 'cancelled') throw new Refusal('member.cancelled')
  return account
}

/** The header of an entry, at the time of the batch. */
export const entryHeader = <C extends Cause>(
  { now, policyVersion }: DecisionContext,
  cause: C,
  ref: RefOf<C>,
  actor: ActorRef,
): EntryHeader => ({
  cause,
  ref,
  actor,
  at: now,
  policyVersion,
})

/** Points earned today, with the dates by the policy. `source` is null for points given by hand. */
export const earning = (
  { policy, today }: DecisionContext,
  source: Trigger | null,
  points: number,
  why: Explanation[],
  usableOn = today,
): Credit => ({
  kind: 'earn',
  points,
  why,
  usableOn,
  expiresOn: lastUsableDay(policy, today, source),
  month: today.slice(0, 7),
})

export interface Adjustment {
  memberId: number
  /** Positive to add, negative to remove. */
  points: number
  /** The balance afterwards that the merchant saw. */
  shown?: Shown<'balance'>
  reason: string
  actor: ActorRef
  requestId: string
  /** The store at which it is made, if any. */
  storeId?: number
  /** The most points that the actor may move without a second person; null or left out for no limit. */
  mostPoints?: number | null
  /** The limit of the actor's day, who is this member. */
  day?: { managerId: number; mostPoints: number } | undefined
  /** The name of the person who approved it. */
  approvedBy?: string
}

/**
 * Adds or removes points by hand, with an audit log line. Frozen accounts may be adjusted, in order to remove unlawful points.
 */
export const adjust = move<Adjustment, { seq: number; balance: number }>('points.adjust', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `adjust/${requestId}`,
  same: ({ memberId, points, reason, actor, requestId }) => ({ memberId, points, reason, actor, requestId }),
  touches: ({ memberId, day }, context) => [
    account(memberId),
    openLots(memberId),
    ...(day ? dayPart(day.managerId, context).touches : []),
  ],
  decide(view, { memberId, points, shown = {}, reason, actor, storeId, day, approvedBy }, context) {
    if (points === 0) throw new Refusal('adjustment.zero')
    const counted = day ? countDay(view, day, Math.abs(points), context) : []
    const before = openAccountOf(view, memberId)
    const header = entryHeader(context, 'adjustment', reason, actor)
    const posting =
      points > 0
        ? credit(before, header, { ...earning(context, null, points, []), kind: 'adjust' })
        : takeByHand(view, before, -points, context, header)
    const { seq, balance } = posting.account
    requireShown('adjustment.changed', shown, { balance })
    const change = points < 0 ? `扣减 ${group(-points)} 分` : `增加 ${group(points)} 分`
    const line = {
      actor,
      action: 'points.adjust',
      subject: memberRef(memberId),
      text: `${change}：${reason}${approvedBy ? `（${approvedBy}审批）` : ''}`,
      detail: { before: { balance: before.balance }, after: { balance }, ...(storeId !== undefined && { storeId }) },
    } as const
    return { changes: [...posted(posting), ...counted, logged(context.now, line)], outcome: { seq, balance } }
  },
})

/** The points that a store manager has moved on a business day; they change under the lock of the manager's own account. */
function dayPart(managerId: number, { today }: DecisionContext) {
  const quota = quotaPart(managerId, `adjusted/${today}`)
  return { ...quota, touches: [account(managerId), ...quota.touches] }
}

/** Throws `adjustment.day-full` when so many more points would be too many. */
function countDay(
  view: View,
  { managerId, mostPoints }: NonNullable<Adjustment['day']>,
  more: number,
  context: DecisionContext,
): Change[] {
  const quota = dayPart(managerId, context)
  const used = quota.used(view)
  if (used + more > mostPoints) throw new Refusal('adjustment.day-full', { most: mostPoints, used })
  return [quota.count(view, more)]
}

function takeByHand(
  view: View,
  before: AccountRow,
  points: number,
  { today }: DecisionContext,
  header: EntryHeader,
): Posting {
  const memberLots = view.range(lots, before.memberId)
  const posting = spend(before, memberLots, today, header, points, 'adjust')
  if (!posting) throw new Refusal('points.overdrawn', { usable: usableAmount(memberLots, today) })
  return posting
}

export interface Expiry {
  memberId: number
  today: string
  /** An import of old points: it expires them without waiting for the nightly job and without notice. */
  importRun?: string
}

/**
 * Expires points that were given back to lots past their last day, or all of them when the membership has ended without a merge.
 * Returns their number too.
 */
export function endLapsed(
  posting: Posting,
  heirId: number,
  context: DecisionContext,
): { posting: Posting; lapsed: number } {
  const { account: before, lots: newLots } = posting
  const isOver = before.standing === 'cancelled' && heirId === before.memberId
  const ended = isOver
    ? endAll(before, newLots, entryHeader(context, 'membership-end', '', 'system'))
    : expire(before, newLots, context.today, entryHeader(context, 'expiry', context.today, 'system'))
  if (!ended) return { posting, lapsed: 0 }
  return { posting: joinPostings(posting, ended), lapsed: before.balance - ended.account.balance }
}

/** Ends the member's lots whose last usable day has passed. Outcome: points that expired. */
export const expireMember = move<Expiry, { points: number }>('points.expire', {
  member: ({ memberId }) => memberId,
  key: ({ today, importRun }) => ['expire', today, ...(importRun ? [importRun] : [])].join('/'),
  touches: ({ memberId }) => [account(memberId), openLots(memberId)],
  decide(view, { memberId, importRun }, context) {
    const before = accountOf(view, memberId)
    const posting = expire(
      before,
      view.range(lots, memberId),
      context.today,
      entryHeader(context, 'expiry', context.today, 'system'),
    )
    if (!posting) return { changes: [], outcome: { points: 0 } }
    const points = before.balance - posting.account.balance
    const events = importRun ? [] : [message('points.expired', { memberId, points, on: context.today }, context.now)]
    return { changes: [...posted(posting), ...events], outcome: { points } }
  },
})

export interface StandingChange {
  memberId: number
  standing: 'active' | 'frozen'
  reason: string
  requestId: string
  actor: ActorRef
}

/** Freezes a member or lets them go on, with a line of the audit log. */
export const changeStanding = move<StandingChange, { standing: 'active' | 'frozen' }>('points.standing', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `standing/${requestId}`,
  // In the order of older versions, whose requests did not contain the actor.
  same: ({ memberId, standing, reason, requestId }) => ({ memberId, standing, reason, requestId }),
  touches: ({ memberId }) => [account(memberId)],
  decide(view, { memberId, standing, reason, requestId, actor }, { now }) {
    const before = openAccountOf(view, memberId)
    const changed = message('member.standing-changed', { memberId, standing, reason, requestId }, now)
    const text = `${standing === 'frozen' ? '冻结账户' : '解除冻结'}：${reason}`
    const line = { actor, action: 'member.standing', subject: memberRef(memberId), text } as const
    return { changes: [put(accounts, { ...before, standing }), changed, logged(now, line)], outcome: { standing } }
  },
})
