import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import type { AdminCaller } from '../../../platform/http.ts'
import { hashPassword, inTurn, isOutdatedHash, isPassword, NOBODYS_HASH } from '../../../platform/passwords.ts'
import type { Outside } from '../../../server.ts'
import { type Attempt, countAttempt, forgetFailures } from './login-lock.ts'
import { admins } from './tables.ts'

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

/** Throws `login.wrong`, `login.locked` after five failures in a row from one address, and `server.busy`. */
export const checkLogin = (db: Database, attempt: Attempt, password: string): Promise<AdminCaller> =>
  inTurn(() => tryLogin(db, attempt, password))

async function tryLogin(db: Database, attempt: Attempt, password: string): Promise<AdminCaller> {
  await countAttempt(db, attempt)
  const [admin] = await db.select().from(admins).where(eq(admins.login, attempt.login))
  const right = await isPassword(password, admin?.passwordHash ?? NOBODYS_HASH)
  if (!admin || !right) throw new Refusal('login.wrong')
  await forgetFailures(db, attempt)
  if (isOutdatedHash(admin.passwordHash)) await renewHash(db, admin.login, password)
  return { login: admin.login, name: admin.name }
}

/** Keeps the password under today's parameters, now that it is known. */
async function renewHash(db: Database, login: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await db.update(admins).set({ passwordHash }).where(eq(admins.login, login))
}
