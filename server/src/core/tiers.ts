import type { Policy, Tier } from '@pointbook/shared/contract/policy'
import { addMonths, type Day } from '@pointbook/shared/day'
import type { Account } from './points.ts'

/** Points earned in the policy's window; never the balance, so that spending costs nobody a tier. */
export function earnedInWindow(policy: Policy, account: Account, today: Day): number {
  const { window, rollingMonths } = policy.tiers
  if (window === 'lifetime') return account.earned
  const from = window === 'calendar-year' ? `${today.slice(0, 4)}-01` : addMonths(today, 1 - rollingMonths).slice(0, 7)
  return Object.entries(account.earnedByMonth).reduce((sum, [month, points]) => (month >= from ? sum + points : sum), 0)
}

/** Tiers from the lowest up. */
export const levelsUp = (policy: Policy): Tier[] => [...policy.tiers.levels].sort((a, b) => a.from - b.from)

/** The highest tier reached; null when the policy has none that low. */
export function tierOf(policy: Policy, account: Account, today: Day): Tier | null {
  const earned = earnedInWindow(policy, account, today)
  return levelsUp(policy).findLast((level) => level.from <= earned) ?? null
}

/** The next tier up and the points still missing. */
export function nextTier(policy: Policy, account: Account, today: Day): { tier: Tier; pointsLeft: number } | null {
  const earned = earnedInWindow(policy, account, today)
  const tier = levelsUp(policy).find((level) => level.from > earned)
  return tier ? { tier, pointsLeft: tier.from - earned } : null
}
