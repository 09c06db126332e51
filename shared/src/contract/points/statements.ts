import Type from 'typebox'
import { Day, Entry, Id, Instant, Month, Points, Seq, Sum } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable } from '../http.ts'

/** `issued + adjusted − redeemed − expired − reversed` is what the balance changed by; redeemed is net of cancelled orders. */
export const Flows = Exact({
  issued: Sum,
  redeemed: Sum,
  expired: Sum,
  reversed: Sum,
  adjusted: Sum,
})

/** Points of one earning that are not used up. */
export const LotView = Exact({
  seq: Seq,
  title: Type.String(),
  points: Points,
  remaining: Points,
  earnedAt: Instant,
  usableOn: Day,
  expiresOn: Nullable(Day),
})

const AsOf = Exact({
  at: Instant,
  balance: Points,
  /** The points usable on that business day, and the pending ones. */
  usable: Points,
  pending: Points,
  debt: Points,
  /** From the first entry on. */
  flows: Flows,
  /** Lots with points, in the order of their last days. */
  lots: Type.Array(Exact({ ...LotView.properties, usable: Type.Boolean() })),
})

const Statement = Exact({
  from: Day,
  /** Today when the period is not over. */
  to: Day,
  opening: Points,
  closing: Points,
  flows: Flows,
  /** Oldest first; `balanceAfter` runs from `opening` to `closing`. */
  entries: Type.Array(Entry),
  /** The closing balance by last usable day, soonest first; null: never expires. */
  outstanding: Type.Array(Exact({ on: Nullable(Day), points: Points })),
})

const Member = Exact({ memberId: Id })

const At = Exact({ at: Instant })

/** Both days included, at most a year. */
const Period = Exact({ from: Day, to: Day })

export const statements = {
  'GET /me/as-of': {
    for: 'member',
    summary: 'Balance and lots as they stood at a past instant',
    query: At,
    refusals: ['period.not-yet'],
    reply: AsOf,
  },
  'GET /me/statement': {
    for: 'member',
    summary: 'The statement of a period: opening, every entry, closing',
    query: Period,
    refusals: ['period.not-yet', 'period.invalid'],
    reply: Statement,
  },
  'GET /me/balances': {
    for: 'member',
    summary:
      'The balance at the end of each of the last twelve months, from the month of joining; this month’s as it is now',
    reply: Exact({ months: Type.Array(Exact({ month: Month, balance: Points })) }),
  },
  'GET /admin/members/:memberId/as-of': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: "A member's balance and lots as they stood at a past instant",
    params: Member,
    query: At,
    refusals: ['member.unknown', 'period.not-yet'],
    reply: AsOf,
  },
  'GET /admin/members/:memberId/statement': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: "A member's statement of a period",
    params: Member,
    query: Period,
    refusals: ['member.unknown', 'period.not-yet', 'period.invalid'],
    reply: Statement,
  },
} satisfies Endpoints

export type StatementsApi = ApiOf<typeof statements>
