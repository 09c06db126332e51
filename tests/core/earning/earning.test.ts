import { earn } from '@pointbook/server/core/earning/earning'
import type { EarningEvent } from '@pointbook/server/core/earning/event'
import type { EarningRule, RuleGroup } from '@pointbook/shared/contract/points/earning-rule'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aPurchase, withFirstLine, withRules } from '../../support/earning.ts'
import { aPolicy, aRule, earningBy, tiersOf } from '../../support/policies.ts'

const perYuan = aRule({ gift: { type: 'rate', points: 1, perFen: 100 } })
const reasonOf = (rule: EarningRule, purchase: EarningEvent) =>
  earn(withRules(rule), purchase).why.find((why) => why.rule === rule.id)!

it('gives one point a yuan and nothing for part of a yuan (B8)', () => {
  expect(earn(withRules(perYuan), aPurchase([12_399])).points).toBe(123)
  expect(reasonOf(perYuan, aPurchase([99]))).toMatchObject({ points: 0, because: { type: 'rounded-away' } })
})

it('gives ten points for a hundred yuan, rounding once a receipt and not once a line (B1)', () => {
  const supermarket = aRule({ gift: { type: 'rate', points: 10, perFen: 10_000 } })
  expect(earn(withRules(supermarket), aPurchase([5_000, 5_000])).points).toBe(10)
})

it('multiplies by the band the amount reaches: ×1.5 from 100 yuan, ×2 from 200 (B9)', () => {
  const bands = aRule({
    id: 'bands',
    gift: {
      type: 'bands',
      bands: [
        { fromFen: 10_000, multiplierBp: 15_000 },
        { fromFen: 20_000, multiplierBp: 20_000 },
      ],
    },
  })
  const points = (amountFen: number) => earn(withRules(perYuan, bands), aPurchase([amountFen])).points
  expect([9_999, 10_000, 19_999, 20_000].map(points)).toEqual([99, 150, 298, 400])
})

it.each(['line', 'rule', 'receipt'] as const)(
  'refuses points above the maximum of an account from any sum of rules, rounding each %s (FN6)',
  (roundEach) => {
    const refused = expect.objectContaining({ code: 'points.too-many' })
    const million = aRule({ gift: { type: 'rate', points: 1_000_000, perFen: 1 } })
    const hundredfold = (id: string) => aRule({ id, gift: { type: 'multiply', multiplierBp: 1_000_000 } })
    const fourTimes = ['a', 'b', 'c', 'd'].map(hundredfold)
    const under = (...rules: EarningRule[]) => {
      const policy = aPolicy({ earning: earningBy(rules, { roundEach, multipliers: 'multiply' }) })
      return () => earn(policy, aPurchase([10_000_000_00, 9_999_999_99]))
    }
    expect(under(million)).toThrow(refused)
    expect(under(perYuan, ...fourTimes)).toThrow(refused)
    expect(under({ ...million, caps: { day: 100, month: null, member: null, budget: null } })().points).toBe(100)
  },
)

it('gives points per unit for the goods in scope only (B24)', () => {
  const scope = {
    only: { categories: ['咖啡'], brands: [], skus: [] },
    except: { categories: [], brands: [], skus: [] },
  }
  const cups = aRule({ gift: { type: 'per-unit', points: 10 }, scope })
  const purchase = withFirstLine(aPurchase([3_000, 2_000]), { category: '咖啡', quantity: 3 })
  expect(earn(withRules(cups), purchase)).toMatchObject({ points: 30, linePoints: [30, 0] })
})

it('doubles the lines in scope and leaves the others (B3, B5)', () => {
  const scope = { only: { categories: [], brands: ['甲'], skus: [] }, except: { categories: [], brands: [], skus: [] } }
  const double = aRule({ id: 'double', gift: { type: 'multiply', multiplierBp: 20_000 }, scope })
  const purchase = withFirstLine(aPurchase([10_000, 10_000]), { brand: '甲' })
  expect(earn(withRules(perYuan, double), purchase).linePoints).toEqual([200, 100])
})

it('counts only the largest multiplier, or all of them, as the policy says', () => {
  const double = aRule({ id: 'double', gift: { type: 'multiply', multiplierBp: 20_000 } })
  const half = aRule({ id: 'half', gift: { type: 'multiply', multiplierBp: 15_000 } })
  const rules = [perYuan, half, double]
  expect(earn(aPolicy({ earning: earningBy(rules) }), aPurchase([10_000])).points).toBe(200)
  expect(earn(aPolicy({ earning: earningBy(rules, { multipliers: 'multiply' }) }), aPurchase([10_000])).points).toBe(
    300,
  )
})

it('gives points only for the best rule of a group, and names it in the explanations of the others', () => {
  const ten = aRule({ id: 'ten', name: '十分', group: 'festival', gift: { type: 'fixed', points: 10 } })
  const festival: RuleGroup = { id: 'festival', name: '节日', mode: 'best' }
  const thirty = aRule({ id: 'thirty', name: '三十分', group: 'festival', gift: { type: 'fixed', points: 30 } })
  const earned = earn(aPolicy({ earning: earningBy([ten, thirty], { groups: [festival] }) }), aPurchase([100]))
  expect(earned.points).toBe(30)
  expect(earned.why.find((why) => why.rule === 'ten')!.because).toEqual({ type: 'beaten', by: '三十分' })
})

it('gives a higher tier more (B20)', () => {
  const policy = aPolicy({
    tiers: tiersOf([{ id: 'gold', name: '金卡', from: 0, multiplierBp: 12_000, benefits: [] }]),
  })
  expect(earn(policy, aPurchase([10_000], { tierId: 'gold' })).points).toBe(120)
})

it('explains for each rule that gave nothing why it did not', () => {
  const fixed = { type: 'fixed', points: 10 } as const
  const reasons = [
    [aRule({ gift: fixed, from: '2026-03-03' }), {}],
    [aRule({ gift: fixed, until: '2026-03-01' }), {}],
    [aRule({ gift: fixed, conditions: [{ type: 'amount-at-least', amountFen: 10_001 }] }), {}],
    [aRule({ gift: fixed, conditions: [{ type: 'amount-below', amountFen: 10_000 }] }), {}],
    [aRule({ gift: fixed, conditions: [{ type: 'first-purchase' }] }), {}],
    [aRule({ gift: fixed, conditions: [{ type: 'tier', tierIds: ['gold'] }] }), {}],
    [aRule({ gift: fixed, conditions: [{ type: 'store', storeIds: [2] }] }), {}],
    [aRule({ gift: fixed, conditions: [{ type: 'weekday', days: [2] }] }), {}],
    [aRule({ gift: fixed, conditions: [{ type: 'birthday', within: 'month' }] }), { birthday: '1990-04-02' }],
  ] as const
  const types = reasons.map(([rule, changes]) => reasonOf(rule, aPurchase([10_000], changes)).because.type)
  expect(types).toEqual([
    'not-yet',
    'over',
    'amount-below',
    'amount-above',
    'not-first',
    'other-tier',
    'other-store',
    'other-weekday',
    'not-birthday',
  ])
})

it('gives on the first and the last day of a rule, on its weekday and in the birthday month', () => {
  const fixed = { type: 'fixed', points: 10 } as const
  const rule = aRule({
    gift: fixed,
    from: '2026-03-02',
    until: '2026-03-02',
    conditions: [
      { type: 'weekday', days: [1] },
      { type: 'birthday', within: 'month' },
    ],
  })
  expect(earn(withRules(rule), aPurchase([100], { birthday: '1990-03-31' })).points).toBe(10)
})

it('never gives more points for a split receipt when fractions are dropped', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 2, maxLength: 8 }), (amounts) => {
      const together = earn(withRules(perYuan), aPurchase(amounts)).points
      const apart = amounts.reduce((sum, amount) => sum + earn(withRules(perYuan), aPurchase([amount])).points, 0)
      expect(apart).toBeLessThanOrEqual(together)
    }),
  )
})

it('explains every point: the parts of the rules sum to the points, and so do the lines', () => {
  const double = aRule({ id: 'double', gift: { type: 'multiply', multiplierBp: 17_500 } })
  const fixed = aRule({ id: 'fixed', gift: { type: 'fixed', points: 7 } })
  fc.assert(
    fc.property(
      fc.array(fc.nat(50_000), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('down', 'nearest', 'up' as const),
      (amounts, rounding) => {
        const policy = aPolicy({
          earning: earningBy([perYuan, double, fixed], { rounding: rounding as 'down', multipliers: 'multiply' }),
        })
        const { points, linePoints, why } = earn(policy, aPurchase(amounts))
        expect(why.reduce((sum, part) => sum + part.points, 0)).toBe(points)
        expect(linePoints.reduce((sum, part) => sum + part, 0)).toBe(points)
      },
    ),
  )
})
