import Type, { type Static } from 'typebox'
import { AmountFen, Day, Id, Line, Points, Slug, Text } from './fields.ts'
import { Exact, Nullable, OneOf } from './http.ts'

/** Basis points of a multiplier: 10 000 = ×1, 15 000 = ×1.5. */
const MultiplierBp = Type.Integer({ minimum: 10_000, maximum: 1_000_000 })
const Words = Type.Array(Line(40), { maxItems: 100 })

/** All conditions of a rule must hold. */
export const Condition = Type.Union([
  Exact({ type: Type.Literal('amount-at-least'), amountFen: AmountFen }),
  Exact({ type: Type.Literal('amount-below'), amountFen: AmountFen }),
  Exact({ type: Type.Literal('first-purchase') }),
  Exact({ type: Type.Literal('tier'), tierIds: Type.Array(Slug, { minItems: 1, maxItems: 20 }) }),
  Exact({ type: Type.Literal('store'), storeIds: Type.Array(Id, { minItems: 1, maxItems: 500 }) }),
  /** 1 = Monday … 7 = Sunday, by the shop's business day. */
  Exact({
    type: Type.Literal('weekday'),
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
  }),
  Exact({ type: Type.Literal('birthday-month') }),
])

/** Which lines of a purchase a rule looks at; an empty list of `only` means all. */
export const Scope = Exact({
  only: Exact({ categories: Words, brands: Words, skus: Words }),
  except: Exact({ categories: Words, brands: Words, skus: Words }),
})

export const Gift = Type.Union([
  Exact({ type: Type.Literal('fixed'), points: Points }),
  /** `points` for every `perFen` of the amount in scope. */
  Exact({
    type: Type.Literal('rate'),
    points: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    perFen: Type.Integer({ minimum: 1, maximum: 100_000_00 }),
  }),
  Exact({ type: Type.Literal('per-unit'), points: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }),
  /** Multiplies what the rules without a multiplier gave on the lines in scope. */
  Exact({ type: Type.Literal('multiply'), multiplierBp: MultiplierBp }),
  /** A multiplier by the purchase's amount: the band with the largest `fromFen` that is reached. */
  Exact({
    type: Type.Literal('bands'),
    bands: Type.Array(Exact({ fromFen: AmountFen, multiplierBp: MultiplierBp }), { minItems: 1, maxItems: 20 }),
  }),
])

export const EarningRule = Exact({
  id: Slug,
  name: Line(30),
  enabled: Type.Boolean(),
  from: Nullable(Day),
  until: Nullable(Day),
  conditions: Type.Array(Condition, { maxItems: 10 }),
  scope: Scope,
  gift: Gift,
  /** Of the rules that share a group's name the one that gives most counts; rules without a group add up. */
  group: Text(30),
})

export const Expiry = Type.Union([
  Exact({ type: Type.Literal('never') }),
  Exact({ type: Type.Literal('days'), days: Type.Integer({ minimum: 1, maximum: 3_660 }) }),
  Exact({ type: Type.Literal('months'), months: Type.Integer({ minimum: 1, maximum: 120 }) }),
  /** Last day of the month that lies `months` after the month of earning. */
  Exact({ type: Type.Literal('month-end'), months: Type.Integer({ minimum: 0, maximum: 120 }) }),
  /** Last day of the year that lies `years` after the year of earning. */
  Exact({ type: Type.Literal('year-end'), years: Type.Integer({ minimum: 0, maximum: 10 }) }),
])

export const Tier = Exact({
  id: Slug,
  name: Line(12),
  fromPoints: Points,
  multiplierBp: MultiplierBp,
  benefits: Type.Array(Exact({ class: OneOf('shopping', 'service', 'value-added'), name: Line(20), text: Text(100) }), {
    maxItems: 20,
  }),
})

export const Policy = Exact({
  name: Line(30),
  earning: Exact({
    /** How fractions of a point end, once for each rule and receipt. */
    rounding: OneOf('down', 'nearest', 'up'),
    /** Several multipliers on one line multiply each other, or only the largest counts. */
    multipliers: OneOf('multiply', 'best'),
    rules: Type.Array(EarningRule, { maxItems: 100 }),
  }),
  registration: Exact({ points: Points }),
  /** Days until the points of a purchase can be used, while it may be returned; 0: at once. */
  pendingDays: Type.Integer({ minimum: 0, maximum: 90 }),
  expiry: Expiry,
  /** A return that asks back points already spent: owed and paid by later earnings, or let go and recorded. */
  returns: OneOf('debt', 'clamp'),
  checkIn: Exact({
    enabled: Type.Boolean(),
    points: Points,
    /** Paid on the day the streak reaches `days`. */
    extras: Type.Array(Exact({ days: Type.Integer({ minimum: 2, maximum: 366 }), points: Points }), { maxItems: 20 }),
    /** The streak starts again after so many days; 0: it goes on. */
    cycleDays: Type.Integer({ minimum: 0, maximum: 366 }),
  }),
  referral: Exact({
    enabled: Type.Boolean(),
    when: OneOf('registration', 'first-purchase'),
    inviterPoints: Points,
    inviteePoints: Points,
    /** Smallest first purchase that counts, fen. */
    minimumFen: AmountFen,
    /** Rewarded friends a month; 0: no limit. */
    perMonth: Type.Integer({ minimum: 0, maximum: 10_000 }),
  }),
  tiers: Exact({
    /** Earned points count from January 1st, over the last 12 months, or for ever. */
    window: OneOf('calendar-year', 'rolling-year', 'lifetime'),
    levels: Type.Array(Tier, { maxItems: 20 }),
  }),
  /** What points are worth, for the liability page: points for one yuan. */
  pointsPerYuan: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  reminder: Exact({
    enabled: Type.Boolean(),
    daysBefore: Type.Integer({ minimum: 1, maximum: 60 }),
    minimumPoints: Points,
    /** No message before or from this hour at the shop, 0–24. */
    fromHour: Type.Integer({ minimum: 0, maximum: 23 }),
    untilHour: Type.Integer({ minimum: 1, maximum: 24 }),
  }),
})

export type Policy = Static<typeof Policy>
export type EarningRule = Static<typeof EarningRule>
export type Condition = Static<typeof Condition>
export type Scope = Static<typeof Scope>
export type Gift = Static<typeof Gift>
export type Expiry = Static<typeof Expiry>
export type Tier = Static<typeof Tier>

/** A fault or a doubt about a policy: `path` points at the field, as in `earning.rules.0.gift.points`. */
export const PolicyFault = Exact({ path: Type.String(), level: OneOf('error', 'warning'), text: Type.String() })
export type PolicyFault = Static<typeof PolicyFault>

export const PolicyVersion = Type.Integer({ minimum: 1, maximum: 1_000_000 })
