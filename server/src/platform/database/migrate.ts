import { adviceOn } from '@pointbook/config/database-advice'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/mysql2'
import { migrate as run } from 'drizzle-orm/mysql2/migrator'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { places } from '../../places.ts'
import { openConnection } from './connect.ts'
import { routeTo } from './route.ts'
import { UnusableDatabase } from './unusable.ts'

const LOCK = 'pointbook-migrations'
const folder = { migrationsFolder: places.migrations }

/** Brings the schema up to date. Two servers that start together take turns. */
export async function migrate(url: string): Promise<void> {
  const connection = await openConnection(url)
  try {
    // Who may only read and write rows can run a server whose tables are there.
    if (await isUpToDate(connection)) return
    const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, 120) AS got', [LOCK])
    if (rows[0]?.got !== 1) throw new Error('another server has been migrating the database for two minutes')
    await run(drizzle(connection), folder).catch((error) => {
      throw withAdvice(error, url)
    })
  } finally {
    await connection.end()
  }
}

async function isUpToDate(connection: Connection): Promise<boolean> {
  const latest = readMigrationFiles(folder).at(-1)!.folderMillis
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT MAX(created_at) AS latest FROM __drizzle_migrations')
    return Number(rows[0]?.latest) >= latest
  } catch (error) {
    if ((error as { code?: string }).code === 'ER_NO_SUCH_TABLE') return false
    throw error
  }
}

const MISSING_RIGHTS = ['ER_TABLEACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR']

function withAdvice(error: unknown, url: string): unknown {
  const { cause = error } = error as Error
  if (!MISSING_RIGHTS.includes((cause as { code?: string }).code ?? '')) return error
  return new UnusableDatabase([`The database cannot be brought up to date: ${adviceOn(cause, routeTo(url).login)}.`])
}
