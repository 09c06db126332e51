import { adviceOn } from '@pointbook/config/database-advice'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { openConnection } from './connect.ts'
import { readMigrations, tablesAfter } from './migration-files.ts'
import { readRecord } from './migration-record.ts'
import { WRITE_NOTHING } from './probes.ts'
import { routeTo } from './route.ts'
import { UnusableDatabase } from './unusable.ts'

/** Checks our tables once they exist. Throws `UnusableDatabase` when tables or columns are missing, or a table is not transactional. */
export async function lookAtTables(url: string): Promise<void> {
  const connection = await openConnection(url)
  try {
    const missing = await missingParts(connection)
    const faults = [
      ...(await engineFaults(connection)),
      ...(missing.length > 0 ? [`${missingSentence(missing)}: restore the whole backup.`] : []),
      ...(await rightsFaults(connection, url)),
    ]
    if (faults.length > 0) throw new UnusableDatabase(faults)
  } finally {
    await connection.end()
  }
}

async function engineFaults(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    "SELECT table_name AS name, engine AS engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  )
  const ours = tablesAfter(readMigrations())
  const others = rows.filter(({ name, engine }) => ours.has(String(name)) && !/^innodb$/i.test(String(engine)))
  const alter = others.map(({ name }) => `ALTER TABLE \`${name}\` ENGINE=InnoDB;`).join(' ')
  return others.length > 0 ? [`Tables are kept by an engine without transactions; run ${alter}`] : []
}

/** The tables and columns that the finished migrations made and that no longer exist, such as after a partial restore. */
export async function missingParts(connection: Connection): Promise<string[]> {
  const { finished } = await readRecord(connection)
  const had = tablesAfter(readMigrations().filter(({ when }) => finished.includes(when)))
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT table_name AS `table`, column_name AS `column` FROM information_schema.columns WHERE table_schema = DATABASE()',
  )
  const names = new Set(rows.flatMap(({ table, column }) => [String(table), `${table}.${column}`]))
  return [...had].flatMap(([table, columns]) =>
    names.has(table) ? [...columns].map((column) => `${table}.${column}`).filter((name) => !names.has(name)) : [table],
  )
}

export const missingSentence = (missing: readonly string[]): string =>
  `Tables or columns are missing (${missing.join(', ')})`

const EACH_RIGHT = [
  WRITE_NOTHING,
  'DELETE FROM settings WHERE FALSE',
  'INSERT INTO settings SELECT * FROM settings WHERE FALSE',
]

async function rightsFaults(connection: Connection, url: string): Promise<string[]> {
  for (const statement of EACH_RIGHT)
    try {
      await connection.query(statement)
    } catch (error) {
      if ((error as { code?: string }).code !== 'ER_TABLEACCESS_DENIED_ERROR') throw error
      return [`In the database, ${adviceOn(error, routeTo(url).login)}.`]
    }
  return []
}
