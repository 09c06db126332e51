import type { Instant } from '@pointbook/shared/day'
import { type ActorRef, adminRef } from '@pointbook/shared/references'
import { eq } from 'drizzle-orm'
import { record } from '../../../platform/audit-log.ts'
import type { Transaction } from '../../../platform/database/pool.ts'
import { endAdminSessions } from '../../../platform/session/admin-session.ts'
import { forgetDevices } from '../../../platform/session/devices.ts'
import type { AdminRow } from './identify.ts'
import { notice } from './notices.ts'
import { admins, loginFailures, loginLocks } from './tables.ts'

interface Reset {
  admin: AdminRow
  passwordHash: string
  oneTimeUntil: Instant
  actor: ActorRef
  /** Its name; '' for the operator of the server. */
  by: string
  at: Instant
}

/** Gives an account a one-time password; takes its second factor, its locks, its log-ins and its devices away. */
export async function resetAdmin(tx: Transaction, { admin, passwordHash, oneTimeUntil, actor, by, at }: Reset) {
  const { login, name } = admin
  const without = { passwordCommon: false, totpSealed: null, totpPendingSealed: null, totpStep: 0, recoveryHashes: [] }
  await tx
    .update(admins)
    .set({ passwordHash, oneTimeUntil, active: true, ...without })
    .where(eq(admins.login, login))
  await tx.delete(loginLocks).where(eq(loginLocks.login, login))
  await tx.delete(loginFailures).where(eq(loginFailures.login, login))
  await forgetDevices(tx, login)
  await endAdminSessions(tx, login)
  await notice(tx, { login, kind: 'reset', by })
  const text = `重置「${name}」（${login}）的密码和两步验证`
  await record(tx, at, { actor, action: 'account.reset', subject: adminRef(login), text })
}
