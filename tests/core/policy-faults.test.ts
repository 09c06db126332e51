import { demoPolicy } from '@pointbook/config/policies/demo'
import { policyFaults } from '@pointbook/server/core/policy-faults'
import type { Condition, EarningRule } from '@pointbook/shared/contract/earning-rule'
import type { Policy, Tier } from '@pointbook/shared/contract/policy'
import { expect, it } from 'vitest'
import { aPolicy, aRule, earningBy, living, tiersOf } from '../support/policies.ts'

const nothing = { categories: [], brands: [], skus: [] }
const rate = { type: 'rate', points: 1, perFen: 100 } as const
const double = { type: 'multiply', multiplierBp: 20_000 } as const

const withRule = (rule: Partial<EarningRule>) =>
  aPolicy({
    earning: earningBy([aRule({ id: 'first', gift: rate }), aRule({ id: 'second', gift: double, ...rule })]),
  })
const withConditions = (...conditions: Condition[]) => withRule({ conditions })
const aTier = (tier: Partial<Tier>): Tier => ({
  id: 'a',
  name: '甲',
  from: 0,
  multiplierBp: 10_000,
  benefits: [],
  ...tier,
})
const withTiers = (...levels: Tier[]) => aPolicy({ tiers: tiersOf(levels) })

const found = (policy: Policy) => policyFaults(policy).map(({ level, path }) => `${level} ${path}`)
const rule = 'earning.rules.1'

it('finds nothing wrong with the demo policy nor with the plainest one', () => {
  expect(policyFaults(demoPolicy)).toEqual([])
  expect(policyFaults(aPolicy())).toEqual([])
})

it('says what is wrong in words a shop owner understands', () => {
  const both: Condition[] = [
    { type: 'amount-at-least', amountFen: 100_00 },
    { type: 'amount-below', amountFen: 50_50 },
  ]
  expect(policyFaults(withConditions(...both))).toEqual([
    {
      level: 'error',
      path: `${rule}.conditions.1.amountFen`,
      text: '消费满 100 元又不到 50.50 元，这条规则永远不会生效',
    },
  ])
})

it.each<[string, Policy, string]>([
  ['two rules with one id', withRule({ id: 'first' }), `error ${rule}.id`],
  ['an end before the beginning', withRule({ from: '2026-05-02', until: '2026-05-01' }), `error ${rule}.until`],
  ['a day that does not exist', withRule({ from: '2026-02-30' }), `error ${rule}.from`],
  [
    'a period without the chosen weekday',
    withRule({ from: '2026-03-02', until: '2026-03-03', conditions: [{ type: 'weekday', days: [3] }] }),
    `error ${rule}.until`,
  ],
  [
    'amounts from and below the same figure',
    withConditions({ type: 'amount-at-least', amountFen: 100 }, { type: 'amount-below', amountFen: 100 }),
    `error ${rule}.conditions.1.amountFen`,
  ],
  [
    'amounts below nothing',
    withConditions({ type: 'amount-below', amountFen: 0 }),
    `error ${rule}.conditions.0.amountFen`,
  ],
  ['a tier that is no more', withConditions({ type: 'tier', tierIds: ['gone'] }), `error ${rule}.conditions.0.tierIds`],
  [
    'weekdays that never fall together',
    withConditions({ type: 'weekday', days: [1, 2] }, { type: 'weekday', days: [3] }),
    `error ${rule}.conditions.1`,
  ],
  [
    'stores that are never the same',
    withConditions({ type: 'store', storeIds: [1] }, { type: 'first-purchase' }, { type: 'store', storeIds: [2] }),
    `error ${rule}.conditions.2`,
  ],
  [
    'goods that take part and are left out',
    withRule({ scope: { only: { ...nothing, brands: ['甲'] }, except: { ...nothing, brands: ['乙', '甲'] } } }),
    `error ${rule}.scope.except.brands`,
  ],
  ['a gift of nothing', withRule({ gift: { type: 'fixed', points: 0 } }), `warning ${rule}.gift.points`],
  [
    'a multiplier of one',
    withRule({ gift: { type: 'multiply', multiplierBp: 10_000 } }),
    `warning ${rule}.gift.multiplierBp`,
  ],
  [
    'a rate that gives half the money back',
    withRule({ gift: { type: 'rate', points: 51, perFen: 100 } }),
    `warning ${rule}.gift.points`,
  ],
  ['a group the policy does not have', withRule({ group: 'gone' }), `error ${rule}.group`],
])('names the rule with %s', (_, policy, expected) => {
  expect(found(policy)).toEqual([expected])
})

it('names the band that begins where another does, and the one that gives less for more', () => {
  const bands = [
    { fromFen: 200_00, multiplierBp: 15_000 },
    { fromFen: 100_00, multiplierBp: 20_000 },
    { fromFen: 200_00, multiplierBp: 30_000 },
  ]
  expect(found(withRule({ gift: { type: 'bands', bands } }))).toEqual([
    `error ${rule}.gift.bands.2.fromFen`,
    `warning ${rule}.gift.bands.0.multiplierBp`,
  ])
})

it('doubts rules of which none gives points', () => {
  const rules = [aRule({ gift: double }), aRule({ id: 'off', gift: rate, enabled: false })]
  expect(found(aPolicy({ earning: earningBy(rules) }))).toEqual(['warning earning.rules'])
})

it('knows a tier condition that names tiers of the policy', () => {
  const policy = { ...withConditions({ type: 'tier', tierIds: ['a'] }), tiers: withTiers(aTier({})).tiers }
  expect(found(policy)).toEqual([])
})

it.each<[string, Partial<Policy>, string]>([
  [
    'points that end before they can be used',
    { expiry: living({ type: 'days', days: 9 }), pending: { until: 'days', days: 10 } },
    'error pending.days',
  ],
  [
    'points that end before they can be used in one month of the year only',
    { expiry: living({ type: 'months', months: 3 }), pending: { until: 'days', days: 90 } },
    'error pending.days',
  ],
  [
    'points that end with the month',
    { expiry: living({ type: 'month-end', months: 0 }) },
    'warning expiry.life.months',
  ],
  [
    'points that end with the year',
    { expiry: living({ type: 'year-end', years: 0, graceMonths: 0 }) },
    'warning expiry.life.years',
  ],
  [
    'a reminder that follows the earning at once',
    { expiry: living({ type: 'days', days: 7 }), reminder: { ...aPolicy().reminder, daysBefore: 7 } },
    'warning reminder.daysBefore',
  ],
  [
    'reminder hours that end before they begin',
    { reminder: { ...aPolicy().reminder, fromHour: 9, untilHour: 9 } },
    'error reminder.untilHour',
  ],
  [
    'two extras on one day of the streak',
    {
      checkIn: {
        ...aPolicy().checkIn,
        extras: [
          { days: 3, points: 1 },
          { days: 3, points: 2 },
        ],
      },
    },
    'error checkIn.extras.1.days',
  ],
  [
    'an extra beyond the cycle',
    { checkIn: { ...aPolicy().checkIn, extras: [{ days: 8, points: 1 }] } },
    'error checkIn.extras.0.days',
  ],
  [
    'a check-in that gives nothing',
    { checkIn: { ...aPolicy().checkIn, scheme: { type: 'fixed', points: 0 }, extras: [] } },
    'warning checkIn.scheme.points',
  ],
  [
    'an invitation without reward',
    { referral: { ...aPolicy().referral, when: 'registration', inviterPoints: 0 } },
    'warning referral.inviterPoints',
  ],
  [
    'a minimum purchase for a reward at registration',
    { referral: { ...aPolicy().referral, when: 'registration', minimumFen: 1 } },
    'warning referral.minimumFen',
  ],
])('finds %s', (_, changes, expected) => {
  expect(found(aPolicy(changes)).filter((one) => one === expected)).toEqual([expected])
})

it('lets 90 days of waiting stand where points live four months', () => {
  expect(
    found(aPolicy({ expiry: living({ type: 'months', months: 4 }), pending: { until: 'days', days: 90 } })),
  ).toEqual([])
})

it('leaves a referral and a reminder alone that are switched off', () => {
  const { referral, reminder } = aPolicy()
  const off = {
    referral: { ...referral, enabled: false, inviterPoints: 0 },
    reminder: { ...reminder, enabled: false, untilHour: 1 },
  }
  expect(found(aPolicy(off))).toEqual([])
})

it.each<[string, Policy, string]>([
  ['that begin above 0', withTiers(aTier({ from: 100 })), 'warning tiers.levels.0.from'],
  [
    'of which a higher one asks no more',
    withTiers(aTier({}), aTier({ id: 'b', name: '乙', from: 0 })),
    'error tiers.levels.1.from',
  ],
  ['with one id', withTiers(aTier({}), aTier({ name: '乙', from: 1 })), 'error tiers.levels.1.id'],
  ['with one name', withTiers(aTier({}), aTier({ id: 'b', from: 1 })), 'warning tiers.levels.1.name'],
  [
    'of which a higher one earns more slowly',
    withTiers(aTier({ multiplierBp: 12_000 }), aTier({ id: 'b', name: '乙', from: 1 })),
    'warning tiers.levels.1.multiplierBp',
  ],
])('finds tiers %s', (_, policy, expected) => {
  expect(found(policy)).toEqual([expected])
})
