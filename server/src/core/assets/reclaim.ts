import type { Day } from '@pointbook/shared/day'
import { bySpendOrder, draw, isUsable, takeFrom, total } from './lots.ts'
import { type Account, type EntryHeader, type Lot, type Posting, post } from './posting.ts'

export interface AmountClaim<Explanation> {
  /** What to take back. */
  amount: number
  /** The entry whose credit is taken back. */
  lotSeq: number
  /** Of what ran out of the lot, that which earlier claims have already counted as gone. */
  forfeitedBefore: number
  rule: 'debt' | 'clamp'
  /** The entry's reasons, which may say what could not be taken. */
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
 * Takes a credit back: first from its own lot, then what of it ran out unused counts as gone, then from the other usable lots;
 * what is still missing was spent and is owed (`debt`) or let go (`clamp`).
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
  const taken = total(takes)
  const missing = claim.amount - taken - forfeited
  const owed = claim.rule === 'debt' ? missing : 0
  const letGo = missing - owed
  const posting = post(account, header, {
    kind: 'return',
    delta: -taken,
    debtDelta: owed,
    why: claim.whyOf({ forfeited, owed, letGo }),
  })
  return { posting: { ...posting, ...draw(posting.account, takes) }, taken, forfeited, owed, letGo }
}
