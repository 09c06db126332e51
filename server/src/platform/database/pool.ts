import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2'
import mysql, { type Pool, type PoolOptions } from 'mysql2/promise'
import { readsAgain } from './again.ts'
import { passLogSecret, setLogSecret } from './log-secret.ts'
import { handOutPrepared } from './prepare.ts'
import { readQuickly } from './prepared.ts'
import { routeTo } from './route.ts'
import { readsTogether } from './together.ts'

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
/** The greatest number of connections of a process, and the least that serves every pool. */
export const connections = {
  most: CONNECTIONS + BOOK_CONNECTIONS + QUICK_CONNECTIONS,
  least: BOOK_CONNECTIONS + QUICK_CONNECTIONS + 2,
}
// A merchant's figures may take a while; a batch that takes longer than this is not slow but lost.
const SILENCE_MS = 15_000
const BOOK_SILENCE_MS = 5_000

interface Options {
  /** SEAL_SECRET, for programs that write lines of the audit log. */
  sealSecret?: string
}

/** Opens the pools. Connections are made when first needed, so the database may start later. */
export function openDatabase(url: string, { sealSecret }: Options = {}): Databases {
  const pool = openPool(url, SILENCE_MS, { connectionLimit: CONNECTIONS })
  const bookPool = openPool(url, BOOK_SILENCE_MS, { connectionLimit: BOOK_CONNECTIONS, multipleStatements: true })
  const quickPool = openPool(url, BOOK_SILENCE_MS, { connectionLimit: QUICK_CONNECTIONS, multipleStatements: true })
  const db = drizzle(readsAgain(pool))
  readQuickly(db, readsTogether(quickPool))
  if (sealSecret) setLogSecret(db, sealSecret)
  return {
    db,
    pool,
    bookPool,
    close: async () => {
      await Promise.all([pool.end(), bookPool.end(), quickPool.end()])
    },
  }
}

/** A database that is silent for this long, on a new or an existing connection, counts as lost. */
function openPool(url: string, silenceMs: number, rest: PoolOptions): Pool {
  const route = routeTo(url)
  const pool = mysql.createPool({
    ...route.login,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: true,
    queryFormat: withValues,
    // Otherwise the driver captures a stack trace at every statement, for a rare error.
    trace: false,
    connectTimeout: silenceMs,
    enableKeepAlive: true,
    ...rest,
  })
  handOutPrepared(pool.pool, route, silenceMs)
  return pool
}

// The driver would search every text for placeholders; a batch of the book is long and has none.
const withValues = (sql: string, values: unknown): string =>
  Array.isArray(values) && values.length === 0 ? sql : mysql.format(sql, values as never, false, 'Z')

/** One transaction; everything it awaits happens or nothing does. Never call WeChat or another server inside. */
export function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction((tx) => work(passLogSecret(db, tx)))
}

/** Reads that all see the database as it was when they began. */
export function inSnapshot<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(work, { isolationLevel: 'repeatable read', withConsistentSnapshot: true })
}
