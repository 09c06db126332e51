import Type from 'typebox'
import { Count, Id, Instant, Points, PointsDelta, Reason, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'
import { StaffRole } from '../shop/staff.ts'

/** One record as it stands before the merge. */
const Side = Exact({
  memberId: Id,
  memberNo: Type.String(),
  nickname: Type.String(),
  avatarUrl: Type.String(),
  phoneMasked: Type.String(),
  wechat: Type.Boolean(),
  tierName: Type.String(),
  balance: Points,
  debt: Points,
  earned: PointsDelta,
  purchases: Count,
  spendFen: Type.Integer(),
  waitingOrders: Count,
  role: Nullable(StaffRole),
  cardNo: Nullable(Type.String()),
  joinedAt: Instant,
})

/** What the kept member has afterwards. */
const After = Exact({
  /** Points and lots that come over, each lot with its own dates. */
  points: Points,
  lots: Count,
  balance: Points,
  usable: Points,
  debt: Points,
  earned: PointsDelta,
  spent: PointsDelta,
  expired: Points,
  purchases: Count,
  spendFen: Type.Integer(),
  tierName: Type.String(),
})

export const merging = {
  'GET /admin/members/:memberId/merge': {
    for: 'admin',
    summary: 'What merging a double into this member would come to; writes nothing',
    params: Exact({ memberId: Id }),
    query: Exact({ doubleId: Id }),
    refusals: ['member.unknown', 'merge.same', 'merge.inactive', 'merge.chain', 'points.too-many'],
    reply: Exact({ kept: Side, double: Side, after: After }),
  },
  'POST /admin/members/:memberId/merge': {
    for: 'admin',
    summary: 'Merge a double into this member: points with their dates, debt and totals go over, the double is closed',
    params: Exact({ memberId: Id }),
    body: Exact({
      doubleId: Id,
      /** The points that go over, and what comes of both, as the merchant saw it; when one has changed meanwhile it is refused. */
      points: Maybe(Points),
      balance: Maybe(Points),
      debt: Maybe(Points),
      tierName: Maybe(Type.String({ maxLength: 60 })),
      reason: Reason,
      requestId: RequestId,
    }),
    refusals: ['member.unknown', 'merge.same', 'merge.inactive', 'merge.chain', 'merge.changed', 'points.too-many'],
    reply: After,
  },
} satisfies Endpoints

export type MergingApi = ApiOf<typeof merging>
