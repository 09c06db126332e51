import { adminRef, memberRef } from '@pointbook/shared/references'
import { pageOf } from '../../../platform/cursor.ts'
import type { Transaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import type { PersonalPart } from '../directory/personal-part.ts'
import { setWithdrawn } from '../guardians/store.ts'
import { askToLeave, readLeaving, withdraw } from './leaving.ts'
import { readRequests } from './list.ts'

export function leavingRoutes(handle: Handle, server: Server, parts: readonly PersonalPart[]) {
  handle('GET /me/leaving', ({ caller: { memberId } }) => readLeaving(server, memberId, parts))

  handle('POST /me/leaving', async ({ input: { points, requestId }, caller: { memberId } }) => {
    await askToLeave(server, parts, { memberId, points, reason: '', actor: memberRef(memberId), requestId })
    return readLeaving(server, memberId, parts)
  })

  handle('DELETE /me/leaving', async ({ caller: { memberId } }) => {
    await withdraw(server, memberId, memberRef(memberId))
    return { done: true }
  })

  handle('GET /admin/members/:memberId/leaving', ({ input: { memberId } }) => readLeaving(server, memberId, parts))

  handle('POST /admin/members/:memberId/leaving', async ({ input, caller: { login } }) => {
    const { memberId, points, reason, requestId } = input
    await askToLeave(server, parts, { memberId, points, reason, actor: adminRef(login), requestId })
    return readLeaving(server, memberId, parts)
  })

  handle('POST /admin/members/:memberId/guardian/withdrawal', async ({ input, caller: { login } }) => {
    const { memberId, points, reason, requestId } = input
    const also = (tx: Transaction) => setWithdrawn(tx, memberId, server.clock.now())
    const asking = { memberId, points, reason: `监护人撤回同意，${reason}`, actor: adminRef(login), requestId, also }
    await askToLeave(server, parts, asking)
    return readLeaving(server, memberId, parts)
  })

  handle('DELETE /admin/members/:memberId/leaving', async ({ input: { memberId }, caller: { login } }) => {
    await withdraw(server, memberId, adminRef(login))
    return { done: true }
  })

  handle('GET /admin/leave-requests', async ({ input: { state, cursor, limit = 20 } }) => {
    const rows = await readRequests(server, parts, { state, before: timeCursor(cursor), limit: limit + 1 })
    return pageOf(rows, limit, ({ askedAt, leaveId }) => timeCursorOf({ at: askedAt, id: leaveId }))
  })
}
