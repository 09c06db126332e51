import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2'
import mysql, { type Pool, type PoolOptions } from 'mysql2/promise'

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
const BOOK_CONNECTIONS = 2

/** Opens the pools. Connections are made when first needed, so the database may come up later. */
export function openDatabase(url: string): Databases {
  const pool = mysql.createPool({ ...options(url), connectionLimit: CONNECTIONS })
  const bookPool = mysql.createPool({ ...options(url), connectionLimit: BOOK_CONNECTIONS, multipleStatements: true })
  for (const each of [pool, bookPool]) each.on('connection', prepare)
  return {
    db: drizzle(pool),
    pool,
    bookPool,
    close: async () => {
      await Promise.all([pool.end(), bookPool.end()])
    },
  }
}

function options(url: string): PoolOptions {
  return {
    uri: url,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: true,
    connectTimeout: 5_000,
    enableKeepAlive: true,
    // Past this many waiting requests the server answers "busy" instead of growing.
    queueLimit: 1_000,
  }
}

// A batch that waited for a row sees what was committed meanwhile, and reading the outbox locks its rows but not the gaps between
// them. A statement of its own, because the level is no variable that could stand in a list with others.
const PREPARE = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'

// The pool hands the raw connection to its listeners. One that cannot be prepared must not be used.
function prepare(connection: unknown): void {
  const raw = connection as { query(sql: string, done: (error: Error | null) => void): void; destroy(): void }
  raw.query(PREPARE, (error) => error && raw.destroy())
}

/** One transaction; everything it awaits happens or nothing does. Never call WeChat or another server inside. */
export function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(work)
}

/** Reads that all see the database as it was when they began. */
export function inSnapshot<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(work, { isolationLevel: 'repeatable read', withConsistentSnapshot: true })
}

/** The driver's error code (`ER_DUP_ENTRY`, `ECONNRESET`, …), also where drizzle has wrapped the error. */
export function databaseCode(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = (cause as { code?: unknown } | null)?.code
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
  'ENOENT',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'POOL_CLOSED',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CONNECTION_KILLED',
  'ER_NORMAL_SHUTDOWN',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
])

/** True when trying again later may help. */
export const isUnavailable = (error: unknown): boolean => UNAVAILABLE.has(databaseCode(error) ?? '')
