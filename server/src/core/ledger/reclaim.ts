import type { Day } from '@pointbook/shared/day'
import type { Cause } from '@pointbook/shared/words'
import type { Lot } from '../assets/posting.ts'
import { type Missing, type ReclaimedAmount, reclaimAmount } from '../assets/reclaim.ts'
import { type Account, countEarned, type EntryHeader, type Explanation } from './points.ts'

export interface Claim {
  /** Points to take back. */
  points: number
  /** The entry whose points are taken back. */
  lotSeq: number
  /** Month in which they counted for the tier, `YYYY-MM`; null for points that never did. */
  month: string | null
  /** The expired points of the lot that earlier claims have already counted as forfeited. */
  forfeitedBefore: number
  rule: 'debt' | 'clamp'
  why: Explanation[]
}

export type Reclaimed = ReclaimedAmount<Account, Cause, Explanation>

/** Takes earned points back, as `reclaimAmount` does; they no longer count for the tier. */
export function reclaim(
  account: Account,
  lots: readonly Lot[],
  today: Day,
  header: EntryHeader,
  { points, lotSeq, month, forfeitedBefore, rule, why }: Claim,
): Reclaimed {
  const whyOf = (missing: Missing) => [...why, ...consequences(missing)]
  const claim = { amount: points, lotSeq, forfeitedBefore, rule, whyOf }
  const reclaimed: Reclaimed = reclaimAmount(account, lots, today, header, claim)
  if (month === null) return reclaimed
  const { posting } = reclaimed
  return { ...reclaimed, posting: { ...posting, account: countEarned(posting.account, month, -points) } }
}

function consequences({ forfeited, owed, letGo }: Missing): Explanation[] {
  const parts = [
    { type: 'forfeited', points: forfeited },
    { type: 'owed', points: owed },
    { type: 'let-go', points: letGo },
  ] as const
  return parts
    .filter((part) => part.points > 0)
    .map((because) => ({ rule: because.type, points: -because.points, because }))
}
