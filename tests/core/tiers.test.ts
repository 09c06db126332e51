import type { Account } from '@pointbook/server/core/points'
import { earnedInWindow, nextTier, tierOf } from '@pointbook/server/core/tiers'
import { expect, it } from 'vitest'
import { aPolicy, tiersOf } from '../support/policies.ts'

const level = (id: string, from: number) => ({ id, name: id, from, multiplierBp: 10_000, benefits: [] })
const levels = [level('gold', 2_000), level('basic', 0), level('silver', 500)]
const policy = (window: 'calendar-year' | 'rolling' | 'lifetime' = 'rolling') =>
  aPolicy({ tiers: tiersOf(levels, { window }) })

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
  lastAt: null,
  ...changes,
})

it('goes by what was earned, not by the balance: spending costs nobody a tier', () => {
  const account = anAccount({ balance: 0, earned: 600, earnedByMonth: { '2026-03': 600 } })
  expect(tierOf(policy(), account, '2026-03-02')?.id).toBe('silver')
})

it('counts the window the policy names', () => {
  const account = anAccount({ earned: 3_000, earnedByMonth: { '2025-03': 400, '2025-04': 300, '2026-01': 300 } })
  expect(earnedInWindow(policy('lifetime'), account, '2026-03-02')).toBe(3_000)
  expect(earnedInWindow(policy('rolling'), account, '2026-03-02')).toBe(600)
  expect(earnedInWindow(policy('calendar-year'), account, '2026-03-02')).toBe(300)
})

it('reaches a tier with exactly its points, and says how far the next is', () => {
  const account = anAccount({ earnedByMonth: { '2026-03': 500 } })
  expect(tierOf(policy(), account, '2026-03-02')?.id).toBe('silver')
  expect(nextTier(policy(), account, '2026-03-02')).toMatchObject({ tier: { id: 'gold' }, pointsLeft: 1_500 })
})

it('has no next tier at the top and none at all in a shop without tiers', () => {
  const rich = anAccount({ earnedByMonth: { '2026-03': 9_000 } })
  expect(nextTier(policy(), rich, '2026-03-02')).toBeNull()
  expect(tierOf(aPolicy(), rich, '2026-03-02')).toBeNull()
})
