import { addMs, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, lt } from 'drizzle-orm'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import { loginFailures } from './tables.ts'

/**
 * An attempt to log in. A stranger can lock a login only for their own address, and not for a device that the account was used
 * with, whatever its address.
 */
export interface Attempt {
  login: string
  address: string
  /** The device, as `knownDevice` gave it. */
  deviceId: number | null
  /** The browser's own words (User-Agent). */
  device: string
}

// OWASP ASVS 4.0.3, 2.2.1: at most 100 failures an hour on one account, whatever the address. Strangers have half of them and the
// account's own devices the other half, so that strangers cannot use up what its owner has.
const MOST = 50
const HOUR_MS = 3_600_000
/** At most, between servers of one shop. */
const CLOCKS_DIFFER_MS = 60_000

const of = ({ login, deviceId }: Attempt) =>
  and(eq(loginFailures.login, login), eq(loginFailures.known, deviceId !== null))

/**
 * Counts a failure among those of the last hour over all addresses. Throws `login.strangers-locked` for a device that was not used
 * before, `login.locked` for one that was.
 */
export async function countInHour(tx: Transaction, attempt: Attempt, nowMs: number): Promise<void> {
  const first = { login: attempt.login, known: attempt.deviceId !== null, lastAt: instant(new Date(nowMs)), times: [] }
  await tx
    .insert(loginFailures)
    .values(first)
    .onDuplicateKeyUpdate({ set: { login: attempt.login } })
  const [before] = await tx.select().from(loginFailures).where(of(attempt)).for('update')
  const times = (before?.times ?? []).filter((at) => at > nowMs - HOUR_MS && at <= nowMs + CLOCKS_DIFFER_MS)
  if (times.length >= MOST) {
    const minutes = Math.ceil((Math.min(...times) + HOUR_MS - nowMs) / 60_000)
    throw new Refusal(attempt.deviceId === null ? 'login.strangers-locked' : 'login.locked', { minutes })
  }
  await tx
    .update(loginFailures)
    .set({ times: [...times, nowMs], lastAt: first.lastAt })
    .where(of(attempt))
}

/** The attempt that was counted at that time did not fail. */
export const forgetInHour = (db: Database, attempt: Attempt, countedMs: number): Promise<void> =>
  inTransaction(db, async (tx) => {
    const [row] = await tx.select().from(loginFailures).where(of(attempt)).for('update')
    const place = row?.times.indexOf(countedMs) ?? -1
    if (row && place >= 0)
      await tx
        .update(loginFailures)
        .set({ times: row.times.toSpliced(place, 1) })
        .where(of(attempt))
  })

/** Deletes failures that count no longer. */
export async function sweepFailures(db: Database): Promise<void> {
  await db.delete(loginFailures).where(lt(loginFailures.lastAt, addMs(instant(new Date()), -HOUR_MS)))
}
