import type { AuditAction } from '@pointbook/shared/audit-actions'
import type { NoticeKind } from '@pointbook/shared/contract/shop/notices'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { record } from '../../../platform/audit-log.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { AdminCaller, Handle } from '../../../platform/http.ts'
import { hashPassword, inTurn, isPassword, requireUncommon } from '../../../platform/passwords.ts'
import { sha256 } from '../../../platform/secrets.ts'
import { endAdminSessions, readAdminSessions } from '../../../platform/session/admin-session.ts'
import { forgetDevice, forgetDevices } from '../../../platform/session/devices.ts'
import { adminSessions } from '../../../platform/session/tables.ts'
import type { Server } from '../../../server.ts'
import { mustHaveFactor, readDemanded } from './identify.ts'
import { countAttempt } from './login-lock.ts'
import { notice, noticeFailure, originOf } from './notices.ts'
import { newRecoveryCodes, newSecondFactor, stepOfCode, storedRecovery } from './second-factor.ts'
import { readAdmin } from './store.ts'
import { admins } from './tables.ts'

/** What everybody does with their own account: password, second factor, log-ins. */
export function ownAccountRoutes(handle: Handle, server: Server) {
  const { db, keys, clock } = server

  /** The holder hears of it at the next log-in. */
  const told = (tx: Transaction, { login, tokenHash }: AdminCaller, request: FastifyRequest, kind: NoticeKind) =>
    notice(tx, { login, kind, tokenHash, ...originOf(request) })

  const noted = (tx: Transaction, { login }: AdminCaller, action: AuditAction, text: string) =>
    record(tx, clock.now(), { actor: adminRef(login), action, subject: adminRef(login), text })

  /** Somebody at an open panel must not find out or replace a password by guessing: guesses count as failed log-ins. */
  const requirePassword = ({ login, deviceId }: AdminCaller, request: FastifyRequest, password: string) =>
    inTurn(async () => {
      const attempt = { login, deviceId, ...originOf(request) }
      const succeeded = await countAttempt(db, attempt)
      const admin = await readAdmin(db, login)
      if (!admin || !(await isPassword(password, admin.passwordHash))) {
        await inTransaction(db, (tx) => noticeFailure(tx, attempt))
        throw new Refusal('password.wrong')
      }
      await succeeded()
      return admin
    })

  handle('PUT /admin/session/password', async ({ input: { password, newPassword }, caller, request }) => {
    requireUncommon(newPassword, caller.login)
    if (newPassword === password) throw new Refusal('password.same')
    await requirePassword(caller, request, password)
    const passwordHash = await inTurn(() => hashPassword(newPassword))
    await inTransaction(db, async (tx) => {
      await tx
        .update(admins)
        .set({ passwordHash, oneTimeUntil: null, passwordCommon: false })
        .where(eq(admins.login, caller.login))
      await endOthers(tx, caller)
      await noted(tx, caller, 'account.password', '修改密码，其他登录已结束')
      await told(tx, caller, request, 'password')
    })
    return { done: true }
  })

  handle('POST /admin/session/second-factor', async ({ input: { password }, caller, request }) => {
    await requirePassword(caller, request, password)
    const begun = newSecondFactor(caller.login)
    const totpPendingSealed = keys.seal(begun.secret)
    await db.update(admins).set({ totpPendingSealed }).where(eq(admins.login, caller.login))
    return begun
  })

  handle('PUT /admin/session/second-factor', async ({ input: { code }, caller, request }) => {
    const admin = await readAdmin(db, caller.login)
    if (!admin?.totpPendingSealed) throw new Refusal('second-factor.missing')
    const { login, deviceId } = caller
    const succeeded = await countAttempt(db, { login, deviceId, ...originOf(request) })
    const step = stepOfCode(keys.open(admin.totpPendingSealed), code, Date.now())
    if (step === null) throw new Refusal('second-factor.wrong')
    await succeeded()
    const recoveryCodes = newRecoveryCodes()
    const inForce = { totpSealed: admin.totpPendingSealed, totpPendingSealed: null, totpStep: step }
    await inTransaction(db, async (tx) => {
      const recoveryHashes = recoveryCodes.map(storedRecovery)
      await tx
        .update(admins)
        .set({ ...inForce, recoveryHashes })
        .where(eq(admins.login, caller.login))
      await endAdminSessions(tx, caller.login, caller.tokenHash)
      await noted(tx, caller, 'account.second-factor', '开启两步验证，其他登录已结束')
      await told(tx, caller, request, 'factor-on')
    })
    return { recoveryCodes }
  })

  handle('POST /admin/session/second-factor/end', async ({ input: { password }, caller, request }) => {
    await requirePassword(caller, request, password)
    if (mustHaveFactor(caller.role, await readDemanded(db))) throw new Refusal('second-factor.demanded')
    const none = { totpSealed: null, totpPendingSealed: null, totpStep: 0, recoveryHashes: [] }
    await inTransaction(db, async (tx) => {
      await tx.update(admins).set(none).where(eq(admins.login, caller.login))
      await noted(tx, caller, 'account.second-factor', '关闭两步验证')
      await told(tx, caller, request, 'factor-off')
    })
    return { done: true }
  })

  handle('GET /admin/sessions', async ({ caller }) => {
    const sessions = await readAdminSessions(db, caller.login)
    return {
      rows: sessions.map(({ tokenHash, address, device, openedAt, lastSeenAt }) => ({
        sessionId: sessionIdOf(tokenHash),
        address,
        device,
        openedAt,
        lastSeenAt,
        current: tokenHash === caller.tokenHash,
      })),
    }
  })

  handle('POST /admin/sessions/:sessionId/end', async ({ input: { sessionId, password }, caller, request }) => {
    await requirePassword(caller, request, password)
    const sessions = await readAdminSessions(db, caller.login)
    const session = sessions.find(({ tokenHash }) => sessionIdOf(tokenHash) === sessionId)
    if (!session) throw new Refusal('panel-session.unknown')
    await inTransaction(db, async (tx) => {
      await tx.delete(adminSessions).where(eq(adminSessions.tokenHash, session.tokenHash))
      if (session.deviceId !== null) await forgetDevice(tx, session.deviceId)
      await noted(tx, caller, 'account.end-log-ins', `结束一个登录（来自 ${session.address || '未知地址'}）`)
    })
    return { done: true }
  })

  handle('POST /admin/sessions/end-others', async ({ input: { password }, caller, request }) => {
    await requirePassword(caller, request, password)
    const ended = await inTransaction(db, async (tx) => {
      const count = await endOthers(tx, caller)
      if (count > 0) await noted(tx, caller, 'account.end-log-ins', `结束其他 ${count} 个登录`)
      return count
    })
    return { ended }
  })
}

/** Ends every log-in but the caller's own, and forgets the other devices; the number of log-ins. */
async function endOthers(tx: Transaction, { login, tokenHash, deviceId }: AdminCaller): Promise<number> {
  await forgetDevices(tx, login, deviceId)
  return endAdminSessions(tx, login, tokenHash)
}

/** A name for a log-in that does not reveal the hash of its token. */
const sessionIdOf = (tokenHash: string): string => sha256(`session/${tokenHash}`).slice(0, 16)
