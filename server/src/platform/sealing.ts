import type { DataKeys } from './data-keys.ts'
import { isUnavailable } from './database/failures.ts'
import { type Database, inTransaction, type Transaction } from './database/pool.ts'

/** `clear`: values of the first release, in the clear. `all`: also values that an earlier key has sealed. */
export type Which = 'clear' | 'all'

/** The primary key of a row. */
export type RowId = number | string

/** A table with sealed values. */
export interface Sealing<Id extends RowId = number> {
  /** As the command names its rows. */
  name: string
  count(db: Database, keys: DataKeys, which: Which): Promise<number>
  /** Comes before every id; 0 when left out. */
  start?: Id
  /** Rows with something to seal, by id, after a given one. */
  due(db: Database, keys: DataKeys, which: Which, after: Id, limit: number): Promise<Id[]>
  /** Seals rows with the current key. Other servers may do the same, so it locks the rows first. Returns those that no key opens. */
  seal(tx: Transaction, keys: DataKeys, ids: Id[]): Promise<Id[]>
}

interface Options {
  atOnce?: number
  onProgress?(done: number): void
}

interface Sealed {
  done: number
  /** Rows with a value that no key opens, such as `members 10000003`. */
  unreadable: string[]
}

const TRIES = 5

/**
 * Seals what is due, some rows in each transaction. It may run while the shop is in use, be killed at any time, and run several
 * times at once: each run begins anew and skips what is done.
 */
export async function sealWhatIsDue(
  { db, keys }: { db: Database; keys: DataKeys },
  sealings: readonly Sealing<RowId>[],
  which: Which,
  { atOnce = 200, onProgress }: Options = {},
): Promise<Sealed> {
  const result: Sealed = { done: 0, unreadable: [] }
  for (const { name, start = 0, due, seal } of sealings) {
    let after: RowId = start
    for (;;) {
      const ids = await due(db, keys, which, after, atOnce)
      if (ids.length === 0) break
      const unreadable = await trying(() => inTransaction(db, (tx) => seal(tx, keys, ids)))
      result.done += ids.length - unreadable.length
      result.unreadable.push(...unreadable.map((id) => `${name} ${id}`))
      after = ids.at(-1)!
      onProgress?.(result.done)
    }
  }
  return result
}

/** Again after a deadlock with the shop's own writes. */
async function trying<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await work()
    } catch (error) {
      if (!isUnavailable(error) || tries === TRIES) throw error
    }
}

/** Whether an earlier key has sealed a value. */
export const isStale = (keys: DataKeys, sealed: string): boolean => sealed !== '' && !keys.isCurrent(sealed)

/** The changes of a row; null when a value of it cannot be opened. */
export function ifReadable<T>(changes: () => T): T | null {
  try {
    return changes()
  } catch {
    return null
  }
}
