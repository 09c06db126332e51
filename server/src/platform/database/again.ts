import type { Pool } from 'mysql2/promise'
import { isLost } from './failures.ts'

type Query = { sql: string }

const READ = /^\s*select\b/i

/**
 * What drizzle asks of a pool, where a read whose connection was lost is asked once more over another: a database that was
 * restarted, or a stall of this process, leaves the pool connections that have ended. Reads of a transaction are not asked again.
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
