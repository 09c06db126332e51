import type { Connection, RowDataPacket } from 'mysql2/promise'
import { UnusableDatabase } from './unusable.ts'

/** Throws `UnusableDatabase` unless an existing table has the columns of ours; otherwise it belongs to another program. */
export async function requireColumns(connection: Connection, table: string, columns: readonly string[]): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?',
    [table],
  )
  const names = new Set(rows.map(({ name }) => String(name)))
  if (columns.every((column) => names.has(column))) return
  throw new UnusableDatabase([
    `The database has a table \`${table}\` that is not Pointbook's: name a database of Pointbook's own in DATABASE_URL.`,
  ])
}
