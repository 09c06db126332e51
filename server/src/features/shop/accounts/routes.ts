import { contract, type Operation } from '@pointbook/shared/contract/index'
import { adminRef } from '@pointbook/shared/references'
import { eq } from 'drizzle-orm'
import { record } from '../../../platform/audit-log.ts'
import { type Database, inTransaction } from '../../../platform/database/pool.ts'
import { type Handle, mayUse } from '../../../platform/http.ts'
import type { Job } from '../../../platform/schedule.ts'
import { closeAdminSession, openAdminSession, requireOwnPage } from '../../../platform/session/admin-session.ts'
import { knownDevice, noteDevice, sweepDevices } from '../../../platform/session/devices.ts'
import type { Server } from '../../../server.ts'
import { sweepFailures } from './hourly-failures.ts'
import { type Account, callerOf, roleText } from './identify.ts'
import { checkLogin } from './log-in.ts'
import { sweepLocks } from './login-lock.ts'
import { notice, originOf, sweepNotices } from './notices.ts'
import { readRoleNames } from './store.ts'
import { admins } from './tables.ts'

/** Log-in and log-out. */
export function accountRoutes(handle: Handle, server: Server) {
  const { db, env, clock } = server

  const sessionView = async (caller: Account) => ({
    login: caller.login,
    name: caller.name,
    roleText: roleText(caller.role, await readRoleNames(db)),
    operations: operationsOf(caller),
    storeIds: caller.storeIds && [...caller.storeIds],
    due: caller.due,
    secondFactor: caller.secondFactor,
  })

  handle(
    'POST /admin/session',
    async ({ input: { login, password, code = '' }, request, reply }) => {
      requireOwnPage(env, request)
      const deviceId = await knownDevice(db, env, request, login)
      const origin = originOf(request)
      const attempt = { login, ...origin, deviceId }
      const admin = await checkLogin(server, attempt, { password, code })
      const [actor, now] = [adminRef(admin.login), clock.now()]
      await inTransaction(db, async (tx) => {
        const device = { request, reply, login: admin.login }
        const noted = await noteDevice(tx, env, { ...device, deviceId })
        const tokenHash = await openAdminSession(tx, env, { ...device, deviceId: noted })
        const isNew = noted !== deviceId && admin.lastLogInAt !== null
        if (isNew) await notice(tx, { login: admin.login, kind: 'new-device', tokenHash, ...origin })
        await tx.update(admins).set({ lastLogInAt: now }).where(eq(admins.login, admin.login))
        const text = `${admin.name}登录后台（来自 ${attempt.address}）`
        await record(tx, now, { actor, action: 'admin.log-in', subject: actor, text })
      })
      return sessionView(await callerOf(db, admin))
    },
    { perMinute: 60 },
  )

  handle('GET /admin/session', async ({ caller }) => sessionView(caller))

  handle('DELETE /admin/session', async ({ request, reply }) => {
    await closeAdminSession(db, env, request, reply)
    return { done: true }
  })
}

/** The operations of the panel that an account may use. */
const operationsOf = (caller: Account): Operation[] =>
  (Object.keys(contract) as Operation[]).filter((op) => {
    const endpoint = contract[op]
    return endpoint.for === 'admin' && mayUse(caller, endpoint)
  })

async function sweep(db: Database): Promise<void> {
  await sweepLocks(db)
  await sweepFailures(db)
  await sweepDevices(db)
  await sweepNotices(db)
}

export const accountJobs = ({ db }: Server): Job[] => [
  { name: 'sweep-login-locks', pattern: '30 4 * * *', run: () => sweep(db) },
]
