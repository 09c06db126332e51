import { adminRef } from '@pointbook/shared/references'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { agree, choose, refuseFor } from './choose.ts'
import { readConsents } from './store.ts'

export function consentRoutes(handle: Handle, server: Server) {
  const { db } = server

  handle('GET /me/consents', ({ caller: { memberId } }) => readConsents(db, memberId))

  handle('POST /me/consents', async ({ input, caller: { memberId } }) => {
    const { purpose, allowed, eraseBirthday = false, requestId } = input
    await choose(server, { memberId, purpose, allowed, eraseBirthday, requestId })
    return readConsents(db, memberId)
  })

  handle('POST /me/agreement', async ({ input: { version, requestId }, caller: { memberId } }) => {
    await agree(server, memberId, version, requestId)
    return readConsents(db, memberId)
  })

  handle('GET /admin/members/:memberId/consents', ({ input: { memberId } }) => readConsents(db, memberId))

  handle(
    'POST /admin/members/:memberId/consents/refusal',
    async ({ input: { memberId, purpose, reason, requestId }, caller: { login } }) => {
      await refuseFor(server, { memberId, purpose, reason, requestId, actor: adminRef(login) })
      return readConsents(db, memberId)
    },
  )
}
