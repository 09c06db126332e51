import { type EarningEvent, type Line, nothingElse, type Who } from '@pointbook/server/core/earning/event'
import type {
  Caps,
  Condition,
  EarningRule,
  Gift,
  RuleGroup,
  Scope,
} from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import fc from 'fast-check'
import { aPolicy, aRule, earningBy, tiersOf } from './policies.ts'

/** A purchase on Monday 2 March 2026 at ten, one line an amount. */
export const aPurchase = (
  amountsFen: number[],
  who: Partial<Who> = {},
  changes: Partial<EarningEvent> = {},
): EarningEvent => ({
  trigger: 'purchase',
  code: '',
  lines: amountsFen.map((amountFen) => ({ name: '商品', quantity: 1, amountFen })),
  paid: nothingElse,
  storeId: 1,
  channel: 'store',
  payment: 'wechat',
  on: '2026-03-02',
  minute: 600,
  who: { purchases: 1, tierId: null, tags: [], birthday: null, joinedOn: null, ...who },
  given: [],
  ...changes,
})

export const withFirstLine = (event: EarningEvent, changes: Partial<Line>): EarningEvent => ({
  ...event,
  lines: event.lines.map((line, index) => (index === 0 ? { ...line, ...changes } : line)),
})

export const withRules = (...rules: EarningRule[]): Policy => aPolicy({ earning: earningBy(rules) })

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 2 })
const amount = fc.nat(60_000)
const none = fc.constant<string[]>([])
const goods = fc.subarray(['茶', '咖啡', '点心'])

const gifts: fc.Arbitrary<Gift> = fc.oneof(
  fc.record({ type: fc.constant('fixed' as const), points: fc.nat(100) }),
  fc.record({
    type: fc.constantFrom('rate' as const, 'step' as const),
    points: fc.integer({ min: 1, max: 20 }),
    perFen: fc.integer({ min: 1, max: 9_999 }),
  }),
  fc.record({ type: fc.constant('percent' as const), percentBp: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({ type: fc.constant('per-unit' as const), points: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ type: fc.constant('multiply' as const), multiplierBp: fc.integer({ min: 10_000, max: 35_000 }) }),
  fc.record({
    type: fc.constant('bands' as const),
    bands: fc.array(fc.record({ fromFen: amount, multiplierBp: fc.integer({ min: 10_000, max: 35_000 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
)

const conditions: fc.Arbitrary<Condition[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('amount-at-least' as const), amountFen: fc.nat(20_000) }),
    fc.constant<Condition>({ type: 'first-purchase' }),
    fc.constant<Condition>({ type: 'not', of: { type: 'weekday', days: [2] } }),
    fc.constant<Condition>({ type: 'hours', fromMinute: 1_200, untilMinute: 700 }),
  ),
  { maxLength: 1 },
)

const scopes: fc.Arbitrary<Scope> = fc.record({
  only: fc.record({ categories: goods, brands: none, skus: none }),
  except: fc.record({ categories: fc.oneof(none, goods), brands: none, skus: none }),
})

const everything: Scope = aRule({ gift: { type: 'fixed', points: 0 } }).scope

const caps: fc.Arbitrary<Caps> = fc.record({
  day: maybe(fc.nat(300)),
  month: maybe(fc.nat(600)),
  member: maybe(fc.nat(900)),
  budget: maybe(fc.nat(2_000)),
})

/** Rules of every kind, each with an id of its own; `groups` are those that exist. */
const someRules = (groups: readonly string[]): fc.Arbitrary<EarningRule[]> =>
  fc
    .array(
      fc.record({
        gift: gifts,
        conditions,
        scope: fc.oneof(fc.constant(everything), scopes),
        caps: fc.oneof(fc.constant(aRule({ gift: { type: 'fixed', points: 0 } }).caps), caps),
        group: fc.constantFrom('', ...groups),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((rules) => rules.map((rule, index) => aRule({ id: `r${index}`, name: `规则${index}`, ...rule })))

const someGroups: fc.Arbitrary<RuleGroup[]> = fc
  .array(fc.constantFrom('add' as const, 'best' as const, 'exclusive' as const), { maxLength: 3 })
  .map((modes) => modes.map((mode, index) => ({ id: `g${index}`, name: `组${index}`, mode })))

const levels = [
  { id: 'silver', name: '银卡', from: 0, multiplierBp: 10_000, benefits: [] },
  { id: 'gold', name: '金卡', from: 300, multiplierBp: 12_500, benefits: [] },
]

/** Policies with rules of every kind, in groups of every mode. */
export const somePolicies: fc.Arbitrary<Policy> = someGroups.chain((groups) =>
  fc
    .record({
      rules: someRules(groups.map(({ id }) => id)),
      rounding: fc.constantFrom('down' as const, 'nearest' as const, 'up' as const),
      roundEach: fc.constantFrom('line' as const, 'rule' as const, 'receipt' as const),
      multipliers: fc.constantFrom('multiply' as const, 'best' as const),
    })
    .map(({ rules, ...how }) => aPolicy({ earning: earningBy(rules, { groups, ...how }), tiers: tiersOf(levels) })),
)

/** Purchases of up to six lines by members old and new. */
export const somePurchases: fc.Arbitrary<EarningEvent> = fc
  .record({
    lines: fc.array(
      fc.record({
        name: fc.constant('商品'),
        category: fc.constantFrom('茶', '咖啡', '点心'),
        quantity: fc.integer({ min: 1, max: 5 }),
        amountFen: amount,
      }),
      { minLength: 1, maxLength: 6 },
    ),
    couponFen: fc.oneof(fc.constant(0), fc.nat(5_000)),
    purchases: fc.nat(3),
    tierId: fc.constantFrom(null, 'silver', 'gold'),
  })
  .map(({ lines, couponFen, purchases, tierId }) =>
    aPurchase([], { purchases, tierId }, { lines, paid: { ...nothingElse, couponFen } }),
  )
