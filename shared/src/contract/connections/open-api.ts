import Type from 'typebox'
import { ofActiveMember } from '../common-refusals.ts'
import {
  Claim,
  ClaimShown,
  OffsetPreview,
  ofReturn,
  ofSale,
  PaidWithPoints,
  PurchaseLine,
  ReturnedGoods,
} from '../earning/purchases.ts'
import { MemberNo, WhichMember } from '../earning/till.ts'
import {
  AmountFen,
  Count,
  cleaned,
  Day,
  ExplanationLine,
  Id,
  Points,
  Quantity,
  ReceiptNo,
  RequestId,
  Standing,
  TotalFen,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf } from '../http.ts'
import { Channel, EventCode, PaymentMethod } from '../points/earning-rule.ts'

const Cart = {
  storeId: Id,
  /** Counts once in its store, for ever: a till that restarts its numbers every day must put the date before them. */
  receiptNo: ReceiptNo,
  /** Created once for this sale and reused in every retry; without it only a retry on the same business day is recognised. */
  requestId: Maybe(RequestId),
  member: WhichMember,
  lines: Type.Array(PurchaseLine, { minItems: 1, maxItems: 100 }),
  couponFen: Maybe(AmountFen),
  storedValueFen: Maybe(AmountFen),
  /** Points that pay a part of it; the preview returns the greatest number. */
  offsetPoints: Maybe(Points),
  /** The worth of those points as the till saw it; the purchase is refused when it has changed meanwhile. */
  offsetFen: Maybe(TotalFen),
  /** `online` by default. */
  channel: Maybe(Channel),
  payment: Maybe(PaymentMethod),
}

/** Set when the request was answered on an earlier business day: nothing was recorded now. */
const Repeats = { repeats: Maybe(Day) }

const EarnedReply = { points: Points, balance: Points, why: Type.Array(ExplanationLine) }

export const openApi = {
  'POST /open/events': {
    for: 'partner',
    summary: 'A review, the joining of an activity or another event; the same event id of a member is paid once',
    body: Exact({
      eventId: cleaned('code', { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,27}$' }),
      type: OneOf('review', 'activity', 'event'),
      code: EventCode,
      member: WhichMember,
      amountFen: Maybe(AmountFen),
      quantity: Maybe(Quantity),
    }),
    refusals: ['member.unknown', ...ofActiveMember, 'points.too-many', 'move.key-reused'],
    reply: Exact({ ...EarnedReply, ...Repeats }),
  },
  'POST /open/purchases/preview': {
    for: 'partner',
    summary: 'What a cart would earn, and why, before it is paid; writes nothing',
    body: Exact(Cart),
    refusals: ['api-key.other-store', 'store.closed', 'member.unknown', ...ofSale],
    reply: Exact({ ...EarnedReply, amountFen: TotalFen, offset: Maybe(OffsetPreview), expiresOn: Nullable(Day) }),
  },
  'POST /open/purchases': {
    for: 'partner',
    summary:
      'Record a purchase; sent again it is answered as before, never paid twice. A receipt number of an earlier day is refused',
    body: Exact(Cart),
    refusals: ['api-key.other-store', 'store.closed', 'member.unknown', ...ofSale],
    reply: Exact({
      ...EarnedReply,
      ...Repeats,
      seq: Count,
      amountFen: TotalFen,
      offset: Maybe(PaidWithPoints),
      expiresOn: Nullable(Day),
    }),
  },
  'POST /open/purchases/confirmations': {
    for: 'partner',
    summary: 'Say that a purchase stays: its points can be used from today. Again it changes nothing',
    body: Exact({ storeId: Id, receiptNo: ReceiptNo }),
    refusals: ['api-key.other-store', 'receipt.unknown', 'member.unknown', 'member.merged'],
    reply: Exact({ points: Points, ...Repeats }),
  },
  'POST /open/returns': {
    for: 'partner',
    summary: 'Take goods back and, in proportion, their points',
    body: Exact({ ...ReturnedGoods.properties, ...ClaimShown, requestId: RequestId }),
    refusals: ['api-key.other-store', 'member.unknown', ...ofReturn, 'return.changed'],
    reply: Exact({ ...Claim, ...Repeats }),
  },
  'GET /open/members/:memberNo': {
    for: 'partner',
    summary: 'What a member has and which tier they are in',
    params: Exact({ memberNo: MemberNo }),
    refusals: ['member.unknown'],
    reply: Exact({
      memberNo: Type.String(),
      standing: Standing,
      balance: Points,
      usable: Points,
      tierName: Type.String(),
    }),
  },
} satisfies Endpoints

export type OpenApiApi = ApiOf<typeof openApi>
