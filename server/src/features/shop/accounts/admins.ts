import { addressRef, adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { record } from '../../../platform/audit-log.ts'
import type { LogLine } from '../../../platform/database/audit-log-table.ts'
import { type Database, inTransaction } from '../../../platform/database/pool.ts'
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
export const checkLogin = (server: Place, attempt: Attempt, password: string): Promise<AdminCaller> =>
  inTurn(() => tryLogin(server, attempt, password))

type Place = Pick<Outside, 'db' | 'clock'>

async function tryLogin({ db, clock }: Place, attempt: Attempt, password: string): Promise<AdminCaller> {
  await countAttempt(db, attempt)
  const [admin] = await db.select().from(admins).where(eq(admins.login, attempt.login))
  const right = await isPassword(password, admin?.passwordHash ?? NOBODYS_HASH)
  if (!admin || !right) {
    const line = failedLine(attempt, admin?.login)
    await inTransaction(db, (tx) => record(tx, clock.now(), line))
    throw new Refusal('login.wrong')
  }
  await forgetFailures(db, attempt)
  if (isOutdatedHash(admin.passwordHash)) await renewHash(db, admin.login, password)
  return { login: admin.login, name: admin.name }
}

/** Does not contain an unknown login: people sometimes type their password there. */
function failedLine({ address }: Attempt, login: string | undefined): LogLine {
  const line = { actor: addressRef(address), action: 'admin.log-in-failed' } as const
  return login === undefined
    ? { ...line, subject: 'admin', text: `登录后台失败：没有这个账号（来自 ${address}）` }
    : { ...line, subject: adminRef(login), text: `登录后台失败：密码不对（来自 ${address}）` }
}

/** Stores the password hash with the present parameters, now that the password is known. */
async function renewHash(db: Database, login: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await db.update(admins).set({ passwordHash }).where(eq(admins.login, login))
}
