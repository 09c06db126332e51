import Type from 'typebox'
import { ofStore } from '../common-refusals.ts'
import {
  Count,
  cleaned,
  Id,
  Instant,
  Points,
  PointsDelta,
  RequestId,
  ScannedCode,
  Standing,
  TotalFen,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable, OneOf } from '../http.ts'
import { Card } from '../members/cards.ts'
import { StaffRole } from '../shop/staff.ts'
import { Order } from '../spending/mall.ts'

export const MemberNo = cleaned('digits', { pattern: '^\\d{8,16}$' })

/** By the number on the member's page, or by the whole phone number, with `+` and the country outside China. */
export const WhichMember = Type.Union([
  Exact({ memberNo: MemberNo }),
  Exact({ phone: cleaned('phone', { pattern: '^\\+?\\d{5,20}$' }) }),
])

export const Member = Exact({
  memberId: Id,
  memberNo: Type.String(),
  nickname: Type.String(),
  avatarUrl: Type.String(),
  phoneMasked: Type.String(),
  tierName: Type.String(),
  balance: Points,
  usable: Points,
  /** A frozen member can be served but neither earns nor spends. */
  standing: Standing,
  card: Nullable(Card),
})

/**
 * A clerk's right to serve a member for a limited time. Only the rotating code proves the member's presence; otherwise spending
 * points needs the member's answer to a spend request.
 */
const OpenVisit = Exact({
  kind: Type.Literal('member'),
  by: OneOf('code', 'card', 'phone', 'number'),
  visit: Type.String(),
  /** The duration of the visit from this answer on. */
  visitSeconds: Count,
  /** Its end by the server's clock, for clients without `visitSeconds`. */
  visitEndsAt: Instant,
  member: Member,
})

export const till = {
  'GET /clerk/me': {
    for: 'clerk',
    summary: 'The clerk and the stores they may work at',
    reply: Exact({
      clerkId: Id,
      nickname: Type.String(),
      role: StaffRole,
      stores: Type.Array(Exact({ storeId: Id, name: Type.String() })),
      /** Their goods can be returned at any open store. */
      closedStores: Type.Array(Exact({ storeId: Id, name: Type.String() })),
      categories: Type.Array(Type.String()),
    }),
  },
  'POST /clerk/scans': {
    for: 'clerk',
    summary: 'Scan or type a code: a member code (used up) or a card opens a visit, a pick-up code shows its order',
    body: Exact({ code: ScannedCode, storeId: Id, requestId: RequestId }),
    refusals: [
      ...ofStore,
      'code.unknown',
      'code.guessed',
      'member-code.invalid',
      'member-code.expired',
      'member-code.used',
      'card.lost',
      'card.replaced',
      'card.blank',
      'visit.expired',
      'order.other-store',
    ],
    reply: Type.Union([
      OpenVisit,
      Exact({ kind: Type.Literal('pickup'), order: Order, memberNickname: Type.String() }),
    ]),
  },
  'POST /clerk/look-ups': {
    for: 'clerk',
    summary: 'Find a member who only says who they are, to record a purchase; limited, and logged',
    body: Exact({ storeId: Id, member: WhichMember }),
    refusals: [...ofStore, 'look-up.limit-reached', 'code.guessed'],
    reply: OpenVisit,
  },
  'POST /clerk/pickups': {
    for: 'clerk',
    summary: 'Hand a redeemed item over',
    body: Exact({ code: ScannedCode, storeId: Id, requestId: RequestId }),
    refusals: [
      ...ofStore,
      'code.unknown',
      'code.guessed',
      'order.unknown',
      'order.handed-over',
      'order.cancelled',
      'order.other-store',
    ],
    reply: Exact({ order: Order, memberNickname: Type.String() }),
  },
  'GET /clerk/day': {
    for: 'clerk',
    summary: 'What this clerk did today',
    query: Exact({ storeId: Id }),
    refusals: ['store.foreign'],
    reply: Exact({
      purchases: Count,
      /** Money received, money refunded, and the difference, all without payments by coupons and points. */
      amountFen: Type.Integer(),
      refundFen: Type.Integer(),
      netFen: Type.Integer(),
      /** Given, less what returns took back. */
      points: PointsDelta,
      pickups: Count,
      rows: Type.Array(
        Exact({
          kind: OneOf('purchase', 'return', 'pickup'),
          ref: Type.String(),
          /** The store of the receipt, which a return may have outlived. */
          storeId: Id,
          title: Type.String(),
          memberNickname: Type.String(),
          amountFen: TotalFen,
          points: PointsDelta,
          at: Instant,
        }),
      ),
    }),
  },
} satisfies Endpoints

export type TillApi = ApiOf<typeof till>
