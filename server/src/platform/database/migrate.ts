import { adviceOn } from '@pointbook/config/database-advice'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { openConnection } from './connect.ts'
import { databaseCode, isUnavailable } from './failures.ts'
import { effectOf, type Migration, readMigrations } from './migration-files.ts'
import { type MigrationRecord, makeRecord, openRecord, overtaken, readRecord } from './migration-record.ts'
import { routeTo } from './route.ts'
import { requireColumns } from './same-table.ts'
import { UnusableDatabase } from './unusable.ts'

const LOCK = 'pointbook-migrations'
const LOCK_PATIENCE_S = 120

interface Migrating {
  /** Those of this version; others are for tests. */
  migrations?: readonly Migration[]
  /** The time without progress after which a server on another node counts as dead. */
  patienceMs?: number
}

/**
 * Brings the schema up to date, from wherever an interruption has left it. Servers that start together take turns, also on several
 * nodes. Throws `UnusableDatabase` for a schema of a newer version, and when it could not be done to its end.
 */
export async function migrate(
  url: string,
  { migrations = readMigrations(), patienceMs = 10_000 }: Migrating = {},
): Promise<void> {
  const connection = await openConnection(url)
  try {
    // A user who may only read and write rows can run a server whose tables exist.
    if ((await missing(connection, migrations)).length === 0) return await connection.end()
    await lock(connection)
    await makeRecord(connection)
    const record = await openRecord(connection)
    await record.awaitOthers(patienceMs)
    for (const migration of await missing(connection, migrations)) await apply(connection, migration, record)
    await connection.end()
  } catch (error) {
    connection.destroy()
    throw inASentence(error, url)
  }
}

/**
 * The migrations still to be run. Throws `UnusableDatabase` when the database has, or has begun, one that this version does not
 * know.
 */
async function missing(connection: Connection, ours: readonly Migration[]): Promise<Migration[]> {
  const { finished, begun } = await readRecord(connection)
  const known = new Set(ours.map(({ when }) => when))
  const newer = [...finished, ...begun].filter((when) => !known.has(when))
  if (newer.length > 0) throw new UnusableDatabase([newerSentence(Math.max(...newer))])
  const had = new Set(finished)
  return ours.filter(({ when }) => !had.has(when))
}

const newerSentence = (when: number) =>
  `The database belongs to a newer version of Pointbook, of ${dayOf(when)} or later: start that version, or restore the backup made before it was first started.`

const dayOf = (when: number) => new Date(when).toISOString().slice(0, 10)

async function lock(connection: Connection): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS got', [LOCK, LOCK_PATIENCE_S])
  if (rows[0]?.got !== 1) throw overtaken()
}

async function apply(connection: Connection, migration: Migration, record: MigrationRecord): Promise<void> {
  const { begun, done } = await record.take(migration)
  for (const [index, statement] of migration.statements.entries()) {
    const number = index + 1
    if (number <= done) continue
    const pass = () => record.pass(migration, number)
    try {
      if (effectOf(statement).kind === 'rows') await changeRows(connection, statement, pass)
      else await changeSchema(connection, statement, pass, { perhapsDone: number <= begun })
    } catch (error) {
      if (error instanceof UnusableDatabase) throw error
      throw new Error(`statement ${number} of the migration of ${dayOf(migration.when)}`, { cause: error })
    }
  }
  await record.finish(migration)
}

/** The rows and the migration record change in one transaction, so the rows change once. */
async function changeRows(connection: Connection, statement: string, pass: () => Promise<void>): Promise<void> {
  await connection.beginTransaction()
  await connection.query(statement)
  await pass()
  await connection.commit()
}

const UNRECORDED =
  'The database has tables of the same names, but no record of their migrations (__drizzle_migrations): restore the whole backup, or give Pointbook a database of its own.'

/** A change of the schema is not transactional. After a lost connection the database itself shows whether it was made. */
async function changeSchema(
  connection: Connection,
  statement: string,
  pass: () => Promise<void>,
  { perhapsDone }: { perhapsDone: boolean },
): Promise<void> {
  try {
    await connection.query(statement)
  } catch (error) {
    const effect = effectOf(statement)
    const wasDone = effect.kind === 'once' && (error as { errno?: number }).errno === effect.doneBefore
    if (wasDone && !perhapsDone) throw new UnusableDatabase([UNRECORDED])
    if (!wasDone) throw error
    if (effect.table) await requireColumns(connection, effect.table, effect.columns ?? [])
  }
  await pass()
}

const MISSING_RIGHTS = ['ER_TABLEACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR']

/** Turns an error of the database into one sentence; other errors pass unchanged. */
function inASentence(error: unknown, url: string): unknown {
  const code = databaseCode(error)
  if (error instanceof UnusableDatabase || !code) return error
  const { message, cause } = error as Error
  if (MISSING_RIGHTS.includes(code))
    return new UnusableDatabase([
      `The database cannot be brought up to date: ${adviceOn(cause ?? error, routeTo(url).login)}.`,
    ])
  const place = cause ? ` at ${message}` : ''
  const advice = isUnavailable(error)
    ? 'start again, and it goes on from there'
    : 'look up that error of the database, mend its cause and start again, and it goes on from there'
  return new UnusableDatabase([`The database could not be brought up to date (${code}${place}): ${advice}.`])
}
