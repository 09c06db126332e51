import { drizzle } from 'drizzle-orm/mysql2'
import { migrate as run } from 'drizzle-orm/mysql2/migrator'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { places } from '../../places.ts'
import { routeTo } from './route.ts'

const LOCK = 'pointbook-migrations'

/** Brings the schema up to date. Two servers that start together take turns. */
export async function migrate(url: string): Promise<void> {
  const connection = await mysql.createConnection({ ...routeTo(url), charset: 'utf8mb4' })
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, 120) AS got', [LOCK])
    if (rows[0]?.got !== 1) throw new Error('another server has been migrating the database for two minutes')
    await run(drizzle(connection), { migrationsFolder: places.migrations })
  } finally {
    await connection.end()
  }
}
