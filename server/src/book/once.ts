import { createHash } from 'node:crypto'
import type { Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq } from 'drizzle-orm'
import { isDuplicate } from '../platform/database/failures.ts'
import { type Database, inTransaction, type Transaction } from '../platform/database/pool.ts'
import { movesTable } from './tables.ts'

interface Request {
  name: string
  requestId: string
  input: unknown
  at: Instant
}

/**
 * For writes that are not moves and may be sent again: runs `work` in a transaction once per request id. A repeated request gets
 * the first answer; another input with the same id is refused with `move.key-reused`. The answer must survive JSON.
 */
export async function once<T>(db: Database, request: Request, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { name, requestId, input, at } = request
  const key = `${name}/${requestId}`
  const inputHash = createHash('sha256').update(JSON.stringify(input)).digest()
  const mine = and(eq(movesTable.memberId, 0), eq(movesTable.key, key))
  try {
    return await inTransaction(db, async (tx) => {
      await tx.insert(movesTable).values({ memberId: 0, key, name, inputHash, outcome: '', at })
      const outcome = await work(tx)
      await tx
        .update(movesTable)
        .set({ outcome: JSON.stringify(outcome) })
        .where(mine)
      return outcome
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const [before] = await db.select().from(movesTable).where(mine)
    if (!before) throw error
    if (!before.inputHash.equals(inputHash)) throw new Refusal('move.key-reused')
    return JSON.parse(before.outcome) as T
  }
}
