import { policyFaults } from '@pointbook/server/core/policy-checks/policy-faults'
import type { Condition, EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import { describe, expect, it } from 'vitest'
import { aPolicy, aRule, earningBy, tiersOf } from '../../support/policies.ts'

const base = aRule({ id: 'first', gift: { type: 'rate', points: 1, perFen: 100 } })
const five = { type: 'fixed', points: 5 } as const
const tiers = tiersOf([{ id: 'gold', name: '金卡', from: 0, multiplierBp: 10_000, benefits: [] }])

const withRules = (rules: Partial<EarningRule>[]) =>
  aPolicy({
    tiers,
    earning: earningBy([base, ...rules.map((rule, at) => aRule({ id: `r${at}`, gift: five, ...rule }))]),
  })

const faultsOf = (rules: Partial<EarningRule>[]) =>
  policyFaults(withRules(rules)).map(({ level, path }) => `${level} ${path}`)

const conditions = (...list: Condition[]) => faultsOf([{ conditions: list }])
const at = 'earning.rules.1'
const saturday: Condition = { type: 'weekday', days: [6] }
const sunday: Condition = { type: 'weekday', days: [7] }
const not = (of: Condition) => ({ type: 'not', of }) as Condition
const any = (...of: Condition[]) => ({ type: 'any', of }) as Condition
const all = (...of: Condition[]) => ({ type: 'all', of }) as Condition

describe('conditions that can never hold together', () => {
  it.each<[string, Condition[], string]>([
    ['a day and not that day', [saturday, not(saturday)], 'conditions.1.of'],
    ['two days inside one all', [all(saturday, sunday)], 'conditions.0.of.1'],
    ['none of the week', [not({ type: 'weekday', days: [1, 2, 3, 4, 5, 6, 7] })], 'conditions.0.of'],
    ['not either of two, and one of them', [not(any(saturday, sunday)), sunday], 'conditions.1'],
    ['a choice of which every part is denied', [saturday, any(sunday, all(saturday, sunday))], 'conditions.1'],
    ['tiers', [{ type: 'tier', tierIds: ['gold'] }, not({ type: 'tier', tierIds: ['gold'] })], 'conditions.1.of'],
    [
      'channels',
      [
        { type: 'channel', channels: ['store'] },
        { type: 'channel', channels: ['online', 'delivery'] },
      ],
      'conditions.1',
    ],
    [
      'ways of paying',
      [
        { type: 'payment', methods: ['cash'] },
        { type: 'payment', methods: ['wechat'] },
      ],
      'conditions.1',
    ],
    [
      'days of the month',
      [
        { type: 'month-day', days: [8] },
        { type: 'month-day', days: [18, 28] },
      ],
      'conditions.1',
    ],
    [
      'hours without a minute in common',
      [
        { type: 'hours', fromMinute: 600, untilMinute: 720 },
        { type: 'hours', fromMinute: 1_320, untilMinute: 600 },
      ],
      'conditions.1',
    ],
    ['hours of no length', [{ type: 'hours', fromMinute: 600, untilMinute: 600 }], 'conditions.0'],
    [
      'the birthday outside its month',
      [{ type: 'birthday', within: 'day' }, not({ type: 'birthday', within: 'month' })],
      'conditions.1.of',
    ],
    [
      'amounts through a not',
      [{ type: 'amount-at-least', amountFen: 100_00 }, not({ type: 'amount-at-least', amountFen: 50_00 })],
      'conditions.1.of.amountFen',
    ],
    [
      'memberships both long and short',
      [{ type: 'member-for', days: 30 }, not({ type: 'member-for', days: 10 })],
      'conditions.1.of.days',
    ],
    [
      'tags one must and must not have',
      [{ type: 'tag', tags: ['熟客'] }, not({ type: 'tag', tags: ['员工', '熟客'] })],
      'conditions.0',
    ],
    [
      'the first and every third purchase',
      [{ type: 'first-purchase' }, { type: 'nth-purchase', n: 3, every: true }],
      'conditions.1',
    ],
    [
      'every fourth purchase but no second one',
      [{ type: 'nth-purchase', n: 4, every: true }, not({ type: 'nth-purchase', n: 2, every: true })],
      'conditions.1.of',
    ],
    [
      'a weekday within dates that do not have it',
      [saturday, { type: 'dates', from: '2026-03-02', until: '2026-03-05' }],
      'conditions.1',
    ],
  ])('are %s', (_, list, path) => {
    expect(conditions(...list)).toEqual([`error ${at}.${path}`])
  })

  it.each<[string, Condition[]]>([
    ['weekdays that share one', [{ type: 'weekday', days: [5, 6] }, saturday]],
    ['a choice of two days', [any(saturday, sunday)]],
    ['all but one day', [not(saturday)]],
    [
      'a Friday the 13th',
      [
        { type: 'weekday', days: [5] },
        { type: 'month-day', days: [13] },
      ],
    ],
    ['a Sunday the 31st', [sunday, { type: 'month-day', days: [31] }]],
    [
      'hours over midnight that meet',
      [
        { type: 'hours', fromMinute: 1_320, untilMinute: 120 },
        { type: 'hours', fromMinute: 60, untilMinute: 600 },
      ],
    ],
    [
      'the birthday week outside its month',
      [{ type: 'birthday', within: 'week' }, not({ type: 'birthday', within: 'month' })],
    ],
    ['a store that is none of some', [{ type: 'store', storeIds: [1, 2] }, not({ type: 'store', storeIds: [2] })]],
    [
      'every third purchase but not the third',
      [{ type: 'nth-purchase', n: 3, every: true }, not({ type: 'nth-purchase', n: 3, every: false })],
    ],
    ['one tag and not another', [{ type: 'tag', tags: ['熟客', '会员日'] }, not({ type: 'tag', tags: ['熟客'] })]],
    ['dates of a past year', [{ type: 'dates', from: '2025-11-11', until: '2025-11-11' }]],
  ])('are not %s', (_, list) => {
    expect(conditions(...list)).toEqual([])
  })

  it('only warns about an alternative that can never hold', () => {
    expect(conditions(saturday, any(sunday, { type: 'first-purchase' }))).toEqual([`warning ${at}.conditions.1.of.0`])
  })

  it('names the impossible alternative and the rule', () => {
    const [alternative] = policyFaults(withRules([{ conditions: [saturday, any(sunday, saturday)] }]))
    expect(alternative!.text).toBe('几个星期条件没有共同的部分，这个选项永远不会成立')
    const [rule] = policyFaults(withRules([{ conditions: [saturday, sunday] }]))
    expect(rule!.text).toBe('几个星期条件没有共同的部分，这条规则永远不会生效')
  })

  it('checks dates within the validity of the rule', () => {
    const dates: Condition = { type: 'dates', from: '2026-05-01', until: '2026-05-31' }
    const march = { from: '2026-03-01', until: '2026-03-31' }
    expect(faultsOf([{ ...march, conditions: [dates] }])).toEqual([`error ${at}.until`])
    expect(faultsOf([{ ...march, conditions: [not(dates)] }])).toEqual([])
    expect(faultsOf([{ ...march, conditions: [not({ ...dates, from: '2026-02-01' } as Condition)] }])).toEqual([
      `error ${at}.until`,
    ])
    expect(faultsOf([{ from: '2026-06-01', conditions: [dates] }])).toEqual([`error ${at}.conditions.0`])
  })

  it.each([
    ['from', { from: '2026-02-30', until: '2026-03-01' }],
    ['until', { from: '2026-02-01', until: '2026-02-30' }],
    ['until', { from: '2026-02-02', until: '2026-02-01' }],
  ])('names an unreal %s of dates, however deep', (field, dates) => {
    const list = [any(saturday, all({ type: 'dates', ...dates }))]
    expect(conditions(...list)).toEqual([`error ${at}.conditions.0.of.1.of.0.${field}`])
  })

  it('names a tier that no longer exists, at any depth of the conditions', () => {
    const gone: Condition = { type: 'tier', tierIds: ['gold', 'gone'] }
    expect(conditions(not(any(saturday, gone)))).toEqual([`error ${at}.conditions.0.of.of.1.tierIds`])
  })
})
