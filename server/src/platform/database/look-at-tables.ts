import { adviceOn } from '@pointbook/config/database-advice'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { places } from '../../places.ts'
import { openConnection } from './connect.ts'
import { WRITE_NOTHING } from './probes.ts'
import { routeTo } from './route.ts'
import { UnusableDatabase } from './unusable.ts'

/** Checks our tables once they exist. Throws `UnusableDatabase` when one of them is not transactional. */
export async function lookAtTables(url: string): Promise<void> {
  const connection = await openConnection(url)
  try {
    const faults = [...(await engineFaults(connection)), ...(await rightsFaults(connection, url))]
    if (faults.length > 0) throw new UnusableDatabase(faults)
  } finally {
    await connection.end()
  }
}

async function engineFaults(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    "SELECT table_name AS name, engine AS engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  )
  const ours = tableNames()
  const engines = new Map(rows.map(({ name, engine }) => [String(name), String(engine)]))
  const others = ours.filter((name) => (engines.get(name) ?? 'InnoDB').toUpperCase() !== 'INNODB')
  const missing = ours.filter((name) => !engines.has(name))
  const alter = others.map((name) => `ALTER TABLE \`${name}\` ENGINE=InnoDB;`).join(' ')
  return [
    ...(others.length > 0 ? [`Tables are kept by an engine without transactions; run ${alter}`] : []),
    ...(missing.length > 0 ? [`Tables are missing (${missing.join(', ')}): restore the whole backup.`] : []),
  ]
}

/** The tables that the migrations make. */
const tableNames = (): string[] =>
  readMigrationFiles({ migrationsFolder: places.migrations })
    .flatMap(({ sql }) => sql)
    .flatMap((statement) => statement.match(/^\s*CREATE TABLE `(\w+)`/)?.slice(1) ?? [])

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
