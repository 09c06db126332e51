import type { Day } from '@pointbook/shared/day'
import { bySpendOrder, draw, isUsable, takeFrom, total } from './lots.ts'
import { type Account, type Draw, type EntryHeader, joinPostings, type Lot, type Posting, post } from './posting.ts'

// The ways in which an account's balance changes. Taking a credit back is in `reclaim.ts`.

export interface Credit<Explanation> {
  kind: 'earn' | 'adjust'
  amount: number
  why: Explanation[]
  usableOn: Day
  expiresOn: Day | null
}

/**
 * Credits an amount as a new lot and pays a debt from it. An amount of 0 makes an entry too: it explains why nothing was
 * credited.
 */
export function creditLot<A extends Account, Cause extends string, Explanation>(
  account: A,
  header: EntryHeader<Cause>,
  { kind, amount, why, usableOn, expiresOn }: Credit<Explanation>,
): Posting<A, Cause | 'debt', Explanation> {
  const posting = post(account, header, { kind, delta: amount, debtDelta: 0, why })
  if (amount === 0) return posting
  const { memberId, seq } = posting.account
  const lot = { memberId, seq, amount, remaining: amount, expired: 0, usableOn, expiresOn }
  return payDebt({ ...posting, lots: [lot] }, header)
}

/** Pays the debt from the lots of a posting, in a separate entry. */
function payDebt<A extends Account, Cause extends string, Explanation>(
  posting: Posting<A, Cause, Explanation>,
  header: EntryHeader<Cause>,
): Posting<A, Cause | 'debt', Explanation> {
  return repay<A, Cause | 'debt', Explanation>(posting, posting.lots, header)
}

/** Pays the debt that remains after a posting from lots in the given order, in a separate entry. */
export function repay<A extends Account, Cause extends string, Explanation>(
  posting: Posting<A, Cause | 'debt', Explanation>,
  lots: readonly Lot[],
  header: EntryHeader<Cause>,
): Posting<A, Cause | 'debt', Explanation> {
  const takes = takeFrom(lots, posting.account.debt)
  const amount = total(takes)
  if (amount === 0) return posting
  const debt: EntryHeader<Cause | 'debt'> = { ...header, cause: 'debt', ref: String(posting.account.seq) }
  const payment = post<A, Cause | 'debt', Explanation>(posting.account, debt, {
    kind: 'repay',
    delta: -amount,
    debtDelta: -amount,
    why: [],
  })
  return joinPostings(posting, { ...payment, ...draw(payment.account, takes) })
}

/** Spends an amount, or removes it by hand (`adjust`). Null when the amount usable today is smaller. */
export function spend<A extends Account, Cause extends string, Explanation = never>(
  account: A,
  lots: readonly Lot[],
  today: Day,
  header: EntryHeader<Cause>,
  amount: number,
  kind: 'spend' | 'adjust' = 'spend',
  why: Explanation[] = [],
): Posting<A, Cause, Explanation> | null {
  const usable = lots.filter((lot) => isUsable(lot, today)).sort(bySpendOrder)
  const takes = takeFrom(usable, amount)
  if (total(takes) < amount) return null
  const posting = post(account, header, { kind, delta: -amount, debtDelta: 0, why })
  const spent = kind === 'spend' ? { ...posting.account, spent: account.spent + amount } : posting.account
  return { ...posting, account: spent, ...draw(spent, takes) }
}

/** Ends every lot whose last usable day is before `today`. Null when there is none. */
export function expire<A extends Account, Cause extends string>(
  account: A,
  lots: readonly Lot[],
  today: Day,
  header: EntryHeader<Cause>,
): Posting<A, Cause, never> | null {
  const over = lots.filter((lot) => lot.remaining > 0 && lot.expiresOn !== null && lot.expiresOn < today)
  return over.length === 0 ? null : runOut(account, over, header)
}

/** Ends all open lots, usable or not, when a membership ends. Null when there are none. */
export function endAll<A extends Account, Cause extends string>(
  account: A,
  lots: readonly Lot[],
  header: EntryHeader<Cause>,
): Posting<A, Cause, never> | null {
  const openLots = lots.filter((lot) => lot.remaining > 0)
  return openLots.length === 0 ? null : runOut(account, openLots, header)
}

function runOut<A extends Account, Cause extends string>(
  account: A,
  over: readonly Lot[],
  header: EntryHeader<Cause>,
): Posting<A, Cause, never> {
  const takes = over.map((lot) => ({ lot, amount: lot.remaining }))
  const amount = total(takes)
  const posting = post<A, Cause, never>(account, header, { kind: 'expire', delta: -amount, debtDelta: 0, why: [] })
  const after = { ...posting.account, expired: account.expired + amount }
  const { draws } = draw(after, takes)
  return {
    ...posting,
    account: after,
    draws,
    lots: over.map((lot) => ({ ...lot, remaining: 0, expired: lot.expired + lot.remaining })),
  }
}

/** Undoes a spend: the amount returns to the lots it came from, which keep their dates. `taken` are the draws of the spend. */
export function giveBack<A extends Account, Cause extends string>(
  account: A,
  lots: readonly Lot[],
  draws: readonly Draw[],
  header: EntryHeader<Cause>,
): Posting<A, Cause | 'debt', never> {
  const takes = draws.map(({ lotSeq, amount }) => ({ lot: lotOf(lots, lotSeq), amount: -amount }))
  const amount = -total(takes)
  const posting = post<A, Cause, never>(account, header, { kind: 'give-back', delta: amount, debtDelta: 0, why: [] })
  const after = { ...posting.account, spent: account.spent - amount }
  return payDebt({ ...posting, account: after, ...draw(after, takes) }, header)
}

function lotOf(lots: readonly Lot[], seq: number): Lot {
  const lot = lots.find((candidate) => candidate.seq === seq)
  if (!lot) throw new Error(`lot ${seq} was not loaded`)
  return lot
}
