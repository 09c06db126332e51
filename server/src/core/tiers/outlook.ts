import type { Policy, Tier } from '@pointbook/shared/contract/points/policy'
import { addDays, addMonths, type Day } from '@pointbook/shared/day'
import type { Account } from '../ledger/points.ts'
import { counted, type HeldTier, lastDayOfWindow, tierInForce } from './tiers.ts'

/** What a member needs to keep the tier in force. */
export interface Outlook {
  /** The last day on which the tier is safe without further purchases; null: it has no end. */
  safeUntil: Day | null
  /** What is needed to keep it longer; null when the member cannot lose it. */
  keep: {
    /** The last day that counts for it. */
    by: Day
    needed: number
    /** The amount that leaves the window after `by`. */
    falling: number
  } | null
}

const forEver: Outlook = { safeUntil: null, keep: null }

export function outlook(policy: Policy, account: Account, heldTier: HeldTier | null, today: Day): Outlook {
  const tier = tierInForce(policy, account, heldTier, today)
  if (!tier || tier.from === 0) return forEver
  const count = counted(policy, account, today)
  const isOwn = tier.from <= count || heldTier?.tierId === tier.id
  if (!isOwn) return { safeUntil: heldTier?.grantedUntil ?? null, keep: null }
  if (policy.tiers.downgrade === 'never') return forEver
  if (tier.from > count) return inGrace(policy, heldTier, tier.from - count, today)
  if (policy.tiers.window === 'lifetime') return forEver
  return whileReached(policy, account, tier, today)
}

function inGrace({ tiers }: Policy, heldTier: HeldTier | null, needed: number, today: Day): Outlook {
  const by = heldTier?.keptUntil ?? addDays(today, tiers.graceDays)
  return { safeUntil: by, keep: { by, needed, falling: 0 } }
}

function whileReached(policy: Policy, account: Account, tier: Tier, today: Day): Outlook {
  const by = lastDayOfWindow(policy, today)
  const left = counted(policy, account, addDays(by, 1))
  const falling = counted(policy, account, today) - left
  const last = lastReachedDay(policy, account, tier, by)
  const { graceDays } = policy.tiers
  return {
    // The grace is counted from the first day without the tier.
    safeUntil: graceDays > 0 ? addDays(last, 1 + graceDays) : last,
    keep: { by, needed: Math.max(0, tier.from - left), falling },
  }
}

/** The last day on which the amount counted so far still reaches the tier. `by` is the last day of the present window. */
function lastReachedDay(policy: Policy, account: Account, tier: Tier, by: Day): Day {
  const first = addDays(by, 1)
  for (let months = 0; months < policy.tiers.rollingMonths; months++) {
    const turn = addMonths(first, months)
    if (counted(policy, account, turn) < tier.from) return addDays(turn, -1)
  }
  return addDays(addMonths(first, policy.tiers.rollingMonths), -1)
}
