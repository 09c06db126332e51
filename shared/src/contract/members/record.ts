import Type from 'typebox'
import { Count, Cursor, Day, Id, Instant, Limit, Name, Points, Revision, Search, Slug, Standing } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'
import { PointsSummary } from '../points/ledger.ts'
import { LotView } from '../points/statements.ts'
import { AuditLogRow } from '../shop/audit-log.ts'
import { Profile } from './profile.ts'

const MemberRow = Exact({
  memberId: Id,
  memberNo: Type.String(),
  nickname: Type.String(),
  avatarUrl: Type.String(),
  phoneMasked: Type.String(),
  tags: Type.Array(Type.String()),
  tierName: Type.String(),
  balance: Points,
  standing: Standing,
  joinedAt: Instant,
  lastActiveAt: Nullable(Instant),
})

export const memberRecord = {
  'POST /admin/members/search': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: 'Search members by number, phone (whole or last four digits), card or nickname',
    /** In the body, as every text that may be a phone number: an address gets into histories and logs. */
    body: Exact({
      q: Maybe(Search(40)),
      standing: Maybe(Standing),
      /** Filter: members with this tier in force. */
      tierId: Maybe(Slug),
      tag: Maybe(Name(20)),
      cursor: Maybe(Cursor),
      limit: Maybe(Limit),
    }),
    reply: Exact({
      /** `merged`: whether the record was merged into another one. */
      rows: Type.Array(Exact({ ...MemberRow.properties, merged: Type.Boolean() })),
      next: Nullable(Type.String()),
      total: Count,
    }),
  },
  'GET /admin/members/:memberId': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: "One member's whole record",
    params: Exact({ memberId: Id }),
    refusals: ['member.unknown'],
    reply: Exact({
      ...MemberRow.properties,
      profile: Profile,
      /** Whether a WeChat account is bound to the member. */
      wechat: Type.Boolean(),
      revisions: Exact({ profile: Revision, tags: Revision }),
      source: Type.String(),
      points: PointsSummary,
      lots: Type.Array(LotView),
      /** The waiting request for another WeChat account; null without one. */
      rebinding: Nullable(Exact({ askedAt: Instant, dueAt: Instant })),
      /** The record that this one was merged into, and the doubles merged into this one. */
      mergedInto: Nullable(Exact({ memberId: Id, nickname: Type.String() })),
      doubles: Type.Array(Exact({ memberId: Id, nickname: Type.String() })),
      invitedBy: Nullable(Exact({ memberId: Id, nickname: Type.String() })),
      invited: Type.Array(Exact({ memberId: Id, nickname: Type.String(), state: Type.String(), at: Instant })),
      streak: Count,
      lastCheckIn: Nullable(Day),
      messageCredits: Exact({ expiry: Count, pickup: Count }),
      /** Time, actor and reason of the freeze; null for an account that is not frozen, or without a log line. */
      frozen: Nullable(Exact({ at: Instant, by: Type.String(), reason: Type.String() })),
      log: Type.Array(AuditLogRow),
    }),
  },
} satisfies Endpoints

export type MemberRecordApi = ApiOf<typeof memberRecord>
