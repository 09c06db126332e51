import { isDivisible, openBacktest } from '@pointbook/server/core/back-test/back-test'
import { extremes, joinBacktests } from '@pointbook/server/core/back-test/result'
import type { Past } from '@pointbook/server/core/back-test/sale'
import { earn } from '@pointbook/server/core/earning/earning'
import { countBought } from '@pointbook/server/core/ledger/bought'
import { type Account, emptyAccount } from '@pointbook/server/core/ledger/points'
import { type HeldTier, riseTier, settleTier, tierInForce } from '@pointbook/server/core/tiers/tiers'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, type Day } from '@pointbook/shared/day'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aPurchase, somePolicies, somePurchases, withRules } from '../../support/earning.ts'
import { aRule, tiersOf } from '../../support/policies.ts'

const nobody = { tags: [], birthday: null, joinedOn: null }

const levels = [
  { id: 'silver', name: '银卡', from: 200, multiplierBp: 11_000, benefits: [] },
  { id: 'gold', name: '金卡', from: 900, multiplierBp: 15_000, benefits: [] },
]

const policies = fc
  .record({
    policy: somePolicies,
    measure: fc.constantFrom('points' as const, 'purchases' as const),
    window: fc.constantFrom('calendar-year' as const, 'rolling' as const, 'lifetime' as const),
    downgrade: fc.constantFrom('one' as const, 'reached' as const, 'never' as const),
    graceDays: fc.constantFrom(0, 20),
  })
  .map(({ policy, measure, ...how }) => {
    const scaled = measure === 'purchases' ? levels.map((each, rank) => ({ ...each, from: 1 + rank * 3 })) : levels
    return { ...policy, tiers: tiersOf(scaled, { measure, rollingMonths: 2, ...how }) }
  })

type Bought = Pick<Past, 'memberId' | 'on' | 'lines' | 'paid'>

/** Purchases of two members over the years, in the order of time. */
const histories = fc
  .array(fc.record({ purchase: somePurchases, member: fc.integer({ min: 1, max: 2 }), wait: fc.nat(70) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((steps) => {
    let on: Day = '2026-01-01'
    return steps.map(({ purchase: { lines, paid }, member, wait }): Bought => {
      on = addDays(on, wait)
      return { memberId: member, on, lines, paid }
    })
  })

const pastOf = (bought: Bought, given: number): Past => {
  const { storeId, channel, payment, minute } = aPurchase([])
  return { ...bought, storeId, channel, payment, minute, given, givenBy: [{ rule: 'r', points: given }], ref: '' }
}

/** The real course of the shop: every purchase at the till, and every night the job that settles tiers. */
function live(policy: Policy, history: Bought[]): number[] {
  const members = new Map<number, { account: Account; heldTier: HeldTier | null }>()
  const used = new Map<string, number>()
  let night: Day = '2026-01-01'
  return history.map(({ memberId, on, lines, paid }) => {
    for (; night < on; ) {
      night = addDays(night, 1)
      for (const each of members.values())
        each.heldTier = settleTier(policy, each.account, each.heldTier, night)?.heldTier ?? each.heldTier
    }
    const member = members.get(memberId) ?? { account: emptyAccount(memberId), heldTier: null }
    const { account, heldTier } = member
    const tierId = tierInForce(policy, account, heldTier, on)?.id ?? null
    const counter = (scope: string) => (scope.startsWith('budget/') ? scope : `${memberId}/${scope}`)
    const event = aPurchase([], { purchases: account.purchases, tierId }, { lines, paid, on })
    const earned = earn(policy, event, (scope) => used.get(counter(scope)) ?? 0)
    for (const { scope, points } of earned.used) used.set(counter(scope), (used.get(counter(scope)) ?? 0) + points)
    const month = on.slice(0, 7)
    const bought = countBought(
      account,
      month,
      lines.reduce((sum, line) => sum + line.amountFen, 0),
      1,
    )
    const earnedByMonth = { ...bought.earnedByMonth, [month]: (bought.earnedByMonth[month] ?? 0) + earned.points }
    const after = { ...bought, purchases: account.purchases + 1, earned: bought.earned + earned.points, earnedByMonth }
    members.set(memberId, { account: after, heldTier: riseTier(policy, after, heldTier, on)?.heldTier ?? heldTier })
    return earned.points
  })
}

function replayed(policy: Policy, past: Past[], from = '2026-01-01') {
  const backtest = openBacktest(policy, from)
  const points = past.map((each) => {
    if (backtest.isNew(each.memberId)) backtest.introduce(each.memberId, nobody)
    return backtest.take(each).points
  })
  return { points, result: backtest.result }
}

it('gives exactly the recorded points under the policy that was in force, with its tiers, caps and nightly jobs', () => {
  fc.assert(
    fc.property(policies, histories, (policy, history) => {
      const given = live(policy, history)
      const { points, result } = replayed(
        policy,
        history.map((bought, index) => pastOf(bought, given[index]!)),
      )
      expect(points).toEqual(given)
      expect(result).toMatchObject({ more: 0, less: 0, same: history.length })
      expect(result.all.would).toBe(result.all.given)
    }),
    { numRuns: 100 },
  )
})

it('adds up to the same total by month, by tier and by member, and by rule to the points that would be given', () => {
  fc.assert(
    fc.property(policies, histories, fc.nat(99), (policy, history, given) => {
      const { result } = replayed(
        policy,
        history.map((bought) => pastOf(bought, given)),
      )
      for (const parts of [result.months, result.tiers, result.members])
        for (const of of ['purchases', 'given', 'would'] as const)
          expect([...parts.values()].reduce((sum, part) => sum + part[of], 0)).toBe(result.all[of])
      for (const of of ['given', 'would'] as const)
        expect([...result.rules.values()].reduce((sum, rule) => sum + rule[of], 0)).toBe(result.all[of])
      expect(result.more + result.less + result.same).toBe(history.length)
    }),
    { numRuns: 100 },
  )
})

it('has the same result whether it replays all members together or in groups', () => {
  fc.assert(
    fc.property(policies.filter(isDivisible), histories, fc.nat(99), (policy, history, given) => {
      const past = history.map((bought) => pastOf(bought, given))
      const groups = [0, 1, 2].map((group) => past.filter(({ memberId }) => memberId % 3 === group))
      const joined = joinBacktests(groups.map((group) => replayed(policy, group).result))
      expect(joined).toEqual(replayed(policy, past).result)
      expect([...joined.months.keys()]).toEqual([...replayed(policy, past).result.months.keys()])
    }),
    { numRuns: 100 },
  )
})

it('keeps members in one group when they share a budget', () => {
  const caps = { day: null, month: null, member: 5, budget: null }
  expect(isDivisible(withRules(aRule({ gift: { type: 'fixed', points: 1 }, caps })))).toBe(true)
  expect(isDivisible(withRules(aRule({ gift: { type: 'fixed', points: 1 }, caps: { ...caps, budget: 100 } })))).toBe(
    false,
  )
})

it('counts purchases before the period for caps and first purchases, but not in the result', () => {
  const welcome = aRule({ gift: { type: 'fixed', points: 10 }, conditions: [{ type: 'first-purchase' }] })
  const buy = (on: Day) => pastOf({ ...aPurchase([100]), memberId: 1, on }, 3)
  const { points, result } = replayed(withRules(welcome), [buy('2026-01-31'), buy('2026-02-01')], '2026-02-01')
  expect(points).toEqual([10, 0])
  expect(result.all).toEqual({ purchases: 1, given: 3, would: 0 })
})

it('names the members with the largest gain or loss, and no member without a change', () => {
  const members = new Map(
    [0, 5, -2, 9, -7].map((change, index) => [index, { purchases: 1, given: 10, would: 10 + change }]),
  )
  const { winners, losers } = extremes(members, 2)
  expect(winners.map(([memberId]) => memberId)).toEqual([3, 1])
  expect(losers.map(([memberId]) => memberId)).toEqual([4, 2])
})
