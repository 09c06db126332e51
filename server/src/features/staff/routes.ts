import type { House } from '../../outside.ts'
import { record } from '../../platform/audit-log.ts'
import type { Handle } from '../../platform/http.ts'
import { closeAdminSession, openAdminSession } from '../../platform/session/admin-session.ts'
import { checkLogin } from './admins.ts'

export function staffRoutes(handle: Handle, { db, env, clock }: House) {
  handle(
    'POST /admin/session',
    async ({ input: { login, password }, reply }) => {
      const admin = await checkLogin(db, login, password)
      await openAdminSession(db, reply, admin.login, env.publicUrl.startsWith('https:'))
      const actor = `admin/${admin.login}`
      await record(db, clock.now(), { actor, action: 'admin.log-in', subject: actor, text: `${admin.name}登录后台` })
      return admin
    },
    { perMinute: 60 },
  )

  handle('GET /admin/session', async ({ caller }) => caller)

  handle('DELETE /admin/session', async ({ request, reply }) => {
    await closeAdminSession(db, request, reply)
    return { done: true }
  })
}
