import { createHmac } from 'node:crypto'
import type { Account, Draw, Entry, Lot, Redate } from '../core/assets/posting.ts'
import { asOpened } from '../core/assets/redate.ts'
import { type AppendTable, type BookTable, keyText, type RowsOf } from './table.ts'

/** A row that is part of a chain of seals. */
export type Sealed<T> = T & { seal: Buffer }

export const FIRST_SEAL = Buffer.alloc(32)

interface Sealing {
  secret: string
  sealedAs: string | null
}

/**
 * HMAC-SHA256 over the previous seal and all of the entry: its own fields, the lot as it opened it, what it drew and what dates
 * it moved. Whoever edits, inserts or deletes rows without the key breaks the chain of that member, and the audit names the first
 * broken entry.
 */
export function seal(
  { secret, sealedAs }: Sealing,
  previous: Buffer,
  entry: Entry<string, unknown>,
  opened: Lot | undefined,
  drawn: readonly Draw[],
  redated: readonly Redate[],
): Buffer {
  const facts = [
    entry.memberId,
    entry.seq,
    entry.kind,
    entry.cause,
    entry.ref,
    entry.delta,
    entry.debtDelta,
    entry.balanceAfter,
    entry.policyVersion,
    entry.why,
    entry.actor,
    entry.at,
    opened ? [opened.amount, opened.usableOn, opened.expiresOn] : null,
    drawn.map(({ lotSeq, amount }) => [lotSeq, amount]).sort((a, b) => a[0]! - b[0]!),
    ...redated
      .map((one) => [one.lotSeq, one.usableFrom, one.usableOn, one.expiresFrom, one.expiresOn] as const)
      .sort((a, b) => a[0] - b[0]),
    // The seals of points have the same form as before there were other assets.
    ...(sealedAs === null ? [] : [sealedAs]),
  ]
  return createHmac('sha256', secret).update(previous).update(JSON.stringify(facts)).digest()
}

/** The tables of an asset, whose entries are sealed. */
export interface SealedTables<A extends Account, Cause extends string, Explanation> {
  accounts: BookTable<Sealed<A>>
  entries: AppendTable<Sealed<Entry<Cause, Explanation>>>
  lots: BookTable<Lot>
  draws: AppendTable<Draw>
  redates: AppendTable<Redate>
  /** Part of the seals of all assets except points, so that no entry is valid for another asset. */
  sealedAs: string | null
}

/** Seals each new entry of an asset onto its member's chain and leaves the last seal on the account. */
export function sealAppended<A extends Account, Cause extends string, Explanation>(
  rowsOf: RowsOf,
  { accounts, entries, lots, draws, redates, sealedAs }: SealedTables<A, Cause, Explanation>,
  secret: string,
) {
  const drawn = byEntry(rowsOf(draws).appended)
  const redated = byEntry(rowsOf(redates).appended)
  for (const entry of rowsOf(entries).appended) {
    const { memberId, seq } = entry
    const account = rowsOf(accounts).rows.get(keyText([memberId]))!
    const lot = rowsOf(lots).added.get(keyText([memberId, seq]))
    const mark = `${memberId}/${seq}`
    // A later move of the batch may have moved the dates of a lot that an earlier one opened.
    const opened =
      lot &&
      asOpened(
        lot,
        rowsOf(redates).appended.filter((one) => one.memberId === memberId),
      )
    const [takes, moved] = [drawn.get(mark) ?? [], redated.get(mark) ?? []]
    entry.seal = seal({ secret, sealedAs }, account.seal, entry, opened, takes, moved)
    account.seal = entry.seal
  }
}

function byEntry<R extends { memberId: number; entrySeq: number }>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const mark = `${row.memberId}/${row.entrySeq}`
    const group = groups.get(mark)
    if (group) group.push(row)
    else groups.set(mark, [row])
  }
  return groups
}
