import { adminRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { record } from '../../../platform/audit-log.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { lockMembers } from '../directory/lock.ts'
import { findByOpenid } from '../directory/store.ts'
import { provedOpenid, provedPhone } from './proofs.ts'
import { claimByPhone, rebindPhone, releaseWeChat } from './rebind.ts'
import { askRebinding, decide, endWaiting, waitingFor, waitingOf } from './requests.ts'

/** How a member gets at their record with another phone number or another WeChat account. */
export function rebindingRoutes(handle: Handle, server: Server) {
  const { db, clock } = server

  handle(
    'POST /members/rebinding',
    async ({ input: { signUpTicket, phoneCode, requestId }, request: { server: http } }) => {
      const openid = provedOpenid(http, signUpTicket)
      // The ticket of somebody who has become a member meanwhile: the next log-in knows them.
      if ((await findByOpenid(server, openid)) !== null) throw new Refusal('ticket.invalid')
      // The first answer was lost, and WeChat takes a code only once.
      const before = await waitingOf(server, openid)
      if (before?.requestId === requestId) return { dueAt: before.dueAt }
      const phone = await provedPhone(server, phoneCode, openid)
      if ((await claimByPhone(server, phone, openid)) !== null) return { dueAt: clock.now() }
      return { dueAt: await askRebinding(server, { phone, openid, requestId }) }
    },
    { perMinute: 60 },
  )

  handle('POST /me/rebinding', async ({ input: { rebindingId, accept }, caller: { memberId } }) => {
    await decide(server, { memberId, rebindingId, accept })
    return { done: true }
  })

  handle('POST /admin/members/:memberId/rebinding/end', async ({ input: { memberId, reason }, caller }) => {
    const at = clock.now()
    await inTransaction(db, async (tx) => {
      await lockMembers(tx, [memberId])
      if (!(await waitingFor(tx, memberId))) throw new Refusal('rebinding.over')
      await endWaiting(tx, memberId)
      const line = { actor: adminRef(caller.login), action: 'member.wechat', subject: memberRef(memberId) } as const
      await record(tx, at, { ...line, text: `作废换绑微信的申请：${reason}` })
    })
    return { done: true }
  })

  handle('POST /admin/members/:memberId/phone', async ({ input: { memberId, phone, reason, requestId }, caller }) =>
    rebindPhone(server, { memberId, phone, reason, requestId, actor: adminRef(caller.login) }),
  )

  handle('POST /admin/members/:memberId/wechat/release', async ({ input: { memberId, reason, requestId }, caller }) => {
    await releaseWeChat(server, { memberId, reason, requestId, actor: adminRef(caller.login) })
    return { done: true }
  })
}
