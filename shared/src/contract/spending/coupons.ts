import Type, { type Static } from 'typebox'
import type { RefusalCode } from '../../refusals.ts'
import {
  AmountFen,
  Count,
  Cursor,
  cleaned,
  Day,
  Id,
  Instant,
  Limit,
  Name,
  Reason,
  RequestId,
  Revision,
  Seq,
  Sum,
  Text,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from '../http.ts'
import { Audience } from '../members/audience.ts'
import { CouponTerms } from './coupon-terms.ts'

/** Identifies a coupon: member id, dash, number. */
export const CouponNo = Type.String({ pattern: '^[1-9]\\d{0,15}-[1-9]\\d{0,9}$' })

const CouponState = OneOf('held', 'used', 'ended', 'voided', 'passed')

/** A member's coupon as its terms say, in words. */
export const Coupon = Exact({
  couponNo: CouponNo,
  name: Type.String(),
  /** What it takes off, and the type of it, for its picture. */
  saving: Type.String(),
  type: OneOf('amount', 'percent', 'voucher', 'exchange', 'delivery'),
  terms: Type.Array(Type.String()),
  description: Type.String(),
  state: CouponState,
  validFrom: Day,
  validUntil: Day,
  grantedAt: Instant,
  endedAt: Nullable(Instant),
  savedFen: AmountFen,
  reason: Type.String(),
})

const KindInput = {
  name: Name(30),
  description: Text(1000),
  terms: CouponTerms,
  /** What becomes of a coupon when the whole purchase that used it is returned. */
  afterReturn: OneOf('back', 'lost'),
  /** The most pieces, and the most money, fen, that coupons of the kind may cost; null for no limit. */
  pieces: Nullable(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
  moneyFen: Nullable(Type.Integer({ minimum: 1, maximum: 100_000_000_000 })),
  /** How many one member may get, ever or in a calendar month; null for no limit. */
  limitPieces: Nullable(Type.Integer({ minimum: 1, maximum: 1_000 })),
  limitPer: OneOf('ever', 'month'),
  /** No new grants; coupons that members hold stay usable. */
  stopped: Type.Boolean(),
}

const Kind = Exact({
  kindId: Id,
  ...KindInput,
  name: Type.String(),
  description: Type.String(),
  /** The terms in words. */
  saving: Type.String(),
  validity: Type.String(),
  texts: Type.Array(Type.String()),
  madeAt: Instant,
  granted: Count,
  used: Count,
  ended: Count,
  voided: Count,
  reservedFen: Sum,
  settledFen: Sum,
  /** What the purchases that used one came to, after returns. */
  salesFen: Sum,
  /** Four fifths of the pieces or of the money are gone. */
  nearlyGone: Type.Boolean(),
  revision: Revision,
})

const MemberNo = cleaned('digits', { pattern: '^\\d{1,15}$' })

/** The recipients of a grant. */
const Whom = Type.Union([
  Exact({ by: Type.Literal('members'), memberNos: Type.Array(MemberNo, { minItems: 1, maxItems: 10_000 }) }),
  Exact({ by: Type.Literal('audience'), audience: Audience }),
])

const Pieces = Type.Integer({ minimum: 1, maximum: 10 })

const ofKind = [
  'coupon.kind-taken',
  'coupon.goods-missing',
  'coupon.money-missing',
  'coupon.days-over',
] as const satisfies RefusalCode[]

export const coupons = {
  'GET /admin/coupons': {
    for: 'admin',
    permission: 'coupons.read',
    summary: 'All kinds of coupons with their figures, newest first',
    reply: Exact({ rows: Type.Array(Kind) }),
  },
  'GET /admin/coupons/:kindId': {
    for: 'admin',
    permission: 'coupons.read',
    summary: 'One kind of coupon',
    params: Exact({ kindId: Id }),
    refusals: ['coupon.unknown'],
    reply: Kind,
  },
  'POST /admin/coupons': {
    for: 'admin',
    permission: 'coupons.edit',
    summary: 'Make a kind of coupon; it is given to nobody yet',
    body: Exact({ ...KindInput, requestId: RequestId }),
    refusals: ofKind,
    reply: Kind,
  },
  'PUT /admin/coupons/:kindId': {
    for: 'admin',
    permission: 'coupons.edit',
    summary: 'Change a kind; coupons that members have keep the terms they were granted with',
    params: Exact({ kindId: Id }),
    body: Exact({ ...KindInput, revision: Revision }),
    refusals: [...ofKind, 'coupon.unknown', 'coupon.fewer-than-given', 'edit.outdated'],
    reply: Kind,
  },
  'POST /admin/coupons/:kindId/grants/preview': {
    for: 'admin',
    permission: 'coupons.grant',
    large: true,
    summary: 'Whom a grant would reach and what it would reserve; changes nothing',
    params: Exact({ kindId: Id }),
    body: Exact({ whom: Whom, pieces: Pieces }),
    refusals: ['coupon.unknown'],
    reply: Exact({
      members: Count,
      /** Pieces still to be had; null without a limit. */
      left: Nullable(Count),
      reservedFen: Sum,
      /** Unknown member numbers. */
      unknown: Type.Array(Type.String()),
    }),
  },
  'POST /admin/coupons/:kindId/grants': {
    for: 'admin',
    permission: 'coupons.grant',
    large: true,
    summary: 'Give members coupons, each member once, in the background',
    params: Exact({ kindId: Id }),
    body: Exact({
      whom: Whom,
      pieces: Pieces,
      /** The number of members that the merchant confirmed; refused when it has changed meanwhile. */
      members: Count,
      reason: Reason,
      requestId: RequestId,
    }),
    refusals: [
      'coupon.unknown',
      'coupon.stopped',
      'coupon.all-gone',
      'coupon.over',
      'coupon.grant-changed',
      'coupon.grant-nobody',
    ],
    reply: Exact({ grantId: Id, members: Count }),
  },
  'GET /admin/coupons/:kindId/grants': {
    for: 'admin',
    permission: 'coupons.read',
    polled: true,
    summary: 'The grants of a kind and how far they have come, newest first',
    params: Exact({ kindId: Id }),
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        grantId: Id,
        reason: Type.String(),
        pieces: Count,
        madeAt: Instant,
        madeBy: Type.String(),
        members: Count,
        given: Count,
        leftOut: Count,
      }),
    ),
  },
  'GET /admin/members/:memberId/coupons': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: "A member's coupons, those that end first at the top, then the others, newest first",
    params: Exact({ memberId: Id }),
    refusals: ['member.unknown'],
    reply: Exact({ rows: Type.Array(Exact({ ...Coupon.properties, seq: Seq, source: Type.String() })) }),
  },
  'POST /admin/members/:memberId/coupons/:seq/voiding': {
    for: 'admin',
    permission: 'coupons.grant',
    summary: 'Void a coupon that was not used yet, with a reason that the member reads',
    params: Exact({ memberId: Id, seq: Seq }),
    body: Exact({ reason: Reason, requestId: RequestId }),
    refusals: ['coupon.unknown', 'coupon.spent'],
    reply: Exact({ seq: Seq }),
  },
  'GET /me/coupons': {
    for: 'member',
    summary: "The member's coupons: usable ones, those that end first at the top, or the others, newest first",
    query: Exact({ state: OneOf('usable', 'used', 'ended') }),
    reply: Exact({ rows: Type.Array(Coupon), usable: Count }),
  },
} satisfies Endpoints

export type CouponsApi = ApiOf<typeof coupons>

export type Coupon = Static<typeof Coupon>
