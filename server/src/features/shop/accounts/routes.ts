import { adminRef } from '@pointbook/shared/references'
import { record } from '../../../platform/audit-log.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { addressOf } from '../../../platform/proxies.ts'
import type { Job } from '../../../platform/schedule.ts'
import { closeAdminSession, openAdminSession, requireOwnPage } from '../../../platform/session/admin-session.ts'
import type { Server } from '../../../server.ts'
import { checkLogin } from './admins.ts'
import { sweepLocks } from './login-lock.ts'

export function accountRoutes(handle: Handle, { db, env, clock }: Server) {
  handle(
    'POST /admin/session',
    async ({ input: { login, password }, request, reply }) => {
      requireOwnPage(env, request)
      const admin = await checkLogin({ db, clock }, { login, address: addressOf(request) }, password)
      const actor = adminRef(admin.login)
      await inTransaction(db, async (tx) => {
        await openAdminSession(tx, env, reply, admin.login)
        await record(tx, clock.now(), { actor, action: 'admin.log-in', subject: actor, text: `${admin.name}登录后台` })
      })
      return admin
    },
    { perMinute: 60 },
  )

  handle('GET /admin/session', async ({ caller }) => caller)

  handle('DELETE /admin/session', async ({ request, reply }) => {
    await closeAdminSession(db, env, request, reply)
    return { done: true }
  })
}

export const accountJobs = ({ db }: Server): Job[] => [
  { name: 'sweep-login-locks', pattern: '30 4 * * *', run: () => sweepLocks(db) },
]
