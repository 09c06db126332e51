import { earn } from '@pointbook/server/core/earning/earning'
import type { Caps, EarningRule, RuleGroup } from '@pointbook/shared/contract/points/earning-rule'
import { describe, expect, it } from 'vitest'
import { aPurchase } from '../../support/earning.ts'
import { aPolicy, aRule, earningBy } from '../../support/policies.ts'

const none: Caps = { day: null, month: null, member: null, budget: null }
const capped = (caps: Partial<Caps>, rule: Partial<EarningRule> = {}) =>
  aRule({ gift: { type: 'rate', points: 1, perFen: 100 }, caps: { ...none, ...caps }, ...rule })

describe('a cap', () => {
  const policy = (caps: Partial<Caps>) => aPolicy({ earning: earningBy([capped(caps)]) })

  it('gives the rest of the cap, reports the uncapped points, and counts the given points', () => {
    const { points, why, used } = earn(policy({ day: 100 }), aPurchase([15_000]), () => 40)
    expect(points).toBe(60)
    expect(why[0]!.because).toEqual({ type: 'capped', cap: 'day', most: 100, wanted: 150 })
    expect(used).toEqual([{ scope: 'rule/base/2026-03-02', points: 60 }])
  })

  it('that is not reached changes nothing', () => {
    const { points, why } = earn(policy({ day: 100 }), aPurchase([10_000]))
    expect(points).toBe(100)
    expect(why[0]!.because.type).toBe('rate')
  })

  it('gives nothing when it is used up, and reports it', () => {
    const { points, why } = earn(policy({ member: 100 }), aPurchase([5_000]), () => 100)
    expect(points).toBe(0)
    expect(why[0]).toMatchObject({ points: 0, because: { type: 'capped', cap: 'member' } })
  })

  it('counts by day, by month, for ever, and for all members together', () => {
    const { used } = earn(policy({ day: 900, month: 900, member: 900, budget: 900 }), aPurchase([100]))
    expect(used.map(({ scope }) => scope)).toEqual([
      'rule/base/2026-03-02',
      'rule/base/2026-03',
      'rule/base',
      'budget/base',
    ])
  })

  it('applies when it leaves the fewest points of several caps', () => {
    const left: Record<string, number> = { 'rule/base/2026-03-02': 10, 'budget/base': 70 }
    const { points, why } = earn(policy({ day: 50, budget: 100 }), aPurchase([15_000]), (scope) => left[scope] ?? 0)
    expect(points).toBe(30)
    expect(why[0]!.because).toMatchObject({ cap: 'budget' })
  })

  it('reduces the lines in proportion, so that a return takes back the given points', () => {
    const { linePoints } = earn(policy({ day: 10 }), aPurchase([15_000, 5_000]))
    expect(linePoints).toEqual([8, 2])
  })

  it('of a multiplier does not change the points that it multiplies', () => {
    const double = capped({ day: 30 }, { id: 'double', gift: { type: 'multiply', multiplierBp: 20_000 } })
    const base = aRule({ gift: { type: 'rate', points: 1, perFen: 100 } })
    expect(earn(aPolicy({ earning: earningBy([base, double]) }), aPurchase([10_000])).points).toBe(130)
  })
})

describe('a group', () => {
  const rule = (id: string, points: number, changes: Partial<EarningRule> = {}) =>
    aRule({ id, name: id, group: 'g', gift: { type: 'fixed', points }, ...changes })
  const earned = (mode: RuleGroup['mode'], rules: EarningRule[]) =>
    earn(aPolicy({ earning: earningBy(rules, { groups: [{ id: 'g', name: '节日', mode }] }) }), aPurchase([10_000]))

  it('adds up the points of its rules', () => {
    expect(earned('add', [rule('a', 10), rule('b', 30)]).points).toBe(40)
  })

  it('uses the best rule, and names it in the explanations of the others', () => {
    const { points, why } = earned('best', [rule('a', 10), rule('b', 30), rule('c', 20)])
    expect(points).toBe(30)
    expect(why.filter(({ because }) => because.type === 'beaten').map(({ rule: id }) => id)).toEqual(['a', 'c'])
  })

  it('excludes all but the first that applies, in the order of the rules', () => {
    const off = rule('a', 10, { conditions: [{ type: 'amount-at-least', amountFen: 99_999 }] })
    const { points, why } = earned('exclusive', [off, rule('b', 20), rule('c', 30)])
    expect(points).toBe(20)
    expect(why.find(({ rule: id }) => id === 'c')!.because).toEqual({ type: 'excluded-by', by: 'b' })
  })

  it('may contain multipliers: the best of them counts, and multipliers outside the group count too', () => {
    const times = (id: string, multiplierBp: number, group = 'g') =>
      aRule({ id, name: id, group, gift: { type: 'multiply', multiplierBp } })
    const rules = [
      rule('base', 100, { group: '' }),
      times('two', 20_000),
      times('three', 30_000),
      times('half', 15_000, ''),
    ]
    const groups: RuleGroup[] = [{ id: 'g', name: '节日', mode: 'best' }]
    const policy = aPolicy({ earning: earningBy(rules, { groups, multipliers: 'multiply' }) })
    expect(earn(policy, aPurchase([10_000])).points).toBe(450)
  })
})
