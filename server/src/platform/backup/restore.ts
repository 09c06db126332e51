import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { openConnection } from '../database/connect.ts'
import { migrate } from '../database/migrate.ts'
import { type Migration, readMigrations, tablesAfter } from '../database/migration-files.ts'
import { RECORD_TABLES } from '../database/migration-record.ts'
import { MARKER, mark, unmark } from '../database/restore-marker.ts'
import { waitADay } from '../database/session.ts'
import { isPictureName } from '../files.ts'
import { BackupFault, type Contents, type Header, rowsOf, type TableHeading } from './format.ts'
import { ALTERED } from './frames.ts'
import { loaderInto } from './load.ts'
import { readBackup } from './read.ts'
import { linesOf, shapeOf, tableNames } from './shape.ts'

export interface Restoring {
  /** The database, which must be empty. */
  url: string
  file: string
  key: string
  /** The folder for the pictures; null: they are only checked. */
  folder: string | null
  /** The database is dropped afterwards, and keeps its marker until then. */
  aside?: boolean
  onProgress?(done: { step: 'check' | 'load' | 'compare'; rows: number; of: number }): void
}

/**
 * Checks a backup from beginning to end, then loads it: tables as of its migrations, rows, pictures, then the later migrations.
 * The rows are read back and compared. Throws `BackupFault`, before anything is changed if the file is not whole or does not
 * belong to this version. After an interruption the next call begins anew.
 */
export async function restoreBackup(restoring: Restoring): Promise<Contents> {
  const { url, file, key, folder, aside = false, onProgress } = restoring
  const migrations = readMigrations()
  const contents = await checkBackup(restoring, (header) => migrationsOf(header, migrations))
  const connection = await openConnection(url)
  try {
    await waitADay(connection)
    await lock(connection)
    await makeEmpty(connection, file)
    await migrate(url, { migrations: migrationsOf(contents.header, migrations) })
    if (folder) await mkdir(folder, { recursive: true })
    const of = rowsOf(contents.header)
    const loader = loaderInto(connection, folder, (rows) => onProgress?.({ step: 'load', rows, of }))
    await readBackup(file, key, loader)
    await compare(connection, contents, (rows) => onProgress?.({ step: 'compare', rows, of }))
    await migrate(url)
    if (!aside) await unmark(connection)
    await connection.end()
    return contents
  } catch (error) {
    connection.destroy()
    throw error
  }
}

/** Reads a whole backup, then checks that the tables of its migrations are those in it, and that its pictures are pictures. */
async function checkBackup(
  { file, key, onProgress }: Restoring,
  migrationsOf: (header: Header) => readonly Migration[],
): Promise<Contents> {
  const headings: TableHeading[] = []
  let of = 0
  let done = 0
  let isForeign = false
  const contents = await readBackup(file, key, {
    header: async (header) => {
      of = rowsOf(header)
    },
    table: async (heading) => {
      headings.push(heading)
    },
    rows: async (rows) => {
      done += rows.length
      onProgress?.({ step: 'check', rows: done, of })
    },
    file: async ({ file: name }) => {
      isForeign ||= !isPictureName(name)
    },
  })
  const ours = tablesAfter(migrationsOf(contents.header))
  isForeign ||= headings.map(({ table }) => table).join() !== [...ours.keys()].sort().join()
  isForeign ||= headings.some(({ table, columns }) => columns.some((column) => !ours.get(table)!.has(column)))
  if (isForeign) throw new BackupFault(ALTERED)
  return contents
}

/** The migrations that made the tables of a backup. */
function migrationsOf({ migrations, version }: Header, ours: readonly Migration[]): Migration[] {
  const known = ours.slice(0, migrations.length)
  if (known.map(({ when }) => when).join() === migrations.join()) return known
  throw new BackupFault(
    `The backup is of version ${version} of Pointbook, whose tables this version does not know: restore it with that version or a later one.`,
  )
}

async function lock(connection: Connection): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>(
    "SELECT GET_LOCK(CONCAT('restore ', LEFT(DATABASE(), 50)), 0) AS got",
  )
  if (rows[0]?.['got'] !== 1) throw new BackupFault('Another restore into this database is under way.')
}

const NOT_EMPTY =
  'The database is not empty, and a restore never changes existing tables. Name another database in DATABASE_URL (it is created). Without DATABASE_URL: stop Pointbook, move the folder "database" out of POINTBOOK_HOME, and run the restore again.'

/** Leaves the marker alone in the database. Throws `BackupFault` for tables other than those of an interrupted restore. */
async function makeEmpty(connection: Connection, file: string): Promise<void> {
  const names = await tableNames(connection)
  if (names.length > 0 && !names.includes(MARKER)) throw new BackupFault(NOT_EMPTY)
  const ours = new Set([...tablesAfter(readMigrations()).keys(), ...RECORD_TABLES])
  const leftBehind = names.filter((name) => ours.has(name))
  for (const name of leftBehind) await connection.query('DROP TABLE ??', [name])
  if (names.length === 0) await mark(connection, file)
}

/** Reads the rows back: they are the same as those in the file, byte for byte. */
async function compare(connection: Connection, { trailer }: Contents, progress: (rows: number) => void): Promise<void> {
  let done = 0
  for (const [table, expected] of Object.entries(trailer.tables)) {
    const hash = createHash('sha256')
    for await (const { text, rows } of linesOf(connection, await shapeOf(connection, table))) {
      hash.update(text)
      done += rows
      progress(done)
    }
    if (hash.digest('hex') !== expected.sha256)
      throw new BackupFault(
        `The rows of ${table} came out of the database otherwise than they went in: the restore failed.`,
      )
  }
}
