import { type Account, emptyAccount } from '@pointbook/server/core/ledger/points'
import { type HeldTier, holdsNothing, tierInForce } from '@pointbook/server/core/tiers/tiers'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Day } from '@pointbook/shared/day'
import { aPolicy, tiersOf } from './policies.ts'

export const TODAY = '2026-03-02'

const level = (id: string, from: number) => ({ id, name: id, from, multiplierBp: 10_000, benefits: [] })
export const levels = [level('gold', 2_000), level('basic', 0), level('silver', 500), level('diamond', 5_000)]
export const policy = (changes: Partial<Policy['tiers']> = {}) =>
  aPolicy({ tiers: tiersOf(levels, { window: 'rolling', ...changes }) })

export const anAccount = (changes: Partial<Account>): Account => ({ ...emptyAccount(1), ...changes })

export const earned = (points: number, month = '2026-03') =>
  anAccount({ earnedByMonth: { [month]: points }, earned: points })
export const holding = (tierId: string | null, changes: Partial<HeldTier> = {}): HeldTier => ({
  ...holdsNothing(1, '2026-01-01'),
  tierId,
  ...changes,
})
export const granted = (tierId: string, until: Day, changes: Partial<HeldTier> = {}) =>
  holding(null, { grantedTierId: tierId, grantedOn: '2026-01-01', grantedUntil: until, ...changes })

export const inForce = (rules: Policy, account: Account, tier: HeldTier | null = null, today = TODAY) =>
  tierInForce(rules, account, tier, today)?.id
