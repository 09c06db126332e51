import type { Day } from '@pointbook/shared/day'
import { adminRef } from '@pointbook/shared/references'
import type { Handle } from '../../../platform/http.ts'
import { closeSession, renewSession } from '../../../platform/session/member-session.ts'
import { fromWeChat } from '../../../platform/wechat/from-wechat.ts'
import type { Server } from '../../../server.ts'
import { joining, recordAct } from '../../earning/events/acts.ts'
import { register } from '../directory/register.ts'
import { findByInviteCode, findByOpenid } from '../directory/store.ts'
import type { Source } from '../directory/words.ts'
import { requireGuardian } from '../guardians/join.ts'
import { heirOf } from '../identities/store.ts'
import { provedOpenid, provedPhone, signUpTicket } from '../rebinding/proofs.ts'
import { claimByPhone } from '../rebinding/rebind.ts'
import { bindIfDue, waitingFor, waitingOf } from '../rebinding/requests.ts'
import { consentsOf } from './consents.ts'
import { logIn } from './log-in.ts'
import { readMe } from './me.ts'
import { revealPhone } from './reveal-phone.ts'

function sourceOf(isInvited: boolean, from: 'invite' | 'share'): Source {
  if (!isInvited) return 'mini-program'
  return from === 'share' ? 'share' : 'invitation'
}

/** `leavingOn` reads the day on which a member's request to leave takes effect. */
export function signInRoutes(
  handle: Handle,
  server: Server,
  leavingOn: (server: Server, memberId: number) => Promise<Day | null>,
) {
  const { db, env, book, wechat, misses } = server

  handle(
    'POST /session/wechat',
    async ({ input: { code }, request: { server: http } }) => {
      const { openid } = await fromWeChat(wechat.codeToSession(code), 'wechat.code-invalid')
      const memberId = (await knownAs(openid)) ?? (await bindIfDue(server, openid))
      if (memberId !== null) return { known: true, tokens: await logIn(http, db, memberId) }
      const waiting = await waitingOf(server, openid)
      return { known: false, signUpTicket: signUpTicket(http, openid), rebindingDueAt: waiting?.dueAt ?? null }
    },
    { perMinute: 300 },
  )

  handle(
    'POST /members',
    async ({
      input: { signUpTicket: ticket, phoneCode, nickname, inviteCode = '', from = 'invite', ...answers },
      request: { server: http },
    }) => {
      const openid = provedOpenid(http, ticket)
      // An unknown invite code is ignored: a damaged link must not prevent the registration.
      misses.requireAllowance(openid)
      const inviter = inviteCode ? await findByInviteCode(db, inviteCode) : null
      if (inviteCode && !inviter) misses.add(openid)
      // The client of an existing member lost the first answer; its codes are used up, so this is a repetition.
      const knownId = await knownAs(openid)
      if (knownId === null && answers.age === 'under-14') await requireGuardian(server, openid)
      const phone = knownId === null ? await provedPhone(server, phoneCode, openid) : ''
      const consents = await consentsOf(server, { openid, phone, ...answers })
      const claimedId = knownId === null ? await claimByPhone(server, phone, openid, consents) : null
      if (claimedId !== null) return { tokens: await logIn(http, db, claimedId), welcomePoints: 0, invitedBy: '' }
      const memberId =
        knownId ??
        (await register(server, {
          openid,
          phone,
          nickname,
          inviteCode: inviter ? inviteCode : '',
          source: sourceOf(inviter !== null, from),
          with: consents,
        }))
      const { points: welcomePoints } = await book.make(recordAct, joining(memberId))
      const tokens = await logIn(http, db, memberId)
      return { tokens, welcomePoints, invitedBy: inviter?.nickname ?? '' }
    },
    { perMinute: 60 },
  )

  handle(
    'POST /session/refresh',
    async ({ input: { refreshToken }, request: { server: http } }) =>
      renewSession(http, db, env.secrets.jwtSecret, refreshToken),
    { perMinute: 120 },
  )

  handle('DELETE /session', async ({ caller: { familyId } }) => {
    await closeSession(db, familyId)
    return { done: true }
  })

  handle(
    'POST /admin/members/:memberId/phone/reveal',
    async ({ input: { memberId }, caller }) => ({ phone: await revealPhone(server, memberId, adminRef(caller.login)) }),
    { perMinute: 30 },
  )

  handle('GET /me', async ({ caller: { memberId } }) => {
    const [me, leaving, rebinding] = await Promise.all([
      readMe(server, memberId),
      leavingOn(server, memberId),
      waitingFor(db, memberId),
    ])
    return { ...me, leavingOn: leaving, rebinding: rebinding && { rebindingId: rebinding.id, dueAt: rebinding.dueAt } }
  })

  /** The member of this WeChat account, or the record that member was merged into. */
  async function knownAs(openid: string): Promise<number | null> {
    const memberId = await findByOpenid(server, openid)
    return memberId === null ? null : heirOf(db, memberId)
  }
}
