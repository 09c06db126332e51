import Type from 'typebox'
import { Count, Id, Instant, Points, PointsDelta, Reason, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'
import { StaffRole } from '../shop/staff.ts'

/** One record before the merge. */
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

/** The kept member's figures afterwards. */
const After = Exact({
  /** Points and lots that are moved; each lot keeps its dates. */
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
    permission: 'members.identity',
    summary: 'What merging a double into this member would come to; writes nothing',
    params: Exact({ memberId: Id }),
    query: Exact({ doubleId: Id }),
    refusals: ['member.unknown', 'merge.same', 'merge.inactive', 'merge.chain', 'points.too-many'],
    reply: Exact({ kept: Side, double: Side, after: After }),
  },
  'POST /admin/members/:memberId/merge': {
    for: 'admin',
    permission: 'members.identity',
    summary: 'Merge a double into this member: points with their dates, debt and totals go over, the double is closed',
    params: Exact({ memberId: Id }),
    body: Exact({
      doubleId: Id,
      /** The points moved and the resulting figures that the merchant confirmed; refused when one has changed meanwhile. */
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
