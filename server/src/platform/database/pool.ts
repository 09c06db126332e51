import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2'
import mysql, { type Pool, type PoolOptions } from 'mysql2/promise'
import { readQuickly } from './prepared.ts'
import { routeTo } from './route.ts'
import { readsTogether } from './together.ts'
import { type RawConnection, watch } from './watch.ts'

export type Database = MySql2Database
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

export interface Databases {
  /** For features: drizzle, one statement at a time. */
  db: Database
  pool: Pool
  /** For the book alone: statements that need no answer from each other travel together. */
  bookPool: Pool
  close(): Promise<void>
}

const CONNECTIONS = 10
// Two batches side by side, and previews.
const BOOK_CONNECTIONS = 4
const QUICK_CONNECTIONS = 4
// A merchant's figures may take a while; a batch that takes longer than this is not slow but lost.
const SILENCE_MS = 15_000
const BOOK_SILENCE_MS = 5_000

/** Opens the pools. Connections are made when first needed, so the database may come up later. */
export function openDatabase(url: string): Databases {
  const pool = openPool(url, SILENCE_MS, { connectionLimit: CONNECTIONS })
  const bookPool = openPool(url, BOOK_SILENCE_MS, { connectionLimit: BOOK_CONNECTIONS, multipleStatements: true })
  const quickPool = openPool(url, BOOK_SILENCE_MS, { connectionLimit: QUICK_CONNECTIONS, multipleStatements: true })
  const db = drizzle(pool)
  readQuickly(db, readsTogether(quickPool))
  return {
    db,
    pool,
    bookPool,
    close: async () => {
      await Promise.all([pool.end(), bookPool.end(), quickPool.end()])
    },
  }
}

/** A database that is silent for so long, to a newcomer or on a connection it knows, is lost. */
function openPool(url: string, silenceMs: number, rest: PoolOptions): Pool {
  const pool = mysql.createPool({
    ...routeTo(url),
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: true,
    queryFormat: withValues,
    // Else the driver keeps the stack of whoever asks, at every statement, for an error that hardly ever comes.
    trace: false,
    connectTimeout: silenceMs,
    enableKeepAlive: true,
    ...rest,
  })
  pool.on('connection', prepare(silenceMs))
  return pool
}

// The driver would look for placeholders in every text, and a batch of the book is a long one that holds none.
const withValues = (sql: string, values: unknown): string =>
  Array.isArray(values) && values.length === 0 ? sql : mysql.format(sql, values as never, false, 'Z')

// A batch that waited for a row sees what was committed meanwhile. Whoever holds a row for long makes others try again rather than
// wait, and a connection whose server has gone silent leaves its locks. Statements of their own, because the level is no variable
// that could stand in a list with others.
const PREPARE = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  'SET SESSION innodb_lock_wait_timeout = 1, SESSION wait_timeout = 10',
]

// The pool hands the raw connection to its listeners. One that cannot be prepared must not be used.
const prepare = (silenceMs: number) => (connection: unknown) => {
  const raw = connection as RawConnection
  for (const statement of PREPARE) raw.query(statement, (error) => error && raw.stream.destroy())
  watch(raw, silenceMs)
}

/** One transaction; everything it awaits happens or nothing does. Never call WeChat or another server inside. */
export function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(work)
}

/** Reads that all see the database as it was when they began. */
export function inSnapshot<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(work, { isolationLevel: 'repeatable read', withConsistentSnapshot: true })
}

const causeOf = (error: unknown) =>
  (error instanceof Error && error.cause instanceof Error ? error.cause : error) as {
    code?: unknown
    errno?: unknown
    fatal?: unknown
  } | null

/** The driver's error code (`ER_DUP_ENTRY`, `ECONNRESET`, …), also where drizzle has wrapped the error. */
export function databaseCode(error: unknown): string | undefined {
  const code = causeOf(error)?.code
  return typeof code === 'string' ? code : undefined
}

export const isDuplicate = (error: unknown): boolean => databaseCode(error) === 'ER_DUP_ENTRY'

const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ENOENT',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'POOL_CLOSED',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_QUERY_INTERRUPTED',
  'ER_NORMAL_SHUTDOWN',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'ER_ERROR_ON_WRITE',
  'ER_ERROR_DURING_COMMIT',
  'ER_UNKNOWN_COM_ERROR',
  'EE_WRITE',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
])

// What the driver has no code for: MariaDB's "connection was killed", and a command on a connection that has ended.
const isNameless = (error: unknown): boolean => {
  const cause = causeOf(error)
  return cause?.errno === 1927 || (cause?.fatal === true && cause.code === undefined)
}

/** True when trying again later may help. */
export const isUnavailable = (error: unknown): boolean =>
  UNAVAILABLE.has(databaseCode(error) ?? '') || isNameless(error)
