import Type, { type Static } from 'typebox'
import { AmountFen, Day, Id, Name } from '../fields.ts'
import { Exact, Nullable } from '../http.ts'
import { Channel, Minute, Scope } from '../points/earning-rule.ts'

const Money = Type.Integer({ minimum: 1, maximum: 1_000_000_00 })

/** What a coupon takes off the price. Money is fen; `fromFen` is the least amount of the goods in its scope, 0 for none. */
export const CouponSaving = Type.Union([
  /** 满减: a fixed amount off. */
  Exact({ type: Type.Literal('amount'), offFen: Money, fromFen: AmountFen }),
  /** 折扣: hundredths of a percent of the price off, at most `mostFen`; 2 000 is 八折. */
  Exact({
    type: Type.Literal('percent'),
    offBp: Type.Integer({ minimum: 1, maximum: 9_999 }),
    mostFen: Nullable(Money),
    fromFen: AmountFen,
  }),
  /** 代金券: pays so much of the price; what is left over is lost. */
  Exact({ type: Type.Literal('voucher'), worthFen: Money }),
  /** 兑换券: one piece of the goods in its scope for nothing, up to `mostFen` of its price. */
  Exact({ type: Type.Literal('exchange'), goods: Name(20), mostFen: Money }),
  /** 免运费: the delivery fee, up to `mostFen`. */
  Exact({ type: Type.Literal('delivery'), mostFen: Money, fromFen: AmountFen }),
])

/** When and where a coupon can be used; an empty list means everywhere and always. */
export const CouponPlace = Exact({
  storeIds: Type.Array(Id, { maxItems: 500 }),
  channels: Type.Array(Channel, { maxItems: 5 }),
  /** 1 = Monday … 7 = Sunday, by the shop's business day. */
  weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7 }),
  /** From the first minute of the day up to but without the second; over midnight when it is smaller. Null for the whole day. */
  hours: Nullable(Exact({ fromMinute: Minute, untilMinute: Minute })),
})

export const CouponValidity = Type.Union([
  Exact({ type: Type.Literal('dates'), from: Day, until: Day }),
  /** `days` usable days, the first `after` days after the grant. */
  Exact({
    type: Type.Literal('days'),
    after: Type.Integer({ minimum: 0, maximum: 366 }),
    days: Type.Integer({ minimum: 1, maximum: 3_660 }),
  }),
])

/** What one purchase may combine with the coupon. */
export const CouponStacking = Exact({
  /** Other coupons. */
  coupons: Type.Boolean(),
  /** How many of this kind; 1 where other coupons are not allowed. */
  pieces: Type.Integer({ minimum: 1, maximum: 10 }),
  /** Points that pay a part. */
  offset: Type.Boolean(),
})

/** What a coupon promises. A granted coupon keeps the terms it was granted with. */
export const CouponTerms = Exact({
  saving: CouponSaving,
  goods: Scope,
  place: CouponPlace,
  validity: CouponValidity,
  stacking: CouponStacking,
})

export type CouponSaving = Static<typeof CouponSaving>

export type CouponPlace = Static<typeof CouponPlace>

export type CouponValidity = Static<typeof CouponValidity>

export type CouponTerms = Static<typeof CouponTerms>
