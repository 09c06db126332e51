import Type from 'typebox'
import { MOST_TOGETHER } from '../../coupons.ts'
import type { RefusalCode } from '../../refusals.ts'
import { ofActiveMember, ofStore, ofVisit } from '../common-refusals.ts'
import {
  AmountFen,
  Count,
  Cursor,
  Day,
  ExplanationLine,
  Id,
  Instant,
  Limit,
  Name,
  Points,
  PointsDelta,
  Quantity,
  Reason,
  ReceiptNo,
  RequestId,
  Seq,
  TotalFen,
  Visit,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, Page } from '../http.ts'
import { Channel, PaymentMethod } from '../points/earning-rule.ts'
import { Waiting } from '../shop/approvals.ts'
import { CouponNo } from '../spending/coupons.ts'

/** One line of a sale; `amountFen` is the price of the whole line after the shop's own discounts, before coupons. */
export const PurchaseLine = Exact({
  name: Name(60),
  sku: Maybe(Name(40)),
  category: Maybe(Name(20)),
  brand: Maybe(Name(40)),
  quantity: Quantity,
  amountFen: AmountFen,
  /** The fee for bringing the goods. */
  delivery: Maybe(Type.Literal(true)),
})

export const Receipt = Exact({
  visit: Visit,
  storeId: Id,
  /** Created with the draft and stored with it: the same draft sent again gets the same answer. Old clients send none. */
  requestId: Maybe(RequestId),
  /** The number that the till printed; without one the store gives the purchase its own. Compulsory without a request id. */
  receiptNo: Maybe(ReceiptNo),
  lines: Type.Array(PurchaseLine, { minItems: 1, maxItems: 100 }),
  /** The parts of the amount paid by coupon and from stored value. */
  couponFen: Maybe(AmountFen),
  storedValueFen: Maybe(AmountFen),
  /** The member's own coupons that take something off it. */
  coupons: Maybe(Type.Array(CouponNo, { maxItems: MOST_TOGETHER, uniqueItems: true })),
  /** What they take off as the clerk saw it; the purchase is refused when it has changed meanwhile. */
  couponsFen: Maybe(TotalFen),
  /** Points that pay a part of it; more than the policy allows is refused. */
  offsetPoints: Maybe(Points),
  /** The worth of those points as the clerk saw it; the purchase is refused when it has changed meanwhile. */
  offsetFen: Maybe(TotalFen),
  /** The points earned as the clerk saw them; the same applies. */
  points: Maybe(Points),
  channel: Maybe(Channel),
  payment: Maybe(PaymentMethod),
})

/** The part of a purchase that points paid; left out where none did. */
export const PaidWithPoints = Exact({ points: Points, fen: TotalFen })

/** The offset of a purchase, present and possible; absent when the shop does not offer it. */
export const OffsetPreview = Exact({
  ...PaidWithPoints.properties,
  /** The most that this purchase and this member allow. */
  mostPoints: Points,
  mostFen: TotalFen,
  leastPoints: Points,
  stepPoints: Points,
  terms: Type.String(),
})

/** The member's coupons for this purchase; absent for a member without any. */
export const CouponsPreview = Exact({
  /** What the chosen ones take off. */
  fen: TotalFen,
  /** Those that save most on this purchase, and what they would save. */
  suggested: Type.Array(CouponNo),
  suggestedFen: TotalFen,
  rows: Type.Array(
    Exact({
      couponNo: CouponNo,
      name: Type.String(),
      saving: Type.String(),
      validUntil: Day,
      chosen: Type.Boolean(),
      /** What it takes off: with the others where it is chosen, otherwise alone; 0 where it cannot be used. */
      fen: TotalFen,
      /** Why it cannot be used on this purchase; '' where it can. */
      why: Type.String(),
    }),
  ),
})

export const PurchaseView = Exact({
  storeId: Id,
  storeName: Type.String(),
  receiptNo: Type.String(),
  memberId: Id,
  memberNickname: Type.String(),
  at: Instant,
  amountFen: TotalFen,
  /** What the member's own coupons took off. */
  couponsFen: TotalFen,
  offset: Maybe(PaidWithPoints),
  /** The part of the amount paid with money and stored value. */
  paidFen: AmountFen,
  points: Points,
  returnedFen: TotalFen,
  returnedPoints: Points,
  lines: Type.Array(
    Exact({
      line: Count,
      name: Type.String(),
      category: Type.String(),
      quantity: Count,
      amountFen: AmountFen,
      points: Points,
      returnedQuantity: Count,
      returnedFen: AmountFen,
    }),
  ),
  why: Type.Array(ExplanationLine),
})

/** The return of one line: `amountFen` of its price, at most what is left of it. */
const ReturnLine = Exact({ line: Count, quantity: Type.Integer({ minimum: 0, maximum: 9_999 }), amountFen: AmountFen })

export const ReturnedGoods = Exact({
  storeId: Id,
  receiptNo: ReceiptNo,
  lines: Type.Array(ReturnLine, { minItems: 1, maxItems: 100 }),
})

/** The figures of a return that the preview showed; the return is refused when one has changed meanwhile. */
export const ClaimShown = {
  refundFen: Maybe(TotalFen),
  points: Maybe(Points),
  forfeited: Maybe(Points),
  owed: Maybe(Points),
  letGo: Maybe(Points),
  /** Of the points that had paid. */
  lapsed: Maybe(Points),
}

export const Claim = {
  amountFen: TotalFen,
  /** The money to refund: the part of the amount that neither coupon nor points had paid. */
  refundFen: TotalFen,
  /** Offset points given back, their worth, and how many of them are past their last day. */
  offset: Maybe(Exact({ ...PaidWithPoints.properties, lapsed: Points })),
  /** The points that this return takes back: from the balance, forfeited by expiry, as debt, or let go by the policy. */
  points: Points,
  taken: Points,
  forfeited: Points,
  owed: Points,
  letGo: Points,
  balance: Points,
  text: Type.String(),
}

const Recorded = Exact({
  receiptNo: Type.String(),
  points: Points,
  amountFen: TotalFen,
  couponsFen: Maybe(TotalFen),
  offset: Maybe(PaidWithPoints),
  balance: Points,
  seq: Count,
  expiresOn: Nullable(Type.String()),
  why: Type.Array(ExplanationLine),
})

/** Refusals of the coupons of a purchase. */
export const ofCoupons = [
  'coupon.unknown',
  'coupon.spent',
  'coupon.ended',
  'coupon.early',
  'coupon.alone',
  'coupon.pieces',
  'coupon.not-here',
  'coupon.no-offset',
  'coupon.money-gone',
  'coupon.changed',
  'coupon.needs-code',
  'approval.no-coupons',
] as const satisfies RefusalCode[]

/** Refusals of the move that records a purchase, for every caller. */
export const ofSale = [
  ...ofActiveMember,
  'receipt.taken',
  'receipt.reserved',
  'receipt.too-large',
  'offset.closed',
  'offset.too-few',
  'offset.step',
  'offset.too-many',
  'offset.changed',
  'points.short',
  'points.too-many',
] as const satisfies RefusalCode[]

/** Refusals of the move that records a return, for every caller. */
export const ofReturn = [
  'receipt.unknown',
  'return.empty',
  'return.exceeds',
  'return.wrong-amount',
  'member.merged',
  'points.too-many',
] as const satisfies RefusalCode[]

export const purchases = {
  'POST /clerk/purchases/preview': {
    for: 'clerk',
    summary: 'What this purchase would earn, and why; writes nothing',
    body: Receipt,
    refusals: [
      ...ofStore,
      ...ofVisit,
      ...ofSale,
      ...ofCoupons,
      'purchase.own',
      'purchase.changed',
      'approval.no-offset',
    ],
    reply: Exact({
      points: Points,
      amountFen: TotalFen,
      coupons: Maybe(CouponsPreview),
      offset: Maybe(OffsetPreview),
      /** Whether spending these points needs the member's consent on the phone. */
      needsConsent: Type.Boolean(),
      balanceAfter: Points,
      expiresOn: Nullable(Type.String()),
      why: Type.Array(ExplanationLine),
      /** Why this purchase would wait for a second person; absent when it would be recorded at once. */
      approval: Maybe(Type.String()),
      /** There when this draft was handed in before and was not approved yet. */
      waiting: Maybe(Waiting.properties.waiting),
      /** There when this draft was recorded before and only the answer was lost: the other figures are those of then. */
      recorded: Maybe(Recorded),
    }),
  },
  'POST /clerk/purchases': {
    for: 'clerk',
    summary: 'Record a purchase; the same draft sent again is answered as before, never paid twice',
    body: Receipt,
    refusals: [
      ...ofStore,
      ...ofVisit,
      ...ofSale,
      ...ofCoupons,
      'purchase.own',
      'purchase.changed',
      'spending.unproved',
      'approval.no-offset',
    ],
    reply: Type.Union([Recorded, Waiting]),
  },
  'GET /clerk/purchases/:storeId/:receiptNo': {
    for: 'clerk',
    summary: 'One purchase with what is left to return',
    params: Exact({ storeId: Id, receiptNo: ReceiptNo }),
    refusals: [...ofStore, 'receipt.unknown'],
    reply: PurchaseView,
  },
  'POST /clerk/returns/preview': {
    for: 'clerk',
    summary: 'What this return would take back; writes nothing',
    body: Exact({ ...ReturnedGoods.properties, takenAt: Maybe(Id) }),
    refusals: [...ofStore, ...ofReturn],
    reply: Exact(Claim),
  },
  'POST /clerk/returns': {
    for: 'clerk',
    summary: 'Take goods back and, in proportion, their points',
    /** `takenAt`: the store of the clerk, when the store of the receipt has closed. */
    body: Exact({ ...ReturnedGoods.properties, ...ClaimShown, takenAt: Maybe(Id), requestId: RequestId }),
    refusals: [...ofStore, ...ofReturn, 'return.changed'],
    reply: Exact(Claim),
  },
  'POST /admin/purchases/confirmations': {
    for: 'admin',
    permission: 'purchases.correct',
    confined: true,
    summary: 'Say that a purchase stays: its points can be used from today. Again it changes nothing',
    body: Exact({ storeId: Id, receiptNo: ReceiptNo }),
    refusals: ['receipt.unknown', 'member.unknown', 'member.merged'],
    reply: Exact({ points: Points }),
  },
  'POST /admin/purchases/returns/preview': {
    for: 'admin',
    permission: 'purchases.correct',
    confined: true,
    summary: 'What this return would take back; writes nothing',
    body: ReturnedGoods,
    refusals: [...ofReturn, 'member.unknown'],
    reply: Exact(Claim),
  },
  'POST /admin/purchases/returns': {
    for: 'admin',
    permission: 'purchases.correct',
    confined: true,
    summary: 'Take goods back for whichever store sold them, also one that has closed, with a reason',
    body: Exact({ ...ReturnedGoods.properties, ...ClaimShown, reason: Reason, requestId: RequestId }),
    refusals: [...ofReturn, 'return.changed', 'member.unknown'],
    reply: Exact(Claim),
  },
  'GET /me/purchases': {
    for: 'member',
    summary: 'Purchases recorded for the member, newest first',
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        storeName: Type.String(),
        receiptNo: Type.String(),
        amountFen: TotalFen,
        offset: Maybe(PaidWithPoints),
        points: PointsDelta,
        returnedFen: TotalFen,
        at: Instant,
        seq: Seq,
      }),
    ),
  },
  'GET /admin/members/:memberId/purchases': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: "A member's purchases with their returns",
    params: Exact({ memberId: Id }),
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    refusals: ['member.unknown'],
    reply: Page(PurchaseView),
  },
} satisfies Endpoints

export type PurchasesApi = ApiOf<typeof purchases>
