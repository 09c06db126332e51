import { addMs, type Instant, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, lt } from 'drizzle-orm'
import { type Database, inTransaction } from '../../../platform/database/pool.ts'
import { type Attempt, countInHour, forgetInHour } from './hourly-failures.ts'
import { loginLocks } from './tables.ts'

const FAILURES_ALLOWED = 5
const FIRST_LOCK_MS = 15 * 60_000
const LONGEST_LOCK_MS = 86_400_000
/** At most, between servers of one shop. */
const CLOCKS_DIFFER_MS = 60_000

const placeOf = ({ address, deviceId }: Attempt) => (deviceId === null ? address : `device/${deviceId}`)

const of = (attempt: Attempt) => and(eq(loginLocks.login, attempt.login), eq(loginLocks.address, placeOf(attempt)))

/**
 * Counts an attempt as failed until it succeeds, so that forty simultaneous attempts are not more guesses than five in a row.
 * Unknown logins are treated alike. Every five failures lock: for 15 minutes at first, then twice as long each time, a day at
 * most. Returns what to do when the attempt did not fail. Throws `login.locked`, and `login.strangers-locked` after fifty failures
 * in an hour from devices that the account was not used with.
 */
export async function countAttempt(db: Database, attempt: Attempt): Promise<() => Promise<void>> {
  const nowMs = Date.now()
  const now = instant(new Date(nowMs))
  await inTransaction(db, async (tx) => {
    const first = { login: attempt.login, address: placeOf(attempt), failures: 0, lockedUntil: now }
    await tx
      .insert(loginLocks)
      .values(first)
      .onDuplicateKeyUpdate({ set: { login: attempt.login } })
    const [before] = await tx.select().from(loginLocks).where(of(attempt)).for('update')
    const { lockedUntil, failures: known } = before ?? first
    // A lock that lasts longer than it was made to was made by a clock that was ahead, and counts no longer.
    // Without a lock it is the time of the attempt before, which may have begun after this one and overtaken it.
    if (lockMs(known) > 0 && lockedUntil > now && lockedUntil <= addMs(now, lockMs(known) + CLOCKS_DIFFER_MS))
      throw new Refusal('login.locked', { minutes: minutesFrom(now, lockedUntil) })
    const failures = lockedUntil < addMs(now, -LONGEST_LOCK_MS) ? 1 : known + 1
    await tx
      .update(loginLocks)
      .set({ failures, lockedUntil: addMs(now, lockMs(failures)) })
      .where(of(attempt))
    await countInHour(tx, attempt, nowMs)
  })
  return async () => {
    await db.delete(loginLocks).where(of(attempt))
    await forgetInHour(db, attempt, nowMs)
  }
}

const lockMs = (failures: number): number =>
  failures > 0 && failures % FAILURES_ALLOWED === 0
    ? Math.min(FIRST_LOCK_MS * 2 ** (failures / FAILURES_ALLOWED - 1), LONGEST_LOCK_MS)
    : 0

const minutesFrom = (now: Instant, until: Instant): number => Math.ceil((Date.parse(until) - Date.parse(now)) / 60_000)

/** Forgets failures that count no longer. */
export async function sweepLocks(db: Database): Promise<void> {
  await db.delete(loginLocks).where(lt(loginLocks.lockedUntil, addMs(instant(new Date()), -LONGEST_LOCK_MS)))
}
