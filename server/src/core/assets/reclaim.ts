import type { Day } from '@pointbook/shared/day'
import { bySpendOrder, draw, isUsable, takeFrom, total } from './lots.ts'
import { type Account, type EntryHeader, type Lot, type Posting, post } from './posting.ts'

export interface AmountClaim<Explanation> {
  /** What to take back. */
  amount: number
  /** The entry whose credit is taken back. */
  lotSeq: number
  /** The part of the lot's expired amount that earlier claims have already counted as forfeited. */
  forfeitedBefore: number
  rule: 'debt' | 'clamp'
  /** The entry's explanations; they may say what could not be taken back. */
  whyOf(missing: Missing): Explanation[]
}

/** What could not be taken. */
export interface Missing {
  forfeited: number
  owed: number
  letGo: number
}

export interface ReclaimedAmount<A extends Account, Cause extends string, Explanation> extends Missing {
  posting: Posting<A, Cause, Explanation>
  /** amount = taken + forfeited + owed + letGo */
  taken: number
}

/**
 * Takes a credit back: first from its own lot; the part that expired unused is forfeited; the rest comes from other usable lots.
 * What is still missing has been spent and becomes a debt (`debt`) or is let go (`clamp`).
 */
export function reclaimAmount<A extends Account, Cause extends string, Explanation>(
  account: A,
  lots: readonly Lot[],
  today: Day,
  header: EntryHeader<Cause>,
  claim: AmountClaim<Explanation>,
): ReclaimedAmount<A, Cause, Explanation> {
  const own = lots.find((lot) => lot.seq === claim.lotSeq)
  const fromOwn = own ? takeFrom([own], claim.amount) : []
  const afterOwn = claim.amount - total(fromOwn)
  const forfeited = Math.min(afterOwn, own ? own.expired - claim.forfeitedBefore : 0)
  const others = lots.filter((lot) => lot.seq !== claim.lotSeq && isUsable(lot, today)).sort(bySpendOrder)
  const takes = [...fromOwn, ...takeFrom(others, afterOwn - forfeited)]
  const amount = total(takes)
  const missing = claim.amount - amount - forfeited
  const owed = claim.rule === 'debt' ? missing : 0
  const letGo = missing - owed
  const posting = post(account, header, {
    kind: 'return',
    delta: -amount,
    debtDelta: owed,
    why: claim.whyOf({ forfeited, owed, letGo }),
  })
  return { posting: { ...posting, ...draw(posting.account, takes) }, taken: amount, forfeited, owed, letGo }
}
