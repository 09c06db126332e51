import Type, { type Static, type TSchema } from 'typebox'
import { bandFields, capFields, factFields, giftFields } from '../../policy-fields/earning-rule.ts'
import { Day, Id, Name, Slug, Text } from '../fields.ts'
import { Exact, Nullable, OneOf } from '../http.ts'
import { schemasOf } from './policy-field.ts'

const Words = Type.Array(Name(40), { maxItems: 100 })

/** Minutes since midnight at the shop. */
export const Minute = Type.Integer({ minimum: 0, maximum: 1_440 })

/** Which activity or custom event, by its code; '' for any. */
export const EventCode = Type.String({ pattern: '^([a-z0-9][a-z0-9-]{0,39})?$' })

const some = <T extends TSchema>(of: T, maxItems: number) => Type.Array(of, { minItems: 1, maxItems })

/** What may earn. `share` is a shared link that led to a registration, never the share itself. */
export const Trigger = OneOf(
  'purchase',
  'registration',
  'profile',
  'check-in',
  'referral',
  'review',
  'share',
  'activity',
  'birthday',
  'event',
)

export const Channel = OneOf('store', 'mini-program', 'online', 'delivery', 'partner')

export const PaymentMethod = OneOf('cash', 'wechat', 'alipay', 'card', 'stored-value', 'other')

const Fact = Type.Union([
  Exact({ type: Type.Literal('amount-at-least'), ...schemasOf(factFields['amount-at-least']) }),
  Exact({ type: Type.Literal('amount-below'), ...schemasOf(factFields['amount-below']) }),
  Exact({ type: Type.Literal('first-purchase') }),
  /** The n-th purchase, or with `every` each n-th. */
  Exact({
    type: Type.Literal('nth-purchase'),
    ...schemasOf(factFields['nth-purchase']),
    every: Type.Boolean(),
  }),
  Exact({ type: Type.Literal('tier'), tierIds: some(Slug, 20) }),
  /** Any of the tags the merchant has put on the member. */
  Exact({ type: Type.Literal('tag'), tags: some(Name(20), 50) }),
  Exact({ type: Type.Literal('store'), storeIds: some(Id, 500) }),
  Exact({ type: Type.Literal('channel'), channels: some(Channel, 5) }),
  Exact({ type: Type.Literal('payment'), methods: some(PaymentMethod, 6) }),
  /** 1 = Monday … 7 = Sunday, by the shop's business day. */
  Exact({ type: Type.Literal('weekday'), days: some(Type.Integer({ minimum: 1, maximum: 7 }), 7) }),
  Exact({ type: Type.Literal('month-day'), days: some(Type.Integer({ minimum: 1, maximum: 31 }), 31) }),
  /** Minutes since midnight at the shop, from the first up to but without the second; over midnight when it is smaller. */
  Exact({ type: Type.Literal('hours'), fromMinute: Minute, untilMinute: Minute }),
  Exact({ type: Type.Literal('dates'), from: Day, until: Day }),
  /** The birthday itself, the seven days around it, or its month; 29 February counts as 28 in other years. */
  Exact({ type: Type.Literal('birthday'), within: OneOf('day', 'week', 'month') }),
  Exact({ type: Type.Literal('member-for'), ...schemasOf(factFields['member-for']) }),
])

const combined = <T extends TSchema>(inner: T) =>
  Type.Union([
    Fact,
    Exact({ type: Type.Literal('all'), of: Type.Array(inner, { minItems: 1, maxItems: 10 }) }),
    Exact({ type: Type.Literal('any'), of: Type.Array(inner, { minItems: 1, maxItems: 10 }) }),
    Exact({ type: Type.Literal('not'), of: inner }),
  ])

/** A fact, or facts joined by all / any / not, two levels deep: as far as a form can be read. */
export const Condition = combined(combined(Fact))

/** Which lines of a purchase a rule looks at; an empty list of `only` means all. */
export const Scope = Exact({
  only: Exact({ categories: Words, brands: Words, skus: Words }),
  except: Exact({ categories: Words, brands: Words, skus: Words }),
})

export const Gift = Type.Union([
  Exact({ type: Type.Literal('fixed'), ...schemasOf(giftFields.fixed) }),
  Exact({ type: Type.Literal('rate'), ...schemasOf(giftFields.rate) }),
  Exact({ type: Type.Literal('step'), ...schemasOf(giftFields.step) }),
  Exact({ type: Type.Literal('percent'), ...schemasOf(giftFields.percent) }),
  Exact({ type: Type.Literal('per-unit'), ...schemasOf(giftFields['per-unit']) }),
  Exact({ type: Type.Literal('multiply'), ...schemasOf(giftFields.multiply) }),
  Exact({
    type: Type.Literal('bands'),
    bands: Type.Array(Exact(schemasOf(bandFields)), { minItems: 1, maxItems: 20 }),
  }),
])

export const Caps = Exact(schemasOf(capFields))

export const EarningRule = Exact({
  id: Slug,
  name: Name(30),
  enabled: Type.Boolean(),
  trigger: Trigger,
  event: EventCode,
  from: Nullable(Day),
  until: Nullable(Day),
  /** All of them must hold. */
  conditions: Type.Array(Condition, { maxItems: 10 }),
  scope: Scope,
  gift: Gift,
  caps: Caps,
  /** Id of the group it belongs to; '' for none. */
  group: Text(40),
})

/**
 * How the rules of a group combine: all add up; only the one with the most points counts; or only the first that applies, in the
 * order of the rules.
 */
export const RuleGroup = Exact({ id: Slug, name: Name(20), mode: OneOf('add', 'best', 'exclusive') })

export type Trigger = Static<typeof Trigger>

export type Channel = Static<typeof Channel>

export type PaymentMethod = Static<typeof PaymentMethod>

export type Fact = Static<typeof Fact>

export type Condition = Static<typeof Condition>

export type Scope = Static<typeof Scope>

export type Gift = Static<typeof Gift>

export type Caps = Static<typeof Caps>

export type EarningRule = Static<typeof EarningRule>

export type RuleGroup = Static<typeof RuleGroup>
