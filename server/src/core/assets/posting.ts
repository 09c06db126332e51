import type { Day, Instant } from '@pointbook/shared/day'
import type { ActorRef } from '@pointbook/shared/references'
import type { EntryKind } from '@pointbook/shared/words'

// An asset is a kind of value that members have in lots, each with a last day. Amounts are integers in the asset's smallest unit.

/** One member's account: the row to lock. `balance` = Σ remaining of lots; `debt` is owed and paid by later credits. */
export interface Account {
  memberId: number
  balance: number
  debt: number
  /** Number of the last entry. */
  seq: number
  /** Lifetime totals. */
  spent: number
  expired: number
  lastAt: Instant | null
}

/** `Cause`: the causes that the asset's entries may have. `Explanation`: the form in which the asset stores explanations. */
export interface Entry<Cause extends string, Explanation> {
  memberId: number
  seq: number
  kind: EntryKind
  cause: Cause
  ref: string
  delta: number
  debtDelta: number
  balanceAfter: number
  policyVersion: number
  why: Explanation[]
  actor: ActorRef
  at: Instant
}

/** The amount that one entry credited, with its dates. `seq` is the number of the entry that opened the lot. */
export interface Lot {
  memberId: number
  seq: number
  amount: number
  remaining: number
  /** The part that expired unused. */
  expired: number
  usableOn: Day
  /** Last usable day; null: never expires. */
  expiresOn: Day | null
}

/** The amount that an entry took from a lot; negative when the entry gave it back. */
export interface Draw {
  memberId: number
  entrySeq: number
  lotSeq: number
  amount: number
}

/** A change of a lot's dates by an entry. */
export interface Redate {
  memberId: number
  entrySeq: number
  lotSeq: number
  usableFrom: Day
  usableOn: Day
  expiresFrom: Day | null
  expiresOn: Day | null
}

/** The rows that a decision changes or adds, as values. */
export interface Posting<A extends Account, Cause extends string, Explanation> {
  account: A
  entries: Entry<Cause, Explanation>[]
  lots: Lot[]
  draws: Draw[]
  redates: Redate[]
}

/** The columns that all entries of one decision share. */
export interface EntryHeader<Cause extends string> {
  cause: Cause
  ref: string
  actor: ActorRef
  at: Instant
  policyVersion: number
}

/** A posting that changes nothing. */
export const nothing = <A extends Account>(account: A): Posting<A, never, never> => ({
  account,
  entries: [],
  lots: [],
  draws: [],
  redates: [],
})

/** Adds a posting made on the account that the first one left. */
export const joinPostings = <A extends Account, Cause extends string, Explanation>(
  first: Posting<A, Cause, Explanation>,
  second: Posting<A, Cause, Explanation>,
): Posting<A, Cause, Explanation> => ({
  account: second.account,
  entries: [...first.entries, ...second.entries],
  lots: [...first.lots.filter((lot) => !second.lots.some((later) => later.seq === lot.seq)), ...second.lots],
  draws: [...first.draws, ...second.draws],
  redates: [...first.redates, ...second.redates],
})

/** The account's next entry. */
export function post<A extends Account, Cause extends string, Explanation>(
  account: A,
  header: EntryHeader<Cause>,
  entry: Pick<Entry<Cause, Explanation>, 'kind' | 'delta' | 'debtDelta' | 'why'>,
): Posting<A, Cause, Explanation> {
  const seq = account.seq + 1
  const balance = account.balance + entry.delta
  const after = { ...account, seq, balance, debt: account.debt + entry.debtDelta, lastAt: header.at }
  return {
    ...nothing(after),
    entries: [{ memberId: account.memberId, seq, balanceAfter: balance, ...header, ...entry }],
  }
}
