import type { Day } from '@pointbook/shared/day'
import {
  type Account,
  bySpendOrder,
  countEarned,
  draw,
  isUsable,
  type Lot,
  type Occasion,
  type Posting,
  post,
  takeFrom,
  total,
  type Why,
} from './points.ts'

export interface Claim {
  /** Points to take back. */
  points: number
  /** The entry whose points are taken back. */
  lotSeq: number
  /** Month in which they counted for the tier, `YYYY-MM`; null for points that never did. */
  month: string | null
  /** Of the lot's expired points, those that earlier claims have already counted as gone. */
  forfeitedBefore: number
  rule: 'debt' | 'clamp'
  why: Why[]
}

export interface Reclaimed {
  posting: Posting
  /** points = taken + forfeited + owed + letGo */
  taken: number
  forfeited: number
  owed: number
  letGo: number
}

/**
 * Takes earned points back: first from their own lot, then what of it ran out unused counts as gone, then from the other
 * usable lots; what is still missing was spent and is owed (`debt`) or let go (`clamp`).
 */
export function reclaim(
  account: Account,
  lots: readonly Lot[],
  today: Day,
  occasion: Occasion,
  claim: Claim,
): Reclaimed {
  const own = lots.find((lot) => lot.seq === claim.lotSeq)
  const fromOwn = own ? takeFrom([own], claim.points) : []
  const afterOwn = claim.points - total(fromOwn)
  const forfeited = Math.min(afterOwn, own ? own.expired - claim.forfeitedBefore : 0)
  const others = lots.filter((lot) => lot.seq !== claim.lotSeq && isUsable(lot, today)).sort(bySpendOrder)
  const takes = [...fromOwn, ...takeFrom(others, afterOwn - forfeited)]
  const taken = total(takes)
  const missing = claim.points - taken - forfeited
  const owed = claim.rule === 'debt' ? missing : 0
  const posting = post(account, occasion, {
    kind: 'return',
    delta: -taken,
    debtDelta: owed,
    why: [...claim.why, ...consequences(forfeited, owed, missing - owed)],
  })
  const after = claim.month === null ? posting.account : countEarned(posting.account, claim.month, -claim.points)
  return {
    posting: { ...posting, account: after, ...draw(after, takes) },
    taken,
    forfeited,
    owed,
    letGo: missing - owed,
  }
}

function consequences(forfeited: number, owed: number, letGo: number): Why[] {
  const parts = [
    { type: 'forfeited', points: forfeited },
    { type: 'owed', points: owed },
    { type: 'let-go', points: letGo },
  ] as const
  return parts
    .filter((part) => part.points > 0)
    .map((because) => ({ rule: because.type, points: -because.points, because }))
}
