import { isCommonPassword } from '@pointbook/shared/common-password'
import { instant } from '@pointbook/shared/day'
import { addressRef, adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq } from 'drizzle-orm'
import { record } from '../../../platform/audit-log.ts'
import type { LogLine } from '../../../platform/database/audit-log-table.ts'
import { type Database, inTransaction } from '../../../platform/database/pool.ts'
import { hashPassword, inTurn, isOutdatedHash, isPassword, NOBODYS_HASH } from '../../../platform/passwords.ts'
import type { Outside } from '../../../server.ts'
import type { Attempt } from './hourly-failures.ts'
import type { AdminRow } from './identify.ts'
import { countAttempt } from './login-lock.ts'
import { notice, noticeFailure } from './notices.ts'
import { recoveryOf, stepOfCode } from './second-factor.ts'
import { readAdmin } from './store.ts'
import { admins } from './tables.ts'

export type Place = Pick<Outside, 'db' | 'clock' | 'keys' | 'env'>

export interface Typed {
  password: string
  /** Six digits of the authenticator or a recovery code; '' when none was typed. */
  code: string
}

/** Makes the first account from the settings when there is none yet. */
export async function ensureAdmin({ db, env }: Outside): Promise<void> {
  const [anyone] = await db.select({ login: admins.login }).from(admins).limit(1)
  if (anyone) return
  const passwordHash = await hashPassword(env.adminPassword)
  await db
    .insert(admins)
    .values({ login: env.adminLogin, name: '管理员', passwordHash, role: 'owner' })
    .onDuplicateKeyUpdate({ set: { login: env.adminLogin } })
}

/**
 * Throws `login.wrong`, `login.code-missing`, `login.code-wrong`, `login.password-expired`, `login.locked` after five failures in
 * a row from one address or device, `login.strangers-locked` after fifty in an hour from unknown devices, and `server.busy`.
 */
export const checkLogin = (server: Place, attempt: Attempt, typed: Typed): Promise<AdminRow> =>
  inTurn(() => tryLogin(server, attempt, typed))

async function tryLogin(server: Place, attempt: Attempt, { password, code }: Typed): Promise<AdminRow> {
  const { db, clock } = server
  const succeeded = await countAttempt(db, attempt)
  const admin = await readAdmin(db, attempt.login)
  const right = await isPassword(password, admin?.passwordHash ?? NOBODYS_HASH)
  const fail = async (why: string, refusal: Refusal): Promise<never> => {
    await inTransaction(db, async (tx) => {
      await record(tx, clock.now(), failedLine(attempt, admin, why))
      if (admin) await noticeFailure(tx, attempt)
      if (why === CODE_USED) await notice(tx, { ...attempt, kind: 'code-used' })
    })
    throw refusal
  }
  if (!admin) return fail('没有这个账号', new Refusal('login.wrong'))
  if (!right) return fail('密码不对', new Refusal('login.wrong'))
  if (!admin.active) return fail('账号已停用', new Refusal('login.wrong'))
  if (admin.oneTimeUntil && admin.oneTimeUntil < instant(new Date()))
    return fail('一次性密码已过期', new Refusal('login.password-expired'))
  // Stays counted as a failure until the code is right, or it would give an attacker five more guesses at the code.
  if (admin.totpSealed && code === '') throw new Refusal('login.code-missing')
  const wrong = admin.totpSealed && (await useCode(server, admin, code))
  if (wrong) return fail(wrong, new Refusal('login.code-wrong'))
  await succeeded()
  if (isOutdatedHash(admin.passwordHash)) await renewHash(db, admin.login, password)
  return noteCommon(server, admin, password)
}

/**
 * Notes whether the password is easy to guess by the present list. Its owner must then choose another one. Outside production the
 * password of the settings is public anyway.
 */
async function noteCommon({ db, env }: Place, admin: AdminRow, password: string): Promise<AdminRow> {
  const isPublic = env.mode !== 'production' && password === env.adminPassword
  const passwordCommon = !isPublic && isCommonPassword(password, admin.login)
  if (passwordCommon !== admin.passwordCommon)
    await db.update(admins).set({ passwordCommon }).where(eq(admins.login, admin.login))
  return { ...admin, passwordCommon }
}

const CODE_WRONG = '验证码不对'
const CODE_USED = '验证码已经用过'

/** Uses up a code of the authenticator or a recovery code; what is wrong with it, or null. */
async function useCode({ db, keys }: Place, admin: AdminRow, code: string): Promise<string | null> {
  const { login, totpSealed, totpStep, recoveryHashes } = admin
  const step = stepOfCode(keys.open(totpSealed!), code, Date.now())
  const mine = eq(admins.login, login)
  if (step !== null) {
    if (step <= totpStep) return CODE_USED
    const unused = and(mine, eq(admins.totpStep, totpStep))
    const [{ affectedRows }] = await db.update(admins).set({ totpStep: step }).where(unused)
    return affectedRows === 1 ? null : CODE_USED
  }
  const typed = recoveryOf(recoveryHashes, code)
  if (typed === undefined) return CODE_WRONG
  const unused = and(mine, eq(admins.recoveryHashes, recoveryHashes))
  const left = recoveryHashes.filter((known) => known !== typed)
  const [{ affectedRows }] = await db.update(admins).set({ recoveryHashes: left }).where(unused)
  return affectedRows === 1 ? null : CODE_USED
}

/** Does not contain an unknown login: people sometimes type their password there. */
function failedLine({ address }: Attempt, admin: AdminRow | undefined, why: string): LogLine {
  return {
    actor: addressRef(address),
    action: 'admin.log-in-failed',
    subject: admin ? adminRef(admin.login) : 'admin',
    text: `登录后台失败：${why}（来自 ${address}）`,
  }
}

/** Stores the password hash with the present parameters, now that the password is known. */
async function renewHash(db: Database, login: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await db.update(admins).set({ passwordHash }).where(eq(admins.login, login))
}
