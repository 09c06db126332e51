import { allocate } from '@pointbook/server/core/earning/allocate'
import { countedFen } from '@pointbook/server/core/earning/basis'
import { capScopes } from '@pointbook/server/core/earning/caps'
import { earn } from '@pointbook/server/core/earning/earning'
import type { Earned } from '@pointbook/server/core/earning/purse'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aPurchase, somePolicies, somePurchases, withRules } from '../../support/earning.ts'
import { aPolicy, aRule, earningBy } from '../../support/policies.ts'

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const changed = (policy: Policy, changes: Partial<Policy['earning']>): Policy => ({
  ...policy,
  earning: { ...policy.earning, ...changes },
})

/** The points of each rule, whatever order they come in. */
const byRule = ({ why }: Earned) => Object.fromEntries(why.map(({ rule, points }) => [rule, points]))

const holds = (property: (policy: Policy, purchase: Parameters<typeof earn>[1]) => void) =>
  fc.assert(fc.property(somePolicies, somePurchases, property), { numRuns: 400 })

it('explains every point: the parts of the rules sum to the points, and so do the lines', () => {
  holds((policy, purchase) => {
    const { points, linePoints, why } = earn(policy, purchase)
    expect(sum(why.map((part) => part.points))).toBe(points)
    expect(sum(linePoints)).toBe(points)
    expect(Math.min(...linePoints)).toBeGreaterThanOrEqual(0)
    expect(linePoints).toHaveLength(purchase.lines.length)
  })
})

it('explains every rule once', () => {
  holds((policy, purchase) => {
    const named = earn(policy, purchase)
      .why.map(({ rule }) => rule)
      .filter((rule) => rule !== '@tier')
    expect(named.toSorted()).toEqual(policy.earning.rules.map(({ id }) => id).toSorted())
  })
})

it('never gives more than the rest of a cap, for any used amount', () => {
  fc.assert(
    fc.property(somePolicies, fc.array(somePurchases, { minLength: 1, maxLength: 5 }), (policy, purchases) => {
      const used = new Map<string, number>()
      for (const purchase of purchases) {
        const earned = earn(policy, purchase, (scope) => used.get(scope) ?? 0)
        for (const { scope, points } of earned.used) used.set(scope, (used.get(scope) ?? 0) + points)
      }
      for (const rule of policy.earning.rules)
        for (const { scope, most } of capScopes(rule, '2026-03-02'))
          expect(used.get(scope) ?? 0).toBeLessThanOrEqual(most)
    }),
    { numRuns: 300 },
  )
})

it('counts exactly the points of a rule for its cap', () => {
  holds((policy, purchase) => {
    const earned = earn(policy, purchase)
    const pointsByRule = byRule(earned)
    const used = new Map(earned.used.map(({ scope, points }) => [scope, points]))
    expect(used.size).toBe(earned.used.length)
    for (const rule of policy.earning.rules)
      for (const { scope } of capScopes(rule, purchase.on)) expect(used.get(scope) ?? 0).toBe(pointsByRule[rule.id])
  })
})

it('gives points for at most one rule of a best or exclusive group, among bases and among multipliers', () => {
  holds((policy, purchase) => {
    const pointsByRule = byRule(earn(policy, purchase))
    for (const { id, mode } of policy.earning.groups) {
      if (mode === 'add') continue
      const giving = policy.earning.rules.filter((rule) => rule.group === id && pointsByRule[rule.id]! > 0)
      const multipliers = giving.filter(({ gift }) => gift.type === 'multiply' || gift.type === 'bands').length
      expect(giving.length - multipliers).toBeLessThanOrEqual(1)
      expect(multipliers).toBeLessThanOrEqual(1)
      if (mode === 'exclusive') expect(giving.length).toBeLessThanOrEqual(1)
    }
  })
})

it('gives for a best group the points that its best rule would give alone', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 6 }), (points) => {
      const group = 'festival'
      const rules = points.map((each) => aRule({ id: `r${each}`, group, gift: { type: 'fixed', points: each } }))
      const groups = [{ id: group, name: '节日', mode: 'best' as const }]
      expect(earn(aPolicy({ earning: earningBy(rules, { groups }) }), aPurchase([100])).points).toBe(
        Math.max(...points),
      )
    }),
  )
})

it('does not depend on the order of rules that add up', () => {
  fc.assert(
    fc.property(somePolicies, somePurchases, fc.nat(), (policy, purchase, turn) => {
      // Multipliers that work on what others have left, line by line, meet rounding in their order.
      const rules = policy.earning.rules.filter(({ gift }) => gift.type !== 'multiply' && gift.type !== 'bands')
      const at = turn % (rules.length + 1)
      const turned = [...rules.slice(at), ...rules.slice(0, at)]
      // The points that a rule adds to a receipt rounded as a whole depend on the earlier rules.
      const plain = changed(policy, { groups: [], roundEach: 'rule' })
      const [one, other] = [rules, turned].map((order) => earn(changed(plain, { rules: order }), purchase))
      expect(byRule(one!)).toEqual(byRule(other!))
      expect(one!.linePoints).toEqual(other!.linePoints)
    }),
    { numRuns: 400 },
  )
})

it('rounds a receipt once: it gives the rounded exact sum of its rates', () => {
  const perFens = fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 4 })
  const amounts = fc.array(fc.nat(9_999), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(perFens, amounts, (perFen, amountsFen) => {
      const rules = perFen.map((per, index) =>
        aRule({ id: `r${index}`, gift: { type: 'rate', points: 1, perFen: per } }),
      )
      const denominator = perFen.reduce((product, per) => product * BigInt(per), 1n)
      const total = BigInt(sum(amountsFen))
      const numerator = perFen.reduce((all, per) => all + (total * denominator) / BigInt(per), 0n)
      const ended = {
        down: numerator / denominator,
        nearest: (numerator * 2n + denominator) / (denominator * 2n),
        up: (numerator + denominator - 1n) / denominator,
      }
      for (const rounding of ['down', 'nearest', 'up'] as const) {
        const policy = aPolicy({ earning: earningBy(rules, { rounding, roundEach: 'receipt' }) })
        expect(earn(policy, aPurchase(amountsFen)).points).toBe(Number(ended[rounding]))
      }
    }),
  )
})

it('never gives more by rounding down more often, and never less by rounding up more often', () => {
  const amounts = fc.array(fc.nat(9_999), { minLength: 1, maxLength: 6 })
  const perFens = fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(perFens, amounts, (perFen, amountsFen) => {
      const rules = perFen.map((per, index) =>
        aRule({ id: `r${index}`, gift: { type: 'rate', points: 1, perFen: per } }),
      )
      const points = (rounding: 'down' | 'up') =>
        (['line', 'rule', 'receipt'] as const).map((roundEach) => {
          const policy = aPolicy({ earning: earningBy(rules, { rounding, roundEach }) })
          return earn(policy, aPurchase(amountsFen)).points
        })
      const [down, up] = [points('down'), points('up')]
      expect(down).toEqual(down.toSorted((a, b) => a - b))
      expect(up).toEqual(up.toSorted((a, b) => b - a))
      expect(down[2]).toBeLessThanOrEqual(up[2]!)
      expect(up[0]! - down[0]!).toBeLessThanOrEqual(perFen.length * amountsFen.length)
    }),
  )
})

it('never gives more points for a split receipt when fractions are dropped', () => {
  const perYuan = aRule({ gift: { type: 'rate', points: 1, perFen: 100 } })
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 2, maxLength: 8 }), (amounts) => {
      const together = earn(withRules(perYuan), aPurchase(amounts)).points
      const apart = sum(amounts.map((amount) => earn(withRules(perYuan), aPurchase([amount])).points))
      expect(apart).toBeLessThanOrEqual(together)
    }),
  )
})

it('counts the amount paid in money, spread over the lines of the purchase to the fen', () => {
  fc.assert(
    fc.property(somePurchases, (purchase) => {
      const { basis } = aPolicy().earning
      const amountFen = sum(purchase.lines.map((line) => line.amountFen))
      const counted = countedFen(basis, purchase)
      expect(sum(counted)).toBe(amountFen - Math.min(amountFen, purchase.paid.couponFen))
      expect(Math.min(...counted)).toBeGreaterThanOrEqual(0)
      expect(countedFen({ ...basis, coupons: true }, purchase)).toEqual(purchase.lines.map((line) => line.amountFen))
    }),
  )
})

it('spreads points by weight: each line gets its share rounded down or up, and none is lost', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.array(fc.nat(5_000), { minLength: 1, maxLength: 8 }), (points, weights) => {
      const parts = allocate(points, weights)
      expect(sum(parts)).toBe(points)
      const total = sum(weights)
      if (total === 0) return
      parts.forEach((part, line) => {
        expect(Math.abs(part - (points * weights[line]!) / total)).toBeLessThan(1)
      })
    }),
  )
})
