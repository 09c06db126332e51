import { countBought } from '@pointbook/server/core/ledger/bought'
import { type Account, countEarned } from '@pointbook/server/core/ledger/points'
import { outlook } from '@pointbook/server/core/tiers/outlook'
import { type HeldTier, levelsUp, riseTier, settleTier, tierInForce } from '@pointbook/server/core/tiers/tiers'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, type Day } from '@pointbook/shared/day'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPolicy } from '../../support/policies.ts'
import { anAccount, earned, granted, holding, inForce, levels, policy, TODAY } from '../../support/tiers.ts'

const aShop = fc.record({
  measure: fc.constantFrom('points', 'spend', 'purchases'),
  window: fc.constantFrom('calendar-year', 'rolling', 'lifetime'),
  rollingMonths: fc.integer({ min: 1, max: 14 }),
  downgrade: fc.constantFrom('one', 'reached', 'never'),
  graceDays: fc.integer({ min: 0, max: 40 }),
})

/** A sequence of days; on some of them something is earned, bought or taken back. */
const aLife = fc.array(
  fc.record({ days: fc.integer({ min: 1, max: 50 }), points: fc.integer({ min: -500, max: 2_500 }) }),
  { minLength: 1, maxLength: 40 },
)

const rank = (rules: Policy, id: string | null | undefined) => levelsUp(rules).findIndex((one) => one.id === id)

/**
 * Plays a sequence under a policy: each day the job first, then the events, as the server does. `watch` is called at every step.
 */
function play(
  rules: Policy,
  life: readonly { days: number; points: number }[],
  watch: (step: { account: Account; before: HeldTier | null; settled: HeldTier | null; today: Day }) => void,
) {
  let [account, heldTier, today] = [anAccount({}), null as HeldTier | null, TODAY]
  for (const { days, points } of life) {
    today = addDays(today, days)
    const settled = settleTier(rules, account, heldTier, today)?.heldTier ?? heldTier
    watch({ account, before: heldTier, settled, today })
    expect(settleTier(rules, account, settled, today)).toBeNull()
    const month = today.slice(0, 7)
    const least = Math.max(points, -(account.earnedByMonth[month] ?? 0))
    const bought = countBought(account, month, least, least > 0 ? 1 : 0)
    account = countEarned(bought, month, least)
    heldTier = riseTier(rules, account, settled, today)?.heldTier ?? settled
    expect(rank(rules, heldTier?.tierId)).toBeGreaterThanOrEqual(
      heldTier ? rank(rules, tierInForce(rules, account, null, today)?.id) : -1,
    )
  }
}

describe('in any sequence of events', () => {
  it('raises a tier in time, and lowers it neither too early nor by more than the policy says', () => {
    fc.assert(
      fc.property(aShop, aLife, (tiers, life) => {
        const rules = policy(tiers)
        play(rules, life, ({ account, before, settled, today }) => {
          const reached = rank(rules, tierInForce(rules, account, null, today)?.id)
          const [was, is] = [rank(rules, before?.tierId), rank(rules, settled?.tierId)]
          if (is >= was) return
          expect(tiers.downgrade).not.toBe('never')
          expect(was).toBeGreaterThan(reached)
          expect(is).toBe(tiers.downgrade === 'one' ? was - 1 : reached)
          // The grace had begun before, and is over.
          if (tiers.graceDays > 0) expect(before!.keptUntil! < today).toBe(true)
        })
      }),
      { numRuns: 150 },
    )
  })

  it('ends a granted tier without the job too', () => {
    fc.assert(
      fc.property(aShop, fc.integer({ min: 0, max: 6_000 }), fc.integer({ min: 0, max: 60 }), (tiers, points, days) => {
        const rules = policy(tiers)
        const [account, until] = [earned(points), addDays(TODAY, days)]
        const heldTier = granted('gold', until)
        const over = addDays(until, 1)
        expect(rank(rules, inForce(rules, account, heldTier, until))).toBeGreaterThanOrEqual(rank(rules, 'gold'))
        expect(inForce(rules, account, heldTier, over)).toBe(inForce(rules, account, holding(null), over))
        const settled = settleTier(rules, account, heldTier, over)!.heldTier
        expect(settled.grantedTierId).toBeNull()
        expect(inForce(rules, account, settled, over)).toBe(inForce(rules, account, heldTier, over))
      }),
      { numRuns: 100 },
    )
  })

  it('tolerates a tier that was removed from the policy', () => {
    fc.assert(
      fc.property(aShop, aLife, fc.constantFrom('basic', 'silver', 'gold', 'diamond'), (tiers, life, gone) => {
        const after = aPolicy({ tiers: { ...policy(tiers).tiers, levels: levels.filter(({ id }) => id !== gone) } })
        play(policy(tiers), life, ({ account, settled, today }) => {
          const now = settleTier(after, account, settled, today)?.heldTier ?? settled
          expect(tierInForce(after, account, now, today)?.id).not.toBe(gone)
          expect(rank(after, tierInForce(after, account, now, today)?.id)).toBeGreaterThanOrEqual(
            rank(after, tierInForce(after, account, null, today)?.id),
          )
          outlook(after, account, now, today)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('names no day for keeping a tier on which the tier is then lost', () => {
    fc.assert(
      fc.property(
        aShop,
        fc.integer({ min: 0, max: 6_000 }),
        fc.integer({ min: 1, max: 400 }),
        (tiers, points, days) => {
          const rules = policy({ ...tiers, measure: 'points' })
          const account = earned(points)
          const first = riseTier(rules, account, null, TODAY)?.heldTier ?? null
          const mine = inForce(rules, account, first)
          const { safeUntil } = outlook(rules, account, first, TODAY)
          const last = addDays(TODAY, days)
          let heldTier = first
          for (let today = TODAY; today <= last; today = addDays(today, 1)) {
            heldTier = settleTier(rules, account, heldTier, today)?.heldTier ?? heldTier
            if (safeUntil === null || today <= safeUntil) expect(inForce(rules, account, heldTier, today)).toBe(mine)
            if (safeUntil !== null && today === addDays(safeUntil, 1))
              expect(rank(rules, inForce(rules, account, heldTier, today))).toBeLessThan(rank(rules, mine))
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
