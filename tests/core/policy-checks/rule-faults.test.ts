import { policyFaults } from '@pointbook/server/core/policy-checks/policy-faults'
import type { Caps, Condition, EarningRule, RuleGroup, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import { describe, expect, it } from 'vitest'
import { aPolicy, aRule, earningBy, tiersOf } from '../../support/policies.ts'

const nothing = { categories: [], brands: [], skus: [] }
const base = aRule({ id: 'first', gift: { type: 'rate', points: 1, perFen: 100 } })
const five = { type: 'fixed', points: 5 } as const
const tiers = tiersOf([{ id: 'gold', name: '金卡', from: 0, multiplierBp: 10_000, benefits: [] }])

const withRules = (rules: Partial<EarningRule>[], groups: RuleGroup[] = []) =>
  aPolicy({
    tiers,
    earning: earningBy([base, ...rules.map((rule, at) => aRule({ id: `r${at}`, gift: five, ...rule }))], { groups }),
  })

const faultsOf = (rules: Partial<EarningRule>[], groups: RuleGroup[] = []) =>
  policyFaults(withRules(rules, groups)).map(({ level, path }) => `${level} ${path}`)

const at = 'earning.rules.1'
const saturday: Condition = { type: 'weekday', days: [6] }
const not = (of: Condition) => ({ type: 'not', of }) as Condition

describe('rules for events other than purchases', () => {
  const acting = (trigger: Trigger, rule: Partial<EarningRule>) => faultsOf([{ trigger, ...rule }])

  it.each<[Trigger, Condition]>([
    ['check-in', { type: 'store', storeIds: [1] }],
    ['review', { type: 'channel', channels: ['store'] }],
    ['event', { type: 'payment', methods: ['cash'] }],
    ['profile', { type: 'amount-at-least', amountFen: 1 }],
    ['registration', { type: 'birthday', within: 'month' }],
    ['registration', { type: 'tag', tags: ['熟客'] }],
    ['registration', { type: 'member-for', days: 1 }],
  ])('by %s never meet %o', (trigger, condition) => {
    const [fault] = acting(trigger, { conditions: [condition] })
    expect(fault).toMatch(new RegExp(`^error ${at}.conditions.0`))
  })

  it('may leave out fields that do not apply, and may count an amount that the event reports', () => {
    expect(acting('check-in', { conditions: [not({ type: 'store', storeIds: [1] })] })).toEqual([])
    expect(acting('event', { conditions: [{ type: 'amount-at-least', amountFen: 1 }] })).toEqual([])
    expect(acting('event', { gift: { type: 'rate', points: 1, perFen: 100 } })).toEqual([])
  })

  it.each<[EarningRule['gift'], string]>([
    [{ type: 'rate', points: 1, perFen: 100 }, 'error'],
    [{ type: 'step', points: 1, perFen: 100 }, 'error'],
    [{ type: 'percent', percentBp: 1_000 }, 'error'],
    [{ type: 'per-unit', points: 1 }, 'warning'],
  ])('have no amount for %o', (gift, level) => {
    expect(acting('profile', { gift })).toEqual([`${level} ${at}.gift.type`])
  })

  it('have nothing to multiply without a rule that gives points, except for check-ins, which give points by themselves', () => {
    const gift = { type: 'multiply', multiplierBp: 20_000 } as const
    expect(acting('birthday', { gift })).toEqual([`warning ${at}.gift.type`])
    expect(acting('check-in', { gift })).toEqual([])
    expect(faultsOf([{ trigger: 'birthday', gift }, { trigger: 'birthday' }])).toEqual([])
  })

  it('have no goods', () => {
    const scope = { ...base.scope, only: { categories: ['咖啡'], brands: [], skus: [] } }
    expect(acting('review', { scope })).toEqual([`error ${at}.scope.only`])
  })

  it('distinguish events by code only when events have a code', () => {
    expect(acting('check-in', { event: 'gym' })).toEqual([`warning ${at}.event`])
    expect(acting('activity', { event: 'gym' })).toEqual([])
  })

  it('are reported when their name promises points for sharing itself, which WeChat forbids', () => {
    expect(acting('share', { name: '分享得积分' })).toEqual([`warning ${at}.name`])
    expect(acting('share', { name: '分享带来新会员' })).toEqual([])
  })
})

describe('caps', () => {
  const capped = (caps: Partial<Caps>, gift: EarningRule['gift'] = five) =>
    faultsOf([{ gift, caps: { day: null, month: null, member: null, budget: null, ...caps } }])

  it.each<[string, Partial<Caps>, string[]]>([
    ['of nothing', { day: 0 }, [`error ${at}.caps.day`]],
    ['below one gift', { month: 4 }, [`error ${at}.caps.month`]],
    ['a day above that of a month', { day: 50, month: 40 }, [`warning ${at}.caps.day`]],
    ['a month above that of a member', { month: 50, member: 40 }, [`warning ${at}.caps.month`]],
    ['a member above the budget', { member: 50, budget: 40 }, [`warning ${at}.caps.member`]],
    ['for all members but for none of them', { budget: 1_000 }, [`warning ${at}.caps.budget`]],
    ['that widen', { day: 5, month: 50, member: 500, budget: 5_000 }, []],
  ])('%s', (_, caps, expected) => {
    expect(capped(caps)).toEqual(expected)
  })

  it('do not fall below a gift that is smaller for smaller purchases', () => {
    expect(capped({ day: 4 }, { type: 'rate', points: 5, perFen: 100_00 })).toEqual([])
  })
})

it('warns about a percentage whose points are worth more than half the money', () => {
  expect(faultsOf([{ gift: { type: 'percent', percentBp: 500_000 } }])).toEqual([])
  expect(faultsOf([{ gift: { type: 'percent', percentBp: 510_000 } }])).toEqual([`warning ${at}.gift.percentBp`])
  const offset = { pointsPerYuan: 1, minimumPoints: 0, stepPoints: 1, maximumShareBp: 5_000 }
  const paths = policyFaults({ ...withRules([]), offset }).map(({ path }) => path)
  expect(paths).toEqual(['earning.rules.0.gift.points', 'offset.pointsPerYuan'])
})

describe('groups', () => {
  const group = (id: string, more: Partial<RuleGroup> = {}): RuleGroup => ({ id, name: id, mode: 'exclusive', ...more })

  it('are reported when they are doubled, alike or empty', () => {
    const member = { group: 'a' }
    expect(faultsOf([member], [group('a'), group('a', { name: 'b' })])).toEqual(['error earning.groups.1.id'])
    expect(faultsOf([member, { group: 'b' }], [group('a'), group('b', { name: 'a' })])).toEqual([
      'warning earning.groups.1.name',
    ])
    expect(faultsOf([member], [group('a'), group('b')])).toEqual(['warning earning.groups.1.name'])
  })

  it('are reported when a rule that always applies comes before others', () => {
    const later = { group: 'a', conditions: [saturday] }
    expect(faultsOf([{ group: 'a' }, later], [group('a')])).toEqual(['error earning.rules.2.group'])
    expect(faultsOf([later, { group: 'a' }], [group('a')])).toEqual([])
    expect(faultsOf([{ group: 'a' }, later], [group('a', { mode: 'best' })])).toEqual([])
  })

  it.each<[string, Partial<EarningRule>]>([
    ['switched off', { enabled: false }],
    ['for other events', { trigger: 'review' }],
    ['for some goods', { scope: { ...base.scope, only: { categories: ['咖啡'], brands: [], skus: [] } } }],
    ['over by then', { until: '2026-12-31' }],
    ['yet to begin', { from: '2026-12-31' }],
  ])('leave room behind a rule that is %s', (_, first) => {
    expect(faultsOf([{ group: 'a', ...first }, { group: 'a' }], [group('a')])).toEqual([])
  })
})

it.each<[string, Partial<EarningRule>, string]>([
  ['two rules with one id', { id: 'first' }, `error ${at}.id`],
  ['an end before the beginning', { from: '2026-05-02', until: '2026-05-01' }, `error ${at}.until`],
  ['a day that does not exist', { from: '2026-02-30' }, `error ${at}.from`],
  [
    'a period without the chosen weekday',
    { from: '2026-03-02', until: '2026-03-03', conditions: [{ type: 'weekday', days: [3] }] },
    `error ${at}.until`,
  ],
  [
    'amounts from and below the same figure',
    {
      conditions: [
        { type: 'amount-at-least', amountFen: 100 },
        { type: 'amount-below', amountFen: 100 },
      ],
    },
    `error ${at}.conditions.1.amountFen`,
  ],
  [
    'amounts below nothing',
    { conditions: [{ type: 'amount-below', amountFen: 0 }] },
    `error ${at}.conditions.0.amountFen`,
  ],
  ['a tier that is no more', { conditions: [{ type: 'tier', tierIds: ['gone'] }] }, `error ${at}.conditions.0.tierIds`],
  [
    'weekdays that never fall together',
    {
      conditions: [
        { type: 'weekday', days: [1, 2] },
        { type: 'weekday', days: [3] },
      ],
    },
    `error ${at}.conditions.1`,
  ],
  [
    'stores that are never the same',
    { conditions: [{ type: 'store', storeIds: [1] }, { type: 'first-purchase' }, { type: 'store', storeIds: [2] }] },
    `error ${at}.conditions.2`,
  ],
  [
    'goods that take part and are left out',
    { scope: { only: { ...nothing, brands: ['甲'] }, except: { ...nothing, brands: ['乙', '甲'] } } },
    `error ${at}.scope.except.brands`,
  ],
  ['a gift of nothing', { gift: { type: 'fixed', points: 0 } }, `warning ${at}.gift.points`],
  ['a multiplier of one', { gift: { type: 'multiply', multiplierBp: 10_000 } }, `warning ${at}.gift.multiplierBp`],
  [
    'a rate that gives half the money back',
    { gift: { type: 'rate', points: 51, perFen: 100 } },
    `warning ${at}.gift.points`,
  ],
  ['a group the policy does not have', { group: 'gone' }, `error ${at}.group`],
])('names the rule with %s', (_, rule, expected) => {
  expect(faultsOf([rule])).toEqual([expected])
})

it('names a band with the same start as another, and a band that gives less for a larger amount', () => {
  const bands = [
    { fromFen: 200_00, multiplierBp: 15_000 },
    { fromFen: 100_00, multiplierBp: 20_000 },
    { fromFen: 200_00, multiplierBp: 30_000 },
  ]
  expect(faultsOf([{ gift: { type: 'bands', bands } }])).toEqual([
    `error ${at}.gift.bands.2.fromFen`,
    `warning ${at}.gift.bands.0.multiplierBp`,
  ])
})
