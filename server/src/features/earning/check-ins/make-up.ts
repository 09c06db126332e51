import type { Day } from '@pointbook/shared/day'
import { memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, row, save } from '../../../book/changes.ts'
import { type DecisionContext, move } from '../../../book/move.ts'
import { touchesOf } from '../../../book/part.ts'
import { quotaPart } from '../../../book/quotas.ts'
import { account, lots, openLots, posted } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { spend } from '../../../core/assets/changes.ts'
import { usableAmount } from '../../../core/assets/lots.ts'
import { joinPostings } from '../../../core/assets/posting.ts'
import { daysInARow, makeUp as decideMakeUp, mayMakeUp } from '../../../core/check-in/make-up.ts'
import { type Account, credit, type Posting } from '../../../core/ledger/points.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'
import { activeAccountOf, earning, entryHeader } from '../../points/ledger/moves.ts'
import { tierPart } from '../../points/tiers/part.ts'
import { allCheckIns, checkIns, streaks } from './tables.ts'

export interface MakeUp {
  memberId: number
  on: Day
  /** As read before; it never changes. */
  joinedOn: Day
  /** The member and the doubles merged into them: their check-ins are the member's too. */
  records: number[]
  /** The price and the points that the member confirmed. */
  shown?: Shown<'price' | 'points'>
}

export interface MadeUp {
  price: number
  points: number
  /** The streak including the day. */
  days: number
  balance: number
}

export const makeUpScope = (today: Day): string => `make-up/${today.slice(0, 7)}`

const partsOf = (memberId: number, context: DecisionContext) => ({
  quota: quotaPart(memberId, makeUpScope(context.today)),
  tier: tierPart(memberId, context),
})

/**
 * Records a make-up check-in: takes its price, gives the points of the day and joins the streaks. The key is that of the day's
 * check-in, so that no day is paid twice.
 */
export const makeUp = move<MakeUp, MadeUp>('check-ins.make-up', {
  member: ({ memberId }) => memberId,
  key: ({ on }) => `check-in/${on}`,
  same: () => null,
  reused: 'check-in.made',
  touches: ({ memberId, records }, context) => [
    account(memberId),
    openLots(memberId),
    row(streaks, memberId),
    // All days: the length of the streak before the gap is not stored.
    ...records.map(allCheckIns),
    ...touchesOf(partsOf(memberId, context)),
  ],
  decide(view, { memberId, on, joinedOn, records, shown = {} }, context) {
    const { quota, tier } = partsOf(memberId, context)
    const before = activeAccountOf(view, memberId)
    const { policy, today } = context
    const terms = policy.checkIn.makeUp
    if (!policy.checkIn.enabled) throw new Refusal('check-in.closed')
    if (!terms) throw new Refusal('make-up.closed')
    const days = new Set(records.flatMap((record) => view.range(checkIns, record)).map((one) => one.on))
    if (!mayMakeUp(policy, days, { on, today, joinedOn }))
      throw new Refusal('make-up.out-of-reach', { days: terms.daysBack })
    if (quota.used(view) >= terms.perMonth) throw new Refusal('make-up.limit-reached', { most: terms.perMonth })

    const { points, why } = decideMakeUp(policy, days, on)
    requireShown('make-up.changed', shown, { price: terms.price, points })
    const paid = terms.price > 0 ? payPrice(view, before, context, { price: terms.price, on }) : null
    const header = entryHeader(context, 'check-in', on, memberRef(memberId))
    const creditPosting = credit(paid?.account ?? before, header, earning(context, 'check-in', points, why))
    const posting = paid ? joinPostings(paid, creditPosting) : creditPosting
    const storedStreak = view.get(streaks, memberId)
    const lastOn = storedStreak && storedStreak.lastOn > on ? storedStreak.lastOn : on
    const streak = { memberId, days: daysInARow(new Set([...days, on]), lastOn), lastOn }
    return {
      changes: [
        ...posted(posting),
        ...tier.raise(view, posting.account),
        quota.count(view, 1),
        save(streaks, storedStreak, streak),
        add(checkIns, { memberId, on, points }),
      ],
      outcome: { price: terms.price, points, days: streak.days, balance: posting.account.balance },
    }
  },
})

function payPrice(
  view: View,
  before: Account,
  context: DecisionContext,
  { price, on }: { price: number; on: Day },
): Posting {
  const { memberId } = before
  const memberLots = view.range(lots, memberId)
  const posting = spend(
    before,
    memberLots,
    context.today,
    entryHeader(context, 'make-up', on, memberRef(memberId)),
    price,
  )
  if (!posting) throw new Refusal('points.short', { missing: price - usableAmount(memberLots, context.today) })
  return posting
}
