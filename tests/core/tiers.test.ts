import { addBought, type Bought, countBought } from '@pointbook/server/core/bought'
import { type Account, countEarned } from '@pointbook/server/core/points'
import { outlook } from '@pointbook/server/core/tier-outlook'
import {
  counted,
  type HeldTier,
  holdsNothing,
  levelsUp,
  nextTier,
  riseTier,
  settleTier,
  tierInForce,
} from '@pointbook/server/core/tiers'
import type { Policy } from '@pointbook/shared/contract/policy'
import { addDays, type Day } from '@pointbook/shared/day'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPolicy, tiersOf } from '../support/policies.ts'

const TODAY = '2026-03-02'

const level = (id: string, from: number) => ({ id, name: id, from, multiplierBp: 10_000, benefits: [] })
const levels = [level('gold', 2_000), level('basic', 0), level('silver', 500), level('diamond', 5_000)]
const policy = (changes: Partial<Policy['tiers']> = {}) =>
  aPolicy({ tiers: tiersOf(levels, { window: 'rolling', ...changes }) })

const anAccount = (changes: Partial<Account>): Account => ({
  memberId: 1,
  standing: 'active',
  balance: 0,
  debt: 0,
  seq: 0,
  earned: 0,
  spent: 0,
  expired: 0,
  purchases: 0,
  spendFen: 0,
  earnedByMonth: {},
  boughtByMonth: {},
  lastAt: null,
  ...changes,
})

const earned = (points: number, month = '2026-03') => anAccount({ earnedByMonth: { [month]: points }, earned: points })
const holding = (tierId: string | null, changes: Partial<HeldTier> = {}): HeldTier => ({
  ...holdsNothing(1, '2026-01-01'),
  tierId,
  ...changes,
})
const granted = (tierId: string, until: Day, changes: Partial<HeldTier> = {}) =>
  holding(null, { grantedTierId: tierId, grantedOn: '2026-01-01', grantedUntil: until, ...changes })

const inForce = (rules: Policy, account: Account, held: HeldTier | null = null, today = TODAY) =>
  tierInForce(rules, account, held, today)?.id

describe('what is counted (F3, F4, B33)', () => {
  it('goes by what was earned, not by the balance: spending costs nobody a tier', () => {
    expect(inForce(policy(), { ...earned(600), balance: 0 })).toBe('silver')
  })

  it('counts the window the policy names', () => {
    const account = anAccount({ earned: 3_000, earnedByMonth: { '2025-03': 400, '2025-04': 300, '2026-01': 300 } })
    expect(counted(policy({ window: 'lifetime' }), account, TODAY)).toBe(3_000)
    expect(counted(policy(), account, TODAY)).toBe(600)
    expect(counted(policy({ window: 'calendar-year' }), account, TODAY)).toBe(300)
  })

  it('counts money or purchases where the policy says so', () => {
    const bought: Record<string, Bought> = { '0000-00': [90_000, 9], '2025-12': [12_300, 2], '2026-03': [7_700, 1] }
    const account = anAccount({ boughtByMonth: bought, earned: 1, earnedByMonth: { '2026-03': 1 } })
    expect(counted(policy({ measure: 'spend' }), account, TODAY)).toBe(20_000)
    expect(counted(policy({ measure: 'purchases' }), account, TODAY)).toBe(3)
    expect(counted(policy({ measure: 'spend', window: 'lifetime' }), account, TODAY)).toBe(110_000)
    expect(counted(policy({ measure: 'purchases', window: 'calendar-year' }), account, TODAY)).toBe(1)
  })

  it('takes a return off its own month, and the purchase itself only when it went back whole', () => {
    const twice = countBought(countBought(anAccount({}), '2026-02', 10_000, 1), '2026-03', 5_000, 1)
    const returned = countBought(countBought(twice, '2026-02', -4_000, 0), '2026-03', -5_000, -1)
    expect(returned.boughtByMonth).toEqual({ '2026-02': [6_000, 1], '2026-03': [0, 0] })
    expect(returned.spendFen).toBe(6_000)
  })

  it('takes a return of a month no longer kept off what came before', () => {
    const account = anAccount({ boughtByMonth: { '0000-00': [50_000, 5], '2026-03': [1_000, 1] } })
    expect(countBought(account, '2020-01', -20_000, -1).boughtByMonth).toEqual({
      '0000-00': [30_000, 4],
      '2026-03': [1_000, 1],
    })
  })

  it('keeps 37 months and the sum of all before: nothing bought is lost', () => {
    const purchase = fc.record({
      month: fc.integer({ min: 0, max: 119 }),
      fen: fc.integer({ min: 0, max: 1_000_000 }),
    })
    const monthOf = (index: number) => `${2020 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
    fc.assert(
      fc.property(fc.array(purchase, { maxLength: 150 }), (all) => {
        const account = all.reduce(
          (before, { month, fen }) => countBought(before, monthOf(month), fen, 1),
          anAccount({}),
        )
        const sums = Object.values(account.boughtByMonth)
        expect(sums.reduce((sum, [fen]) => sum + fen, 0)).toBe(account.spendFen)
        expect(sums.reduce((sum, [, purchases]) => sum + purchases, 0)).toBe(all.length)
        expect(sums.length).toBeLessThanOrEqual(38)
        expect(addBought(account.boughtByMonth, {})).toEqual(account.boughtByMonth)
      }),
      { numRuns: 50 },
    )
  })
})

describe('which tier is in force (F5, F9)', () => {
  it('reaches a tier with exactly its points, and says how far the next is', () => {
    expect(inForce(policy(), earned(500))).toBe('silver')
    expect(nextTier(policy(), earned(500), null, TODAY)).toMatchObject({ tier: { id: 'gold' }, needed: 1_500 })
  })

  it('has no next tier at the top and none at all in a shop without tiers', () => {
    expect(nextTier(policy(), earned(9_000), null, TODAY)).toBeNull()
    expect(inForce(aPolicy(), earned(9_000))).toBeUndefined()
  })

  it('is the highest of what is reached, held and granted until its last day', () => {
    expect(inForce(policy(), earned(500), holding('gold'))).toBe('gold')
    expect(inForce(policy(), earned(2_500), holding('silver'))).toBe('gold')
    const paid = granted('diamond', '2026-03-02', { tierId: 'silver' })
    expect(inForce(policy(), earned(500), paid)).toBe('diamond')
    expect(inForce(policy(), earned(500), paid, '2026-03-03')).toBe('silver')
  })

  it('passes over a tier the policy no longer has', () => {
    expect(inForce(policy(), earned(500), holding('platinum'))).toBe('silver')
    expect(inForce(policy(), earned(10), granted('platinum', '2027-01-01'))).toBe('basic')
    expect(settleTier(policy(), earned(10), holding('platinum'), TODAY)).toBeNull()
  })
})

describe('rising', () => {
  it('holds the tier reached from the very day, and tells', () => {
    const { held, news } = riseTier(policy(), earned(2_000), holding('silver'), TODAY)!
    expect(held).toMatchObject({ tierId: 'gold', since: TODAY, keptUntil: null })
    expect(news).toMatchObject([{ type: 'upgraded', tier: { id: 'gold' } }])
  })

  it('does not tell of the first tier, nor of one below that granted', () => {
    expect(riseTier(policy(), earned(3), null, TODAY)).toBeNull()
    const { held, news } = riseTier(policy(), earned(500), granted('gold', '2026-12-31'), TODAY)!
    expect(held).toMatchObject({ tierId: 'silver', grantedTierId: 'gold' })
    expect(news).toEqual([])
  })
})

describe('falling', () => {
  it('keeps the tier for its grace, then falls to what is reached', () => {
    const rules = policy({ graceDays: 30 })
    const { held, news } = settleTier(rules, earned(100), holding('gold'), TODAY)!
    expect(held).toMatchObject({ tierId: 'gold', keptUntil: '2026-04-01' })
    expect(news).toMatchObject([{ type: 'grace', until: '2026-04-01', needed: 1_900 }])
    expect(settleTier(rules, earned(100), held, '2026-04-01')).toBeNull()
    const fallen = settleTier(rules, earned(100), held, '2026-04-02')!
    expect(fallen.held).toMatchObject({ tierId: 'basic', since: '2026-04-02', keptUntil: null })
    expect(fallen.news).toMatchObject([{ type: 'downgraded', from: { id: 'gold' }, to: { id: 'basic' } }])
  })

  it('keeps a tier reached again within the grace', () => {
    const held = holding('gold', { keptUntil: '2026-04-01' })
    const { held: after, news } = settleTier(policy({ graceDays: 30 }), earned(2_000), held, TODAY)!
    expect(after).toMatchObject({ tierId: 'gold', since: '2026-01-01', keptUntil: null })
    expect(news).toMatchObject([{ type: 'kept' }])
  })

  it('falls by one and stays there while the window lasts', () => {
    const rules = policy({ downgrade: 'one' })
    const { held } = settleTier(rules, earned(0), holding('diamond'), TODAY)!
    expect(held).toMatchObject({ tierId: 'gold', keptUntil: '2026-03-31' })
    expect(settleTier(rules, earned(0), held, '2026-03-31')).toBeNull()
    expect(settleTier(rules, earned(0), held, '2026-04-01')!.held.tierId).toBe('silver')
  })

  it('never falls where the policy says so', () => {
    expect(settleTier(policy({ downgrade: 'never' }), earned(0), holding('gold'), TODAY)).toBeNull()
  })

  it('ends a granted tier after its last day and says so', () => {
    const held = granted('gold', '2026-03-01')
    const settled = settleTier(policy(), earned(10), held, TODAY)!
    expect(settled.held).toMatchObject({ grantedTierId: null, grantedUntil: null })
    expect(settled.news).toMatchObject([{ type: 'grant-ended', from: { id: 'gold' }, to: { id: 'basic' } }])
    expect(settleTier(policy(), earned(10), held, '2026-03-01')).toBeNull()
  })
})

describe('what keeps me here', () => {
  it('tells what drops out of a rolling window at the end of the month and what must come before', () => {
    const account = anAccount({ earnedByMonth: { '2025-04': 300, '2025-09': 150, '2026-02': 100 }, earned: 550 })
    expect(outlook(policy(), account, holding('silver'), TODAY)).toEqual({
      safeUntil: '2026-03-31',
      keep: { by: '2026-03-31', needed: 250, falling: 300 },
    })
  })

  it('looks ahead to the month in which the tier would no longer be reached, and adds the grace', () => {
    const account = anAccount({ earnedByMonth: { '2025-04': 300, '2026-01': 600 }, earned: 900 })
    expect(outlook(policy({ graceDays: 10 }), account, holding('silver'), TODAY)).toEqual({
      safeUntil: '2027-01-11',
      keep: { by: '2026-03-31', needed: 0, falling: 300 },
    })
  })

  it('says in the grace how much brings the tier back', () => {
    const held = holding('silver', { keptUntil: '2026-03-20' })
    expect(outlook(policy({ graceDays: 30 }), earned(120), held, TODAY)).toEqual({
      safeUntil: '2026-03-20',
      keep: { by: '2026-03-20', needed: 380, falling: 0 },
    })
  })

  it('asks nothing for ever-lasting tiers, and nothing but its date of a granted one', () => {
    const forEver = { safeUntil: null, keep: null }
    expect(outlook(policy({ window: 'lifetime' }), earned(600), holding('silver'), TODAY)).toEqual(forEver)
    expect(outlook(policy(), earned(10), null, TODAY)).toEqual(forEver)
    expect(outlook(policy(), earned(10), granted('gold', '2026-06-30'), TODAY)).toEqual({
      safeUntil: '2026-06-30',
      keep: null,
    })
  })
})

const aShop = fc.record({
  measure: fc.constantFrom('points', 'spend', 'purchases'),
  window: fc.constantFrom('calendar-year', 'rolling', 'lifetime'),
  rollingMonths: fc.integer({ min: 1, max: 14 }),
  downgrade: fc.constantFrom('one', 'reached', 'never'),
  graceDays: fc.integer({ min: 0, max: 40 }),
})

/** Days go by; on some of them something is earned, bought or taken back. */
const aLife = fc.array(
  fc.record({ days: fc.integer({ min: 1, max: 50 }), points: fc.integer({ min: -500, max: 2_500 }) }),
  { minLength: 1, maxLength: 40 },
)

const rank = (rules: Policy, id: string | null | undefined) => levelsUp(rules).findIndex((one) => one.id === id)

/** Plays a life under a policy: each time the job first, then what happens, as the server does. `watch` sees every step. */
function play(
  rules: Policy,
  life: readonly { days: number; points: number }[],
  watch: (step: { account: Account; before: HeldTier | null; settled: HeldTier | null; today: Day }) => void,
) {
  let [account, held, today] = [anAccount({}), null as HeldTier | null, TODAY]
  for (const { days, points } of life) {
    today = addDays(today, days)
    const settled = settleTier(rules, account, held, today)?.held ?? held
    watch({ account, before: held, settled, today })
    expect(settleTier(rules, account, settled, today)).toBeNull()
    const month = today.slice(0, 7)
    const least = Math.max(points, -(account.earnedByMonth[month] ?? 0))
    const bought = countBought(account, month, least, least > 0 ? 1 : 0)
    account = countEarned(bought, month, least)
    held = riseTier(rules, account, settled, today)?.held ?? settled
    expect(rank(rules, held?.tierId)).toBeGreaterThanOrEqual(
      held ? rank(rules, tierInForce(rules, account, null, today)?.id) : -1,
    )
  }
}

describe('whatever happens', () => {
  it('rises in time, and falls neither early nor by more than the policy says', () => {
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

  it('ends a granted tier by itself, job or no job', () => {
    fc.assert(
      fc.property(aShop, fc.integer({ min: 0, max: 6_000 }), fc.integer({ min: 0, max: 60 }), (tiers, points, days) => {
        const rules = policy(tiers)
        const [account, until] = [earned(points), addDays(TODAY, days)]
        const held = granted('gold', until)
        const over = addDays(until, 1)
        expect(rank(rules, inForce(rules, account, held, until))).toBeGreaterThanOrEqual(rank(rules, 'gold'))
        expect(inForce(rules, account, held, over)).toBe(inForce(rules, account, holding(null), over))
        const settled = settleTier(rules, account, held, over)!.held
        expect(settled.grantedTierId).toBeNull()
        expect(inForce(rules, account, settled, over)).toBe(inForce(rules, account, held, over))
      }),
      { numRuns: 100 },
    )
  })

  it('lets a tier that vanishes from the policy do no harm', () => {
    fc.assert(
      fc.property(aShop, aLife, fc.constantFrom('basic', 'silver', 'gold', 'diamond'), (tiers, life, gone) => {
        const after = aPolicy({ tiers: { ...policy(tiers).tiers, levels: levels.filter(({ id }) => id !== gone) } })
        play(policy(tiers), life, ({ account, settled, today }) => {
          const now = settleTier(after, account, settled, today)?.held ?? settled
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

  it('promises no day on which the tier is then lost', () => {
    fc.assert(
      fc.property(
        aShop,
        fc.integer({ min: 0, max: 6_000 }),
        fc.integer({ min: 1, max: 400 }),
        (tiers, points, days) => {
          const rules = policy({ ...tiers, measure: 'points' })
          const account = earned(points)
          const first = riseTier(rules, account, null, TODAY)?.held ?? null
          const mine = inForce(rules, account, first)
          const { safeUntil } = outlook(rules, account, first, TODAY)
          const last = addDays(TODAY, days)
          let held = first
          for (let today = TODAY; today <= last; today = addDays(today, 1)) {
            held = settleTier(rules, account, held, today)?.held ?? held
            if (safeUntil === null || today <= safeUntil) expect(inForce(rules, account, held, today)).toBe(mine)
            if (safeUntil !== null && today === addDays(safeUntil, 1))
              expect(rank(rules, inForce(rules, account, held, today))).toBeLessThan(rank(rules, mine))
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
