import { addBought, countBought } from '@pointbook/server/core/ledger/bought'
import type { Bought } from '@pointbook/server/core/ledger/points'
import { outlook } from '@pointbook/server/core/tiers/outlook'
import { counted, nextTier, riseTier, settleTier } from '@pointbook/server/core/tiers/tiers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPolicy } from '../../support/policies.ts'
import { anAccount, earned, granted, holding, inForce, policy, TODAY } from '../../support/tiers.ts'

describe('the figure that counts (F3, F4, B33)', () => {
  it('uses the points earned, not the balance: spending does not lower a tier', () => {
    expect(inForce(policy(), { ...earned(600), balance: 0 })).toBe('silver')
  })

  it('counts the window the policy names', () => {
    const account = anAccount({ earned: 3_000, earnedByMonth: { '2025-03': 400, '2025-04': 300, '2026-01': 300 } })
    expect(counted(policy({ window: 'lifetime' }), account, TODAY)).toBe(3_000)
    expect(counted(policy(), account, TODAY)).toBe(600)
    expect(counted(policy({ window: 'calendar-year' }), account, TODAY)).toBe(300)
  })

  it('counts money or purchases when the policy names them', () => {
    const bought: Record<string, Bought> = { '0000-00': [90_000, 9], '2025-12': [12_300, 2], '2026-03': [7_700, 1] }
    const account = anAccount({ boughtByMonth: bought, earned: 1, earnedByMonth: { '2026-03': 1 } })
    expect(counted(policy({ measure: 'spend' }), account, TODAY)).toBe(20_000)
    expect(counted(policy({ measure: 'purchases' }), account, TODAY)).toBe(3)
    expect(counted(policy({ measure: 'spend', window: 'lifetime' }), account, TODAY)).toBe(110_000)
    expect(counted(policy({ measure: 'purchases', window: 'calendar-year' }), account, TODAY)).toBe(1)
  })

  it('subtracts a return from its purchase’s month, and the purchase itself only when it was returned completely', () => {
    const twice = countBought(countBought(anAccount({}), '2026-02', 10_000, 1), '2026-03', 5_000, 1)
    const returned = countBought(countBought(twice, '2026-02', -4_000, 0), '2026-03', -5_000, -1)
    expect(returned.boughtByMonth).toEqual({ '2026-02': [6_000, 1], '2026-03': [0, 0] })
    expect(returned.spendFen).toBe(6_000)
  })

  it('subtracts a return of a month no longer kept from the sum of earlier months', () => {
    const account = anAccount({ boughtByMonth: { '0000-00': [50_000, 5], '2026-03': [1_000, 1] } })
    expect(countBought(account, '2020-01', -20_000, -1).boughtByMonth).toEqual({
      '0000-00': [30_000, 4],
      '2026-03': [1_000, 1],
    })
  })

  it('keeps 37 months and the sum of all earlier months, so that no purchase is lost', () => {
    const purchase = fc.record({
      month: fc.integer({ min: 0, max: 119 }),
      fen: fc.integer({ min: 0, max: 1_000_000 }),
    })
    const monthAt = (index: number) => `${2020 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
    fc.assert(
      fc.property(fc.array(purchase, { maxLength: 150 }), (all) => {
        const account = all.reduce(
          (before, { month, fen }) => countBought(before, monthAt(month), fen, 1),
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

describe('the tier in force (F5, F9)', () => {
  it('is reached with exactly its points, and reports the distance to the next tier', () => {
    expect(inForce(policy(), earned(500))).toBe('silver')
    expect(nextTier(policy(), earned(500), null, TODAY)).toMatchObject({ tier: { id: 'gold' }, needed: 1_500 })
  })

  it('has no next tier at the top, and does not exist in a shop without tiers', () => {
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

  it('is never a tier that the policy no longer has', () => {
    expect(inForce(policy(), earned(500), holding('platinum'))).toBe('silver')
    expect(inForce(policy(), earned(10), granted('platinum', '2027-01-01'))).toBe('basic')
    expect(settleTier(policy(), earned(10), holding('platinum'), TODAY)).toBeNull()
  })
})

describe('rising', () => {
  it('stores the tier on the day it is reached, and notifies', () => {
    const { heldTier, news } = riseTier(policy(), earned(2_000), holding('silver'), TODAY)!
    expect(heldTier).toMatchObject({ tierId: 'gold', since: TODAY, keptUntil: null })
    expect(news).toMatchObject([{ type: 'upgraded', tier: { id: 'gold' } }])
  })

  it('sends no message about the first tier or about a tier below the granted one', () => {
    expect(riseTier(policy(), earned(3), null, TODAY)).toBeNull()
    const { heldTier, news } = riseTier(policy(), earned(500), granted('gold', '2026-12-31'), TODAY)!
    expect(heldTier).toMatchObject({ tierId: 'silver', grantedTierId: 'gold' })
    expect(news).toEqual([])
  })
})

describe('falling', () => {
  it('keeps the tier during the grace period, then falls to the reached tier', () => {
    const rules = policy({ graceDays: 30 })
    const { heldTier, news } = settleTier(rules, earned(100), holding('gold'), TODAY)!
    expect(heldTier).toMatchObject({ tierId: 'gold', keptUntil: '2026-04-01' })
    expect(news).toMatchObject([{ type: 'grace', until: '2026-04-01', needed: 1_900 }])
    expect(settleTier(rules, earned(100), heldTier, '2026-04-01')).toBeNull()
    const fallen = settleTier(rules, earned(100), heldTier, '2026-04-02')!
    expect(fallen.heldTier).toMatchObject({ tierId: 'basic', since: '2026-04-02', keptUntil: null })
    expect(fallen.news).toMatchObject([{ type: 'downgraded', from: { id: 'gold' }, to: { id: 'basic' } }])
  })

  it('keeps a tier that is reached again within the grace period', () => {
    const heldTier = holding('gold', { keptUntil: '2026-04-01' })
    const { heldTier: after, news } = settleTier(policy({ graceDays: 30 }), earned(2_000), heldTier, TODAY)!
    expect(after).toMatchObject({ tierId: 'gold', since: '2026-01-01', keptUntil: null })
    expect(news).toMatchObject([{ type: 'kept' }])
  })

  it('falls by one and stays there while the window lasts', () => {
    const rules = policy({ downgrade: 'one' })
    const { heldTier } = settleTier(rules, earned(0), holding('diamond'), TODAY)!
    expect(heldTier).toMatchObject({ tierId: 'gold', keptUntil: '2026-03-31' })
    expect(settleTier(rules, earned(0), heldTier, '2026-03-31')).toBeNull()
    expect(settleTier(rules, earned(0), heldTier, '2026-04-01')!.heldTier.tierId).toBe('silver')
  })

  it('never falls when the policy keeps tiers for ever', () => {
    expect(settleTier(policy({ downgrade: 'never' }), earned(0), holding('gold'), TODAY)).toBeNull()
  })

  it('ends a granted tier after its last day and notifies', () => {
    const heldTier = granted('gold', '2026-03-01')
    const settled = settleTier(policy(), earned(10), heldTier, TODAY)!
    expect(settled.heldTier).toMatchObject({ grantedTierId: null, grantedUntil: null })
    expect(settled.news).toMatchObject([{ type: 'grant-ended', from: { id: 'gold' }, to: { id: 'basic' } }])
    expect(settleTier(policy(), earned(10), heldTier, '2026-03-01')).toBeNull()
  })
})

describe('the condition for keeping the tier', () => {
  it('shows the amount that leaves a rolling window at the end of the month and the amount needed before', () => {
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

  it('shows in the grace period the amount that restores the tier', () => {
    const heldTier = holding('silver', { keptUntil: '2026-03-20' })
    expect(outlook(policy({ graceDays: 30 }), earned(120), heldTier, TODAY)).toEqual({
      safeUntil: '2026-03-20',
      keep: { by: '2026-03-20', needed: 380, falling: 0 },
    })
  })

  it('names no condition for permanent tiers, and only the last day for a granted one', () => {
    const forEver = { safeUntil: null, keep: null }
    expect(outlook(policy({ window: 'lifetime' }), earned(600), holding('silver'), TODAY)).toEqual(forEver)
    expect(outlook(policy(), earned(10), null, TODAY)).toEqual(forEver)
    expect(outlook(policy(), earned(10), granted('gold', '2026-06-30'), TODAY)).toEqual({
      safeUntil: '2026-06-30',
      keep: null,
    })
  })
})
