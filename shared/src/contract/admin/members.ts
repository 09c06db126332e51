import Type from 'typebox'
import { EventCode } from '../earning-rule.ts'
import {
  Count,
  Cursor,
  Day,
  Done,
  EntryDetail,
  Id,
  Instant,
  Limit,
  Name,
  PhoneNumber,
  Points,
  PointsDelta,
  Reason,
  RequestId,
  Revision,
  Search,
  Slug,
  Standing,
  WhyLine,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from '../http.ts'
import { Order } from '../mall.ts'
import { PointsSummary, Profile, profileInput } from '../me.ts'
import { PurchaseView } from '../purchases.ts'
import { LotView } from '../statement.ts'
import { AuditLogRow } from './log-row.ts'

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

export const adminMembers = {
  'GET /admin/members': {
    for: 'admin',
    summary: 'Search members by number, phone (whole or last four digits), card or nickname',
    query: Exact({
      q: Maybe(Search(40)),
      standing: Maybe(Standing),
      /** Whose tier in force it is. */
      tierId: Maybe(Slug),
      tag: Maybe(Name(20)),
      cursor: Maybe(Cursor),
      limit: Maybe(Limit),
    }),
    reply: Exact({ rows: Type.Array(MemberRow), next: Nullable(Type.String()), total: Count }),
  },
  'GET /admin/members/:memberId': {
    for: 'admin',
    summary: "One member's whole record",
    params: Exact({ memberId: Id }),
    reply: Exact({
      ...MemberRow.properties,
      profile: Profile,
      /** Whether a WeChat account is bound to the member. */
      wechat: Type.Boolean(),
      revisions: Exact({ profile: Revision, tags: Revision }),
      source: Type.String(),
      points: PointsSummary,
      lots: Type.Array(LotView),
      /** Who is kept in this one's stead, and whose doubles this one took in. */
      mergedInto: Nullable(Exact({ memberId: Id, nickname: Type.String() })),
      doubles: Type.Array(Exact({ memberId: Id, nickname: Type.String() })),
      invitedBy: Nullable(Exact({ memberId: Id, nickname: Type.String() })),
      invited: Type.Array(Exact({ memberId: Id, nickname: Type.String(), state: Type.String(), at: Instant })),
      streak: Count,
      lastCheckIn: Nullable(Day),
      messageCredits: Exact({ expiry: Count, pickup: Count }),
      /** When, by whom and why the account was frozen; null unless it is, or where nothing was written down. */
      frozen: Nullable(Exact({ at: Instant, by: Type.String(), reason: Type.String() })),
      log: Type.Array(AuditLogRow),
    }),
  },
  'GET /admin/members/:memberId/entries': {
    for: 'admin',
    summary: "A member's ledger with why, newest first; `until` leaves out what happened later",
    params: Exact({ memberId: Id }),
    query: Exact({ until: Maybe(Instant), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(EntryDetail),
  },
  'GET /admin/members/:memberId/purchases': {
    for: 'admin',
    summary: "A member's purchases with their returns",
    params: Exact({ memberId: Id }),
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(PurchaseView),
  },
  'GET /admin/members/:memberId/redemptions': {
    for: 'admin',
    summary: "A member's orders",
    params: Exact({ memberId: Id }),
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(Order),
  },
  'PATCH /admin/members/:memberId/profile': {
    for: 'admin',
    summary: 'Correct what a member has told of themselves, with a reason; `earned`: points for the last gap filled',
    params: Exact({ memberId: Id }),
    body: Exact({
      ...profileInput,
      /** Null takes a wrong birthday away. */
      birthday: Maybe(Nullable(Day)),
      reason: Reason,
      revision: Revision,
    }),
    reply: Exact({ earned: Points }),
  },
  'POST /admin/members/:memberId/phone': {
    for: 'admin',
    summary: 'Bind another phone number to a member, with a reason; their devices are logged out',
    params: Exact({ memberId: Id }),
    body: Exact({ phone: PhoneNumber, reason: Reason, requestId: RequestId }),
    reply: Exact({ phoneMasked: Type.String() }),
  },
  'POST /admin/members/:memberId/wechat/release': {
    for: 'admin',
    summary:
      'Unbind the WeChat account, with a reason; devices are logged out, and the next WeChat that signs up with the phone number is bound',
    params: Exact({ memberId: Id }),
    body: Exact({ reason: Reason, requestId: RequestId }),
    reply: Done,
  },
  'POST /admin/members/:memberId/adjustments': {
    for: 'admin',
    summary: 'Add or take points by hand, with a reason the member can read',
    params: Exact({ memberId: Id }),
    body: Exact({
      points: PointsDelta,
      /** The balance afterwards as the merchant saw it; when it would be another meanwhile it is refused. */
      balance: Maybe(Points),
      reason: Reason,
      requestId: RequestId,
    }),
    reply: Exact({ seq: Count, balance: Points }),
  },
  'POST /admin/members/:memberId/extensions': {
    for: 'admin',
    summary: 'Let points that would end by a day live longer, as a favour, with a reason the member can read',
    params: Exact({ memberId: Id }),
    body: Exact({
      endingBy: Day,
      expiresOn: Day,
      /** How many points the merchant saw; when they are others meanwhile it is refused. */
      points: Maybe(Points),
      reason: Reason,
      requestId: RequestId,
    }),
    reply: Exact({ points: Points }),
  },
  'POST /admin/members/:memberId/acts': {
    for: 'admin',
    summary: 'Note a review, the joining of an activity or another event; the rules say what it gives',
    params: Exact({ memberId: Id }),
    body: Exact({ trigger: OneOf('review', 'activity', 'event'), code: EventCode, note: Reason, requestId: RequestId }),
    reply: Exact({ points: Points, balance: Points, why: Type.Array(WhyLine) }),
  },
  'POST /admin/members/:memberId/standing': {
    for: 'admin',
    summary: 'Freeze a member or lift the freeze',
    params: Exact({ memberId: Id }),
    body: Exact({ standing: OneOf('active', 'frozen'), reason: Reason, requestId: RequestId }),
    reply: Exact({ standing: Standing }),
  },
} satisfies Endpoints

export type AdminMembersApi = ApiOf<typeof adminMembers>
