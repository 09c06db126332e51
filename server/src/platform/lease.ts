import { randomUUID } from 'node:crypto'
import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { Database } from './database/pool.ts'
import { leases } from './leases-table.ts'

export interface Lease {
  /** True once the lease has expired: this server has stalled, and another may do the same work. */
  readonly lost: boolean
}

const RENEW_MS = 3_000

// The database's own clock, so that servers whose clocks differ agree.
const now = sql`UTC_TIMESTAMP(3)`
const soon = sql`UTC_TIMESTAMP(3) + INTERVAL 10 SECOND`

/**
 * Does the work unless another server has the lease of this name; then returns null. A server that dies loses the lease within
 * ten seconds. After a stall of that length another server may start the same work, so the work must be safe to repeat.
 */
export async function underLease<T>(db: Database, name: string, work: (lease: Lease) => Promise<T>): Promise<T | null> {
  const holder = randomUUID()
  if (!(await take(db, name, holder))) return null
  const mine = and(eq(leases.name, name), eq(leases.holder, holder))
  const lease = { lost: false }
  const renewal = setInterval(async () => {
    lease.lost = !(await renewed(db, mine).catch(() => false))
  }, RENEW_MS)
  try {
    return await work(lease)
  } finally {
    clearInterval(renewal)
    await db.update(leases).set({ holder: '', until: now }).where(mine)
  }
}

async function renewed(db: Database, mine: SQL | undefined): Promise<boolean> {
  const [{ affectedRows }] = await db.update(leases).set({ until: soon }).where(mine)
  return affectedRows === 1
}

async function take(db: Database, name: string, holder: string): Promise<boolean> {
  const ended = and(eq(leases.name, name), lte(leases.until, now))
  const [result] = await db.update(leases).set({ holder, until: soon }).where(ended)
  if (result.affectedRows === 1) return true
  const [first] = await db.insert(leases).ignore().values({ name, holder, until: soon })
  return first.affectedRows === 1
}
