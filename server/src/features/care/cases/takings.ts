import { group } from '@pointbook/shared/money'
import { takingRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type Change, type DecisionContext, move } from '../../../book/move.ts'
import { account, lots, openLots, posted } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { joinPostings, type Lot } from '../../../core/assets/posting.ts'
import type { Account, Posting } from '../../../core/ledger/points.ts'
import { type Reclaimed, reclaim } from '../../../core/ledger/reclaim.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'
import { purchases } from '../../earning/purchases/tables.ts'
import { standsFor } from '../../earning/referrals/store.ts'
import { referrals } from '../../earning/referrals/tables.ts'
import { accountOf, entryHeader } from '../../points/ledger/moves.ts'
import { takings } from '../../points/ledger/tables.ts'
import { casePart, type InCase, loggedInCase, step } from './moves.ts'
import { caseMembers } from './tables.ts'
import { takenText } from './words.ts'

/** An entry that gave points; it never changes. */
export interface Gift {
  seq: number
  points: number
  /** Month in which they counted for the tier, `YYYY-MM`; null for points that never did. */
  month: string | null
  /** The receipt that earned them. Its returns may have taken some back already. */
  purchase: { storeId: number; receiptNo: string } | null
  /** The friend whose invitation earned them. The friend's returns may have taken them back already. */
  inviteeId: number | null
}

export interface Taking extends InCase {
  gifts: Gift[]
  /** The number of points that the merchant confirmed. */
  shown?: Shown<'points'>
  reason: string
  requestId: string
}

export type TakingResult = Omit<Reclaimed, 'posting'> & { points: number; balance: number }

/** Takes unlawful points of all named entries or of none: from each entry the points that returns have left, once. */
export const takeUnlawful = move<Taking, TakingResult>('cases.take', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `case-taking/${requestId}`,
  same: ({ caseId, gifts }) => [caseId, gifts.map(({ seq }) => seq)],
  touches: (input) => [
    account(input.memberId),
    openLots(input.memberId),
    ...casePart(input).touches,
    ...input.gifts.flatMap((gift) => giftPart(input, gift).touches),
  ],
  decide(view, input, context) {
    const { memberId, gifts, reason } = input
    const inCase = casePart(input).undecided(view)
    const memberLots = lotsOf(view, input)
    const sums = { points: 0, taken: 0, forfeited: 0, owed: 0, letGo: 0 }
    let posting: Posting = { account: accountOf(view, memberId), entries: [], lots: [], draws: [], redates: [] }
    const marks: Change[] = []
    for (const gift of gifts) {
      const part = giftPart(input, gift)
      const points = part.left(view)
      const claimed = part.claim(view, points, posting.account, [...memberLots.values()], context)
      posting = joinPostings(posting, claimed.posting)
      for (const lot of claimed.posting.lots) memberLots.set(lot.seq, lot)
      marks.push(...part.marks(view, { points, forfeited: claimed.forfeited, at: context.now }))
      sumUp(sums, { points, ...claimed })
    }
    requireShown('taking.changed', input.shown ?? {}, { points: sums.points })
    const outcome = { ...sums, balance: posting.account.balance }
    const mark = { ...inCase, takenPoints: inCase.takenPoints + sums.points }
    const { points, owed } = sums
    const event = message('case.taken', { memberId, points, owed, reason, fact: input.requestId }, context.now)
    const text = `收回 ${gifts.length} 笔共 ${group(sums.points)} 分：${reason}`
    return {
      changes: [
        ...posted(posting),
        ...marks,
        put(caseMembers, mark),
        step(input, 'taken-back', text, context.now),
        event,
        loggedInCase(input, 'case.take', `${takenText(outcome)}：${reason}`, context.now),
      ],
      outcome,
    }
  },
})

/** A part that takes back what one entry gave. */
function giftPart({ caseId, memberId, actor }: Taking, { seq, points: gave, month, purchase, inviteeId }: Gift) {
  const sold = (view: View) => (purchase ? view.get(purchases, purchase.storeId, purchase.receiptNo) : undefined)

  /** The points of the entry that can still be taken back; throws when there are none. */
  function left(view: View): number {
    if (gave <= 0) throw new Refusal('entry.gave-nothing', { seq })
    if (view.get(takings, memberId, seq)) throw new Refusal('entry.taken-back', { seq })
    const referral = inviteeId === null ? undefined : view.get(referrals, inviteeId)
    const stays = !referral || standsFor(referral, memberId, seq)
    const points = stays ? gave - (sold(view)?.returnedPoints ?? 0) : 0
    if (points <= 0) throw new Refusal('entry.nothing-left', { seq })
    return points
  }

  function claim(
    view: View,
    points: number,
    before: Account,
    memberLots: readonly Lot[],
    context: DecisionContext,
  ): Reclaimed {
    return reclaim(before, memberLots, context.today, entryHeader(context, 'unlawful', takingRef(caseId, seq), actor), {
      points,
      lotSeq: seq,
      month,
      forfeitedBefore: sold(view)?.forfeitedPoints ?? 0,
      rule: context.policy.returns,
      why: [{ rule: '@unlawful', points: -points, because: { type: 'unlawful', seq } }],
    })
  }

  /** Marks the entry as taken and its receipt as completely given back, so that a later return does not take the points again. */
  function marks(view: View, { points, forfeited, at }: { points: number; forfeited: number; at: string }): Change[] {
    const before = sold(view)
    const mark = add(takings, { memberId, entrySeq: seq, points, caseId, at })
    if (!before) return [mark]
    const shares = { returnedPoints: before.points, forfeitedPoints: before.forfeitedPoints + forfeited }
    return [mark, put(purchases, { ...before, ...shares })]
  }

  return {
    touches: [
      row(lots, memberId, seq),
      row(takings, memberId, seq),
      ...(purchase ? [row(purchases, purchase.storeId, purchase.receiptNo)] : []),
      ...(inviteeId === null ? [] : [row(referrals, inviteeId)]),
    ],
    left,
    claim,
    marks,
  }
}

/** Every lot that may be drawn on, by its number: the open ones and those of the named entries. */
function lotsOf(view: View, { memberId, gifts }: Taking): Map<number, Lot> {
  const named = gifts.flatMap(({ seq }) => view.get(lots, memberId, seq) ?? [])
  return new Map([...view.range(lots, memberId), ...named].map((lot) => [lot.seq, lot]))
}

type Sums = Omit<TakingResult, 'balance'>

function sumUp(sums: Sums, more: Sums) {
  for (const part of ['points', 'taken', 'forfeited', 'owed', 'letGo'] as const) sums[part] += more[part]
}
