import Type from 'typebox'
import { ofNamedMember } from '../common-refusals.ts'
import {
  Count,
  Cursor,
  Day,
  Entry,
  EntryDetail,
  Id,
  Instant,
  Limit,
  Points,
  PointsDelta,
  Reason,
  RequestId,
  Seq,
  Standing,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, OneOf, Page } from '../http.ts'
import { Waiting } from '../shop/approvals.ts'

export const PointsSummary = Exact({
  balance: Points,
  /** The points usable today: the balance without those that are pending or past their last day. */
  usable: Points,
  pending: Points,
  debt: Points,
  earned: Points,
  spent: Points,
  expired: Points,
  /** Soonest first. */
  expiring: Type.Array(Exact({ on: Day, points: Points, daysLeft: Type.Integer() })),
})

export const ledger = {
  'GET /me/entries': {
    for: 'member',
    summary: 'The ledger, newest first',
    query: Exact({ filter: Maybe(OneOf('all', 'in', 'out', 'expired')), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(Entry),
  },
  'GET /me/entries/:seq': {
    for: 'member',
    summary: 'One entry, and why these points and not more',
    params: Exact({ seq: Seq }),
    refusals: ['entry.unknown'],
    reply: EntryDetail,
  },
  'GET /me/curve': {
    for: 'member',
    summary: 'The balance at the end of each day',
    query: Exact({ days: Maybe(Type.Integer({ minimum: 7, maximum: 366, default: 90 })) }),
    reply: Exact({ days: Type.Array(Exact({ on: Day, balance: PointsDelta })) }),
  },
  'POST /admin/members/:memberId/adjustments': {
    for: 'admin',
    permission: 'points.adjust',
    summary: 'Add or take points by hand, with a reason the member can read',
    params: Exact({ memberId: Id }),
    body: Exact({
      points: PointsDelta,
      /** The resulting balance that the merchant confirmed; refused when it has changed meanwhile. */
      balance: Maybe(Points),
      reason: Reason,
      requestId: RequestId,
    }),
    refusals: [...ofNamedMember, 'adjustment.zero', 'adjustment.changed', 'points.overdrawn', 'points.too-many'],
    reply: Type.Union([Exact({ seq: Count, balance: Points }), Waiting]),
  },
  'POST /admin/members/:memberId/extensions': {
    for: 'admin',
    permission: 'points.adjust',
    summary: 'Let points that would end by a day live longer, as a favour, with a reason the member can read',
    params: Exact({ memberId: Id }),
    body: Exact({
      endingBy: Day,
      expiresOn: Day,
      /** The number of points that the merchant confirmed; refused when it has changed meanwhile. */
      points: Maybe(Points),
      reason: Reason,
      requestId: RequestId,
    }),
    refusals: ['member.unknown', 'extension.too-early', 'extension.changed', 'extension.nothing'],
    reply: Exact({ points: Points }),
  },
  'POST /admin/members/:memberId/standing': {
    for: 'admin',
    permission: 'members.standing',
    summary: 'Freeze a member or lift the freeze',
    params: Exact({ memberId: Id }),
    body: Exact({ standing: OneOf('active', 'frozen'), reason: Reason, requestId: RequestId }),
    refusals: [...ofNamedMember],
    reply: Exact({ standing: Standing }),
  },
  'GET /admin/members/:memberId/entries': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: "A member's ledger with why, newest first; `until` leaves out what happened later",
    params: Exact({ memberId: Id }),
    query: Exact({ until: Maybe(Instant), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    refusals: ['member.unknown'],
    reply: Page(EntryDetail),
  },
} satisfies Endpoints

export type LedgerApi = ApiOf<typeof ledger>
