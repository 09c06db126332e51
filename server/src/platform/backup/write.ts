import { createHash } from 'node:crypto'
import { createWriteStream, readFileSync } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { instant } from '@pointbook/shared/day'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { places } from '../../places.ts'
import { openConnection } from '../database/connect.ts'
import { readMigrations, tablesAfter } from '../database/migration-files.ts'
import { readRecord } from '../database/migration-record.ts'
import { waitADay } from '../database/session.ts'
import { pictureFolder } from '../files.ts'
import { type HeldFiles, holdFiles } from './files.ts'
import { BackupFault, FORMAT, type Header, type TableHeading, type Trailer } from './format.ts'
import { sealed } from './frames.ts'
import { linesOf, type Shape, shapeOf, tableNames } from './shape.ts'

interface Writing {
  url: string
  /** The data folder, whose pictures are part of the backup. */
  home: string
  /** The file to write; it must not exist. */
  file: string
  /** Empty: the backup is not encrypted. */
  key: string
  /** Marks of the secrets (`secret-marks.ts`). */
  secrets: Record<string, string>
  onProgress?(done: { rows: number; of: number; table: string }): void
}

export interface Written {
  header: Header
  trailer: Trailer
  bytes: number
}

// Of the levels, this one takes a third of the time of the default and makes files a tenth larger.
const LEVEL = 3

/**
 * Writes tables and pictures to one file, while the shop serves: all rows are read in one snapshot, one after the other, and the
 * memory that it takes does not depend on their number. Throws `BackupFault`; then there is no file.
 */
export async function writeBackup(writing: Writing): Promise<Written> {
  const { url, home, file, key } = writing
  if (await stat(file).catch(() => null)) throw new BackupFault(`${file} exists already: name another file.`)
  await mkdir(path.dirname(file), { recursive: true })
  const connection = await openConnection(url)
  const held = await holdFiles(pictureFolder(home))
  const unfinished = `${file}.part`
  const written: Partial<Written> = {}
  try {
    const lines = linesOfBackup(connection, held, writing, written)
    const gzip = createGzip({ level: LEVEL })
    const target = createWriteStream(unfinished, { mode: 0o600, flush: true })
    await (key
      ? pipeline(lines, gzip, (chunks: AsyncIterable<Buffer>) => sealed(chunks, key), target)
      : pipeline(lines, gzip, target))
    await connection.end()
    await rename(unfinished, file)
    return { ...(written as Written), bytes: (await stat(file)).size }
  } catch (error) {
    connection.destroy()
    await rm(unfinished, { force: true })
    throw error
  } finally {
    await held.release()
  }
}

async function* linesOfBackup(
  connection: Connection,
  held: HeldFiles,
  { secrets, onProgress }: Writing,
  written: Partial<Written>,
): AsyncGenerator<string> {
  const all = createHash('sha256')
  const counted = (text: string) => {
    all.update(text)
    return text
  }
  // The pictures are read after the rows, and before the connection is used again.
  await waitADay(connection)
  await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
  await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT')
  const migrations = await finishedMigrations(connection)
  const shapes = await shapesAfter(connection, migrations)
  const header = await headerOf(connection, { shapes, migrations, secrets })
  yield counted(`${JSON.stringify(header)}\n`)

  const tables: Trailer['tables'] = {}
  const of = Object.values(header.tables).reduce((sum, rows) => sum + rows, 0)
  let done = 0
  for (const shape of shapes) {
    const { table, columns, binary, next } = shape
    yield counted(`${JSON.stringify({ table, columns, binary, next } satisfies TableHeading)}\n`)
    const hash = createHash('sha256')
    let rows = 0
    for await (const chunk of linesOf(connection, shape)) {
      rows += chunk.rows
      hash.update(chunk.text)
      yield counted(chunk.text)
      onProgress?.({ rows: done + rows, of, table })
    }
    done += rows
    tables[table] = { rows, sha256: hash.digest('hex') }
  }
  await connection.query('COMMIT')

  const files = { count: 0, bytes: 0 }
  for await (const line of held.lines()) {
    if (line.startsWith('{')) {
      files.count++
      files.bytes += JSON.parse(line).bytes
    }
    yield counted(line)
  }
  // The definitions of the tables do not belong to the snapshot.
  if (String(await finishedMigrations(connection)) !== String(migrations))
    throw new BackupFault('A new version changed the tables during the backup: run it again.')
  const trailer: Trailer = { end: true, tables, files, sha256: all.digest('hex') }
  Object.assign(written, { header, trailer })
  yield `${JSON.stringify(trailer)}\n`
}

interface Described {
  shapes: Shape[]
  migrations: number[]
  secrets: Record<string, string>
}

async function headerOf(connection: Connection, { shapes, migrations, secrets }: Described): Promise<Header> {
  const tables: Header['tables'] = {}
  for (const { table } of shapes) {
    const [[counted]] = await connection.query<RowDataPacket[]>('SELECT COUNT(*) AS found FROM ??', [table])
    tables[table] = Number(counted!['found'])
  }
  const [[server]] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version')
  const { version } = JSON.parse(readFileSync(places.package, 'utf8'))
  const engine = String(server!['version'])
  return { backup: FORMAT, at: instant(new Date()), version, engine, migrations, tables, secrets }
}

async function finishedMigrations(connection: Connection): Promise<number[]> {
  const { finished, begun } = await readRecord(connection)
  const known = new Set(readMigrations().map(({ when }) => when))
  if (begun.length > 0)
    throw new BackupFault('An update of the tables is not finished: start Pointbook once, then run the backup again.')
  if (finished.some((when) => !known.has(when)))
    throw new BackupFault('The database belongs to a newer version of Pointbook: run the backup of that version.')
  if (finished.length === 0)
    throw new BackupFault('The database has no tables of Pointbook: there is nothing to back up.')
  return finished.sort((one, other) => one - other)
}

/** The tables that these migrations make. Other tables in the database are not Pointbook's. */
async function shapesAfter(connection: Connection, migrations: readonly number[]): Promise<Shape[]> {
  const ours = tablesAfter(readMigrations().filter(({ when }) => migrations.includes(when)))
  const present = new Set(await tableNames(connection))
  const missing = [...ours.keys()].filter((table) => !present.has(table))
  if (missing.length > 0)
    throw new BackupFault(`Tables are missing (${missing.join(', ')}): a backup of the rest would not be whole.`)
  const shapes: Shape[] = []
  for (const table of [...ours.keys()].sort()) shapes.push(await shapeOf(connection, table))
  return shapes
}
