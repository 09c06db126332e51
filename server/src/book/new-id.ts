import { type CodeNaming, Refusal } from '@pointbook/shared/refusals'
import { max } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import type { Database } from '../platform/database/pool.ts'

const TRIES = 20

/**
 * Makes a row of the book with a new number, the greatest of the column and one. Tries the next one when `make` refuses with
 * `taken`, because another request has taken the number meanwhile.
 */
export async function withNewId<T>(
  db: Database,
  column: MySqlColumn,
  taken: CodeNaming,
  make: (id: number) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const [row] = await db.select({ id: max(column) }).from(column.table)
    try {
      return await make(Number(row?.id ?? 0) + 1)
    } catch (error) {
      const isTaken = error instanceof Refusal && error.code === taken
      if (!isTaken || tries === TRIES) throw error
    }
  }
}
