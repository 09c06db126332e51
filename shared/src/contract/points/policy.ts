import Type, { type Static } from 'typebox'
import { AmountFen, Name, Points, Slug, Text } from '../fields.ts'
import { Exact, Maybe, Nullable, OneOf } from '../http.ts'
import { EarningRule, MultiplierBp, RuleGroup, Trigger } from './earning-rule.ts'

const Months = (minimum: number) => Type.Integer({ minimum, maximum: 120 })

const Triggers = Type.Array(Trigger, { minItems: 1, maxItems: 10 })

/** How long points live, counted from the business day of earning. */
export const Life = Type.Union([
  Exact({ type: Type.Literal('never') }),
  Exact({ type: Type.Literal('days'), days: Type.Integer({ minimum: 1, maximum: 3_660 }) }),
  Exact({ type: Type.Literal('months'), months: Months(1) }),
  /** Last day of the month that lies `months` after the month of earning. */
  Exact({ type: Type.Literal('month-end'), months: Months(0) }),
  /** Last day of the year that lies `years` after the year of earning, and of so many months of grace after it. */
  Exact({
    type: Type.Literal('year-end'),
    years: Type.Integer({ minimum: 0, maximum: 10 }),
    graceMonths: Type.Integer({ minimum: 0, maximum: 11 }),
  }),
])

/** A purchase must come to so much, in money and stored value, to count as activity; any purchase when left out. Fen. */
const LeastFen = Maybe(AmountFen)

/** Activity that makes points live longer. What a purchase has lengthened its return takes back. */
export const Extension = Type.Union([
  /** In the last `withinMonths` before a lot ends, activity adds `addMonths` to it. */
  Exact({
    type: Type.Literal('activity'),
    by: Triggers,
    withinMonths: Months(1),
    addMonths: Months(1),
    leastFen: LeastFen,
  }),
  /** Activity moves all points still valid to `months` after it, never to an earlier day. */
  Exact({ type: Type.Literal('renewal'), by: Triggers, months: Months(1), leastFen: LeastFen }),
])

export const Expiry = Exact({
  life: Life,
  /** Other lives for points from these sources; the first that names the source counts. */
  bySource: Type.Array(Exact({ sources: Triggers, life: Life }), { maxItems: 10 }),
  extension: Nullable(Extension),
})

export const Benefit = Exact({
  class: OneOf('shopping', 'service', 'value-added'),
  type: OneOf('discount', 'birthday-gift', 'priority', 'free-delivery', 'dedicated-service', 'custom'),
  name: Name(20),
  text: Text(100),
})

export const Tier = Exact({
  id: Slug,
  name: Name(12),
  /** What must be reached, in the unit of the measure: points, fen or purchases. */
  from: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
  multiplierBp: MultiplierBp,
  benefits: Type.Array(Benefit, { maxItems: 20 }),
})

export const Tiers = Exact({
  /** Points earned, money spent or number of purchases; never the balance, so that spending points costs nobody a tier. */
  measure: OneOf('points', 'spend', 'purchases'),
  /** Counted since January 1st, over the last `rollingMonths` (this month is one of them), or for ever. */
  window: OneOf('calendar-year', 'rolling', 'lifetime'),
  rollingMonths: Type.Integer({ minimum: 1, maximum: 36 }),
  /** Who no longer reaches the tier held falls by one, to what is reached, or never. */
  downgrade: OneOf('one', 'reached', 'never'),
  /** Days a tier is kept after it is no longer reached. */
  graceDays: Type.Integer({ minimum: 0, maximum: 366 }),
  levels: Type.Array(Tier, { maxItems: 20 }),
})

/** Points of each day's check-in, by the day of the streak. */
export const CheckInScheme = Type.Union([
  Exact({ type: Type.Literal('fixed'), points: Points }),
  /** `from` on the first day, `step` more each day in a row, never above `most`. */
  Exact({ type: Type.Literal('growing'), from: Points, step: Points, most: Points }),
  /** Day by day; after the last it begins again. */
  Exact({ type: Type.Literal('cycle'), days: Type.Array(Points, { minItems: 2, maxItems: 31 }) }),
])

export const CheckIn = Exact({
  enabled: Type.Boolean(),
  scheme: CheckInScheme,
  /** Paid on the day the streak reaches `days`. */
  extras: Type.Array(Exact({ days: Type.Integer({ minimum: 2, maximum: 366 }), points: Points }), { maxItems: 20 }),
  /** The streak starts again after so many days; 0: it goes on. */
  cycleDays: Type.Integer({ minimum: 0, maximum: 366 }),
  /** A day left out may be made up for, for a price, so many days back and so often a month. */
  makeUp: Nullable(
    Exact({
      price: Points,
      daysBack: Type.Integer({ minimum: 1, maximum: 30 }),
      perMonth: Type.Integer({ minimum: 1, maximum: 31 }),
    }),
  ),
})

export const Referral = Exact({
  enabled: Type.Boolean(),
  /** The friend's registration, or the friend's first purchase that reaches `minimumFen` within `withinDays`. */
  when: OneOf('registration', 'purchase'),
  /** Smallest purchase that counts, fen. */
  minimumFen: AmountFen,
  /** Days after registration in which the purchase counts; 0: no limit. */
  withinDays: Type.Integer({ minimum: 0, maximum: 366 }),
  inviterPoints: Points,
  inviteePoints: Points,
  /** Rewarded friends a month and ever; 0: no limit. */
  perMonth: Type.Integer({ minimum: 0, maximum: 10_000 }),
  perInviter: Type.Integer({ minimum: 0, maximum: 100_000 }),
  /** What becomes of rewards for invitations that look like one person's own: refused, or held until the merchant decides. */
  suspicious: OneOf('refuse', 'hold'),
})

/** Paying with points. `maximumShareBp` of what is due may be paid with points: 5 000 keeps the cash at least as much as the offset. */
export const Offset = Exact({
  pointsPerYuan: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  minimumPoints: Points,
  stepPoints: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  maximumShareBp: Type.Integer({ minimum: 1, maximum: 10_000 }),
})

/** What a clerk may do; the first of each where a policy says nothing. */
export const Till = Exact({
  /** What spends a member's points at the till beside their word on the phone: the rotating code, or a printed card as well. */
  spendingNeeds: Maybe(OneOf('code', 'code-or-card')),
  /** Whether a clerk may record their own purchases. */
  ownPurchases: Maybe(OneOf('refuse', 'allow')),
})

export const Policy = Exact({
  name: Name(30),
  earning: Exact({
    /** How fractions of a point end, once for each line, each rule, or the whole receipt. */
    rounding: OneOf('down', 'nearest', 'up'),
    roundEach: OneOf('line', 'rule', 'receipt'),
    /** Several multipliers on one line multiply each other, or only the largest counts. */
    multipliers: OneOf('multiply', 'best'),
    /** What of the amount earns: the delivery fee, and what was paid by coupon, with points or from stored value. */
    basis: Exact({
      delivery: Type.Boolean(),
      coupons: Type.Boolean(),
      pointsPaid: Type.Boolean(),
      storedValue: Type.Boolean(),
    }),
    groups: Type.Array(RuleGroup, { maxItems: 20 }),
    rules: Type.Array(EarningRule, { maxItems: 100 }),
  }),
  /**
   * When the points of a purchase can be used: after so many days (0: at once), or once the purchase is confirmed and at the
   * latest after so many days (0: only then).
   */
  pending: Exact({ until: OneOf('days', 'confirmed'), days: Type.Integer({ minimum: 0, maximum: 90 }) }),
  expiry: Expiry,
  /** A return that asks back points already spent: owed and paid by later earnings, or let go and recorded. */
  returns: OneOf('debt', 'clamp'),
  /** Who joins, or tells the birthday, on the very day has it at once; else, as when left out, from the next birthday on. */
  birthdayAtOnce: Maybe(Type.Boolean()),
  offset: Nullable(Offset),
  till: Maybe(Till),
  checkIn: CheckIn,
  referral: Referral,
  tiers: Tiers,
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

export type Life = Static<typeof Life>

export type Extension = Static<typeof Extension>

export type Tier = Static<typeof Tier>

export type Benefit = Static<typeof Benefit>

export type Policy = Static<typeof Policy>

/** A fault or a doubt about a policy: `path` points at the field, as in `earning.rules.0.gift.points`. */
export const PolicyFault = Exact({ path: Type.String(), level: OneOf('error', 'warning'), text: Type.String() })

export type PolicyFault = Static<typeof PolicyFault>

export const PolicyVersion = Type.Integer({ minimum: 1, maximum: 1_000_000 })
