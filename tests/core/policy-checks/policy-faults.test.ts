import { demoPolicy } from '@pointbook/config/policies/demo'
import { policyFaults } from '@pointbook/server/core/policy-checks/policy-faults'
import type { Condition, EarningRule, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Benefit, Life, Policy, Tier } from '@pointbook/shared/contract/points/policy'
import { expect, it } from 'vitest'
import { aPolicy, aRule, earningBy, living, tiersOf } from '../../support/policies.ts'

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
const priority: Benefit = { class: 'service', type: 'priority', name: '优先', text: '优先接待' }
const withTiers = (...levels: Tier[]) => aPolicy({ tiers: tiersOf(levels) })

const year: Life = { type: 'months', months: 12 }
const quarter = (...sources: Trigger[]) => ({ sources, life: { type: 'days', days: 89 } as const })
const activity = (withinMonths: number, addMonths: number): Partial<Policy> => ({
  expiry: { ...living(year), extension: { type: 'activity', by: ['purchase'], withinMonths, addMonths } },
})
const offset = (changes: Partial<NonNullable<Policy['offset']>>): Partial<Policy> => ({
  offset: { pointsPerYuan: 100, minimumPoints: 100, stepPoints: 100, maximumShareBp: 5_000, ...changes },
})
const checkIn = (changes: Partial<Policy['checkIn']>): Partial<Policy> => ({
  checkIn: { ...aPolicy().checkIn, ...changes },
})
const growing = (from: number, step: number, most: number) => checkIn({ scheme: { type: 'growing', from, step, most } })

const faultsOf = (policy: Policy) => policyFaults(policy).map(({ level, path }) => `${level} ${path}`)
const rule = 'earning.rules.1'

it('finds no faults in the demo policy and in the simplest policy', () => {
  expect(policyFaults(demoPolicy)).toEqual([])
  expect(policyFaults(aPolicy())).toEqual([])
})

it('describes faults in words that a shop owner understands', () => {
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

it('warns when no rule gives points', () => {
  const rules = [aRule({ gift: double }), aRule({ id: 'off', gift: rate, enabled: false })]
  expect(faultsOf(aPolicy({ earning: earningBy(rules) }))).toEqual(['warning earning.rules'])
})

it('accepts a tier condition with tiers of the policy', () => {
  const policy = { ...withConditions({ type: 'tier', tierIds: ['a'] }), tiers: withTiers(aTier({})).tiers }
  expect(faultsOf(policy)).toEqual([])
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
  [
    'points of a source that end with the month',
    {
      expiry: {
        ...living({ type: 'never' }),
        bySource: [{ sources: ['check-in'], life: { type: 'month-end', months: 0 } }],
      },
    },
    'warning expiry.bySource.0.life.months',
  ],
  [
    'a source whose life is set twice',
    { expiry: { ...living(year), bySource: [quarter('check-in'), quarter('review', 'check-in')] } },
    'error expiry.bySource.1.sources',
  ],
  [
    'a source that lives like all others',
    { expiry: { ...living(year), bySource: [{ sources: ['review'], life: year }] } },
    'warning expiry.bySource.0.life',
  ],
  [
    'purchases that wait longer than their own points live',
    { expiry: { ...living(year), bySource: [quarter('purchase')] }, pending: { until: 'confirmed', days: 90 } },
    'error pending.days',
  ],
  [
    'an extension of points that never end',
    { expiry: { ...living({ type: 'never' }), extension: { type: 'renewal', by: ['purchase'], months: 12 } } },
    'warning expiry.extension',
  ],
  [
    'a renewal shorter than the life',
    { expiry: { ...living(year), extension: { type: 'renewal', by: ['purchase'], months: 6 } } },
    'warning expiry.extension.months',
  ],
  ['an extension that any activity wins', activity(13, 13), 'warning expiry.extension.withinMonths'],
  ['an extension that can be won again at once', activity(6, 3), 'warning expiry.extension.addMonths'],
  ['an offset worth more than the points', offset({ pointsPerYuan: 50 }), 'warning offset.pointsPerYuan'],
  ['an offset whose minimum is no step', offset({ minimumPoints: 150 }), 'error offset.minimumPoints'],
  ['an offset of less than a fen', offset({ pointsPerYuan: 101, stepPoints: 1 }), 'error offset.stepPoints'],
  ['a growing check-in that shrinks', growing(10, 1, 5), 'error checkIn.scheme.most'],
  ['a growing check-in that does not grow', growing(5, 0, 10), 'warning checkIn.scheme.step'],
  [
    'a cycle of nothing',
    checkIn({ scheme: { type: 'cycle', days: [0, 0] }, extras: [] }),
    'warning checkIn.scheme.days',
  ],
  [
    'making up for a day at more than it gives',
    checkIn({ makeUp: { price: 16, daysBack: 7, perMonth: 3 } }),
    'warning checkIn.makeUp.price',
  ],
  [
    'days to buy in for a reward at registration',
    { referral: { ...aPolicy().referral, when: 'registration', withinDays: 7 } },
    'warning referral.withinDays',
  ],
  [
    'more friends a month than ever',
    { referral: { ...aPolicy().referral, perMonth: 11, perInviter: 10 } },
    'warning referral.perMonth',
  ],
  [
    'grace for a tier that never falls',
    { tiers: tiersOf([], { downgrade: 'never', graceDays: 30 }) },
    'warning tiers.graceDays',
  ],
])('finds %s', (_, changes, expected) => {
  expect(faultsOf(aPolicy(changes))).toContain(expected)
})

it('accepts 90 days of waiting for points valid for four months', () => {
  expect(
    faultsOf(aPolicy({ expiry: living({ type: 'months', months: 4 }), pending: { until: 'days', days: 90 } })),
  ).toEqual([])
})

it('finds no faults in a valid offset, extension, make-up and tiers', () => {
  const makeUp = checkIn({ makeUp: { price: 15, daysBack: 7, perMonth: 3 } })
  expect(faultsOf(aPolicy({ ...offset({}), ...activity(6, 6), ...makeUp }))).toEqual([])
})

it('measures a tier in points, yuan or purchases', () => {
  const from = (measure: Policy['tiers']['measure']) =>
    policyFaults(aPolicy({ tiers: tiersOf([aTier({ from: 10_00 })], { measure }) })).map(({ text }) => text)
  expect([...from('points'), ...from('spend'), ...from('purchases')]).toEqual([
    '不到 1,000 分的会员没有等级',
    '不到 10 元的会员没有等级',
    '不到 1,000 次的会员没有等级',
  ])
})

it('does not check a referral and a reminder that are switched off', () => {
  const { referral, reminder } = aPolicy()
  const off = {
    referral: { ...referral, enabled: false, inviterPoints: 0 },
    reminder: { ...reminder, enabled: false, untilHour: 1 },
  }
  expect(faultsOf(aPolicy(off))).toEqual([])
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
  [
    'with two benefits of one name',
    withTiers(aTier({ benefits: [priority, { ...priority, class: 'shopping' }] })),
    'warning tiers.levels.0.benefits.1.name',
  ],
])('finds tiers %s', (_, policy, expected) => {
  expect(faultsOf(policy)).toEqual([expected])
})

it('warns that members can earn and keep points when returns let points go (FM6)', () => {
  expect(faultsOf(aPolicy({ returns: 'clamp' }))).toEqual(['warning returns'])
  expect(policyFaults(aPolicy({ returns: 'clamp' }))[0]!.text).toContain('买了再退')
})

it('warns that a tier gives nothing beside a rule that multiplies as much, where only the best counts (FM19)', () => {
  const bands = aRule({
    id: 'bands',
    name: '大单加倍',
    gift: { type: 'bands', bands: [{ fromFen: 100_00, multiplierBp: 15_000 }] },
  })
  const always = aRule({ id: 'always', gift: double })
  const withTier = (rule: EarningRule, multipliers: 'best' | 'multiply', multiplierBp: number) =>
    aPolicy({
      earning: earningBy([aRule({ id: 'first', gift: rate }), rule], { multipliers }),
      tiers: tiersOf([aTier({}), aTier({ id: 'gold', name: '金卡', from: 100, multiplierBp })]),
    })
  expect(policyFaults(withTier(bands, 'best', 15_000))).toEqual([
    {
      level: 'warning',
      path: 'tiers.levels.1.multiplierBp',
      text: '只按最高的一项加倍：「大单加倍」已有×1.5，「金卡」的×1.5在那里多得不到积分',
    },
  ])
  expect(faultsOf(withTier(bands, 'best', 20_000))).toEqual([])
  expect(faultsOf(withTier(bands, 'multiply', 15_000))).toEqual([])
  expect(faultsOf(withTier(always, 'best', 15_000))).toEqual(['warning tiers.levels.1.multiplierBp'])
  const wednesdays = { ...always, conditions: [{ type: 'weekday' as const, days: [3] }] }
  expect(faultsOf(withTier(wednesdays, 'best', 20_000))).toEqual(['warning tiers.levels.1.multiplierBp'])
  expect(faultsOf(withTier(wednesdays, 'best', 15_000))).toEqual([])
  expect(faultsOf(withTier({ ...wednesdays, enabled: false }, 'best', 20_000))).toEqual([])
})
