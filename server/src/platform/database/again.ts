import type { Pool } from 'mysql2/promise'
import { isLost } from './failures.ts'

type Query = { sql: string }

const READ = /^\s*select\b/i

/**
 * The interface of a pool that drizzle uses. A read whose connection was lost is repeated once over another connection: after a
 * restart of the database or a stall of this process the pool has dead connections. Reads in a transaction are not repeated.
 */
export function readsAgain(pool: Pool): Pool {
  const query = async (statement: Query, values: unknown) => {
    const ask = () => pool.query(statement as never, values as never)
    try {
      return await ask()
    } catch (error) {
      if (!isLost(error) || !READ.test(statement.sql)) throw error
      return await ask()
    }
  }
  return { query, getConnection: () => pool.getConnection() } as unknown as Pool
}
