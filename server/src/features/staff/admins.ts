import { addMs, type Instant, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import type { Outside } from '../../outside.ts'
import { type Database, inTransaction } from '../../platform/database/pool.ts'
import type { AdminCaller } from '../../platform/http.ts'
import { hashPassword, isPassword } from '../../platform/secrets.ts'
import { admins } from './tables.ts'

const FAILURES_ALLOWED = 5
const LOCK_MS = 15 * 60_000

// What a password is compared with where there is no such login, so that both take the same time.
const nobody = hashPassword('nobody has this password')

/** Makes the first panel user from the settings when there is none yet. */
export async function ensureAdmin({ db, env }: Outside): Promise<void> {
  const [anyone] = await db.select({ login: admins.login }).from(admins).limit(1)
  if (anyone) return
  const passwordHash = await hashPassword(env.adminPassword)
  await db
    .insert(admins)
    .values({ login: env.adminLogin, name: '管理员', passwordHash })
    .onDuplicateKeyUpdate({ set: { login: env.adminLogin } })
}

/** Throws `login.wrong`, or after five failures in a row `login.locked` for 15 minutes, whatever the password. */
export async function checkLogin(db: Database, login: string, password: string): Promise<AdminCaller> {
  const admin = await countAttempt(db, login, instant(new Date()))
  const right = await isPassword(password, admin?.passwordHash ?? (await nobody))
  if (!admin || !right) throw new Refusal('login.wrong')
  await db.update(admins).set({ failures: 0, lockedUntil: null }).where(eq(admins.login, login))
  return { login: admin.login, name: admin.name }
}

/** Every attempt counts as failed until it has succeeded: forty at once get no more guesses than five in a row. */
async function countAttempt(db: Database, login: string, now: Instant) {
  return inTransaction(db, async (tx) => {
    const [admin] = await tx.select().from(admins).where(eq(admins.login, login)).for('update')
    if (!admin) return null
    const { lockedUntil } = admin
    if (lockedUntil && lockedUntil > now) {
      throw new Refusal('login.locked', { minutes: Math.ceil((Date.parse(lockedUntil) - Date.parse(now)) / 60_000) })
    }
    const failures = lockedUntil ? 1 : admin.failures + 1
    await tx
      .update(admins)
      .set({ failures, lockedUntil: failures < FAILURES_ALLOWED ? null : addMs(now, LOCK_MS) })
      .where(eq(admins.login, login))
    return admin
  })
}
