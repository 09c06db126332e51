import { earn } from '@pointbook/server/core/earning/earning'
import type { EarningEvent, Line } from '@pointbook/server/core/earning/event'
import type { Gift } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { describe, expect, it } from 'vitest'
import { aPurchase } from '../../support/earning.ts'
import { aPolicy, aRule, earningBy } from '../../support/policies.ts'

const gives = (gift: Gift, amountsFen: number[], earning: Partial<Policy['earning']> = {}) =>
  earn(aPolicy({ earning: earningBy([aRule({ gift })], earning) }), aPurchase(amountsFen)).points

it.each<[string, Gift, number[], number]>([
  ['1 point a yuan (B8)', { type: 'rate', points: 1, perFen: 100 }, [12_345], 123],
  ['10 points for 100 yuan, parts in proportion (B1, B18)', { type: 'rate', points: 10, perFen: 10_000 }, [15_000], 15],
  ['1 point for 10 yuan (B23, B25)', { type: 'rate', points: 1, perFen: 1_000 }, [9_900], 9],
  ['10 % of the amount (B4)', { type: 'percent', percentBp: 1_000 }, [29_900], 29],
  ['1:1 of the amount (B22)', { type: 'percent', percentBp: 10_000 }, [29_900], 299],
  ['20 points for every whole 200 yuan (B12)', { type: 'step', points: 20, perFen: 20_000 }, [59_999], 40],
  ['nothing below the first step', { type: 'step', points: 20, perFen: 20_000 }, [19_999], 0],
  ['10 points an order (B19)', { type: 'fixed', points: 10 }, [1], 10],
  ['10 points a cup (B24)', { type: 'per-unit', points: 10 }, [3_000, 2_500], 20],
])('%s', (_, gift, amounts, points) => {
  expect(gives(gift, amounts)).toBe(points)
})

describe('fractions', () => {
  const rate: Gift = { type: 'rate', points: 1, perFen: 100 }
  const rounded = (rounding: 'down' | 'nearest' | 'up', roundEach: 'line' | 'rule' | 'receipt', amounts: number[]) =>
    gives(rate, amounts, { rounding, roundEach })

  it('are rounded once for each line or once for each rule', () => {
    expect(rounded('down', 'line', [150, 150])).toBe(2)
    expect(rounded('down', 'rule', [150, 150])).toBe(3)
    expect(rounded('up', 'line', [110, 110])).toBe(4)
    expect(rounded('up', 'rule', [110, 110])).toBe(3)
    expect(rounded('nearest', 'rule', [149])).toBe(1)
    expect(rounded('nearest', 'rule', [150])).toBe(2)
  })

  it('of several rules are rounded once for each receipt: 15.50 yuan ×1.5 is 23, not 15 + 7', () => {
    const rules = [aRule({ gift: rate }), aRule({ id: 'more', gift: { type: 'multiply', multiplierBp: 15_000 } })]
    const points = (roundEach: 'rule' | 'receipt') =>
      earn(aPolicy({ earning: earningBy(rules, { roundEach }) }), aPurchase([1_550])).points
    expect(points('rule')).toBe(22)
    expect(points('receipt')).toBe(23)
  })
})

describe('the basis', () => {
  const rate: Gift = { type: 'rate', points: 1, perFen: 100 }
  const policy = (basis: Partial<Policy['earning']['basis']>) => {
    const { earning } = aPolicy()
    return aPolicy({ earning: earningBy([aRule({ gift: rate })], { basis: { ...earning.basis, ...basis } }) })
  }
  const brought: Line = { name: '配送费', quantity: 1, amountFen: 800, delivery: true }
  const sold: EarningEvent = aPurchase(
    [10_000],
    {},
    {
      lines: [{ name: '便当', quantity: 1, amountFen: 10_000 }, brought],
    },
  )
  const paid = { couponFen: 1_000, pointsFen: 2_000, storedValueFen: 3_000 }

  it('leaves the delivery fee out, or counts it', () => {
    expect(earn(policy({ delivery: false }), sold)).toMatchObject({ points: 100, linePoints: [100, 0] })
    expect(earn(policy({ delivery: true }), sold)).toMatchObject({ points: 108, linePoints: [100, 8] })
  })

  it('leaves out the parts paid by coupon, with points or from stored value, or counts them', () => {
    const points = (basis: Partial<Policy['earning']['basis']>) =>
      earn(policy({ coupons: false, pointsPaid: false, storedValue: false, ...basis }), {
        ...aPurchase([10_000]),
        paid,
      }).points
    expect(points({})).toBe(40)
    expect(points({ coupons: true })).toBe(50)
    expect(points({ pointsPaid: true })).toBe(60)
    expect(points({ storedValue: true })).toBe(70)
    expect(points({ coupons: true, pointsPaid: true, storedValue: true })).toBe(100)
  })

  it('spreads the parts that do not count over the lines by their amounts', () => {
    const { linePoints } = earn(policy({ coupons: false }), {
      ...aPurchase([8_000, 2_000]),
      paid: { couponFen: 1_000, pointsFen: 0, storedValueFen: 0 },
    })
    expect(linePoints).toEqual([72, 18])
  })

  it('is the amount that conditions check', () => {
    const rule = aRule({
      gift: { type: 'fixed', points: 5 },
      conditions: [{ type: 'amount-at-least', amountFen: 10_000 }],
    })
    const { basis } = aPolicy().earning
    const strict = aPolicy({ earning: earningBy([rule], { basis: { ...basis, coupons: false } }) })
    const withCoupon = { ...aPurchase([10_000]), paid: { couponFen: 1, pointsFen: 0, storedValueFen: 0 } }
    expect(earn(strict, withCoupon).why[0]!.because).toMatchObject({ type: 'amount-below', amountFen: 9_999 })
    expect(earn(strict, aPurchase([10_000])).points).toBe(5)
  })
})
