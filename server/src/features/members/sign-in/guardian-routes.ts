import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Handle } from '../../../platform/http.ts'
import { issueTicket, readTicket, type Ticket } from '../../../platform/session/member-session.ts'
import { fromWeChat } from '../../../platform/wechat/from-wechat.ts'
import type { Server } from '../../../server.ts'
import { confirm } from '../guardians/confirm.ts'
import { askGuardian, requestByCode, requestOf } from '../guardians/request.ts'
import { revealGuardian } from '../guardians/store.ts'
import { provedOpenid, provedPhone } from '../rebinding/proofs.ts'

const TICKET_SECONDS = 30 * 60

interface GuardianTicket extends Ticket {
  kind: 'guardian'
  openid: string
}

export function guardianRoutes(handle: Handle, server: Server) {
  const { db, clock, wechat } = server

  handle(
    'POST /guardian-requests',
    async ({ input: { signUpTicket }, request: { server: http } }) =>
      askGuardian(server, provedOpenid(http, signUpTicket)),
    { perMinute: 60 },
  )

  handle('POST /guardian-requests/state', async ({ input: { signUpTicket }, request: { server: http } }) =>
    requestOf(server, provedOpenid(http, signUpTicket)),
  )

  handle(
    'POST /guardian-requests/opened',
    async ({ input: { guardianCode, loginCode }, request: { server: http } }) => {
      const { confirmedAt, endsAt } = await requestByCode(db, guardianCode, clock.now())
      const { openid } = await fromWeChat(wechat.codeToSession(loginCode), 'wechat.code-invalid')
      const ticket: GuardianTicket = { kind: 'guardian', openid }
      const guardianTicket = issueTicket(http, ticket, TICKET_SECONDS)
      return { state: confirmedAt ? 'confirmed' : 'asked', endsAt, guardianTicket }
    },
    { perMinute: 60 },
  )

  handle(
    'POST /guardian-requests/confirmation',
    async ({ input: { guardianCode, guardianTicket, phoneCode, agreement }, request: { server: http } }) => {
      const ticket = readTicket<GuardianTicket>(http, guardianTicket, 'guardian')
      if (!ticket) throw new Refusal('ticket.invalid')
      const { openid } = ticket
      return confirm(server, {
        code: guardianCode,
        openid,
        agreement,
        phone: () => provedPhone(server, phoneCode, openid),
      })
    },
    { perMinute: 60 },
  )

  handle(
    'POST /admin/members/:memberId/guardian/reveal',
    async ({ input: { memberId }, caller }) => ({
      phone: await revealGuardian(server, memberId, adminRef(caller.login)),
    }),
    { perMinute: 30 },
  )
}
