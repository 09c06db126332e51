import type { Instant } from '@pointbook/shared/day'
import { type Flows, noFlows, withFlow } from './flows.ts'
import { bySpendOrder } from './lots.ts'
import type { Draw, Entry, Lot, Redate } from './posting.ts'
import { asOpened } from './redate.ts'

type Moved = Pick<Entry<string, unknown>, 'seq' | 'kind' | 'delta' | 'debtDelta' | 'at'>

/**
 * The rows that the ledger has for one member. An imported purchase may have a later number but an earlier instant than other
 * entries.
 */
export interface History<E extends Moved = Moved> {
  entries: readonly E[]
  lots: readonly Lot[]
  draws: readonly Draw[]
  redates: readonly Redate[]
}

export interface AsOf {
  balance: number
  debt: number
  /** Everything from the beginning. */
  flows: Flows
  /** The lots that were not empty at that instant, as they were then, in the order of their last days. */
  lots: Lot[]
}

/** The account at an instant, including the entries made at that instant. */
export function asOf({ entries, lots, draws, redates }: History, at: Instant): AsOf {
  const happened = new Map(entries.filter((entry) => entry.at <= at).map((entry) => [entry.seq, entry]))
  const opened = lots.filter(({ seq }) => happened.has(seq))
  const later = redates.filter(({ entrySeq }) => !happened.has(entrySeq))
  const lotsThen = new Map(
    opened.map((lot) => [lot.seq, { ...asOpened(lot, later), remaining: lot.amount, expired: 0 }]),
  )
  for (const { entrySeq, lotSeq, amount } of draws) {
    const [entry, lot] = [happened.get(entrySeq), lotsThen.get(lotSeq)]
    if (!entry || !lot) continue
    lot.remaining -= amount
    if (entry.kind === 'expire') lot.expired += amount
  }
  const past = [...happened.values()]
  return {
    balance: past.reduce((sum, { delta }) => sum + delta, 0),
    debt: past.reduce((sum, { debtDelta }) => sum + debtDelta, 0),
    flows: flowsOf(past),
    lots: [...lotsThen.values()].filter(({ remaining }) => remaining > 0).sort(bySpendOrder),
  }
}

const flowsOf = (entries: readonly Moved[]): Flows =>
  entries.reduce((flows, { kind, delta }) => withFlow(flows, kind, delta), noFlows)

export interface Statement<E extends Moved> {
  /** The balance before the first line. */
  opening: number
  /** Oldest first, each with the balance it left. */
  lines: { entry: E; balance: number }[]
  flows: Flows
  closing: AsOf
}

/**
 * The changes of the balance from one instant to another, both included. The opening balance plus all lines is the closing
 * balance.
 */
export function statementOf<E extends Moved>(history: History<E>, from: Instant, until: Instant): Statement<E> {
  const inOrder = [...history.entries].sort((a, b) => a.at.localeCompare(b.at) || a.seq - b.seq)
  const opening = inOrder.reduce((sum, { at, delta }) => (at < from ? sum + delta : sum), 0)
  const entries = inOrder.filter(({ at }) => from <= at && at <= until)
  let balance = opening
  const lines = entries.map((entry) => {
    balance += entry.delta
    return { entry, balance }
  })
  return { opening, lines, flows: flowsOf(entries), closing: asOf(history, until) }
}
