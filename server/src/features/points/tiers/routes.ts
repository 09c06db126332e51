import { dayText, isDay } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { record } from '../../../platform/audit-log.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { endGrantedTier, grantTier } from './moves.ts'
import { readStanding, tierRecord, tierStanding } from './view.ts'

export function tierRoutes(handle: Handle, server: Server) {
  const { db, book, clock } = server

  const log = (login: string, action: string, memberId: number, text: string) =>
    record(db, clock.now(), { actor: `admin/${login}`, action, subject: `member/${memberId}`, text })

  handle('GET /me/tier', async ({ caller: { memberId } }) => tierStanding(await readStanding(server, memberId)))

  handle('GET /admin/members/:memberId/tier', async ({ input: { memberId } }) =>
    tierRecord(await readStanding(server, memberId)),
  )

  handle('POST /admin/members/:memberId/tier', async ({ input, caller: { login } }) => {
    const { memberId, until, reason } = input
    if (!isDay(until)) throw new Refusal('input.invalid', { fields: [{ field: 'until', text: '没有这一天' }] })
    const { outcome, repeated } = await book.submit(grantTier, { ...input, actor: `admin/${login}` })
    const text = `授予${outcome.tierName}到 ${dayText(until)}：${reason}`
    if (!repeated) await log(login, 'tier.grant', memberId, text)
    return outcome
  })

  handle('POST /admin/members/:memberId/tier/end', async ({ input, caller: { login } }) => {
    const { outcome, repeated } = await book.submit(endGrantedTier, input)
    const text = `提前结束授予的${outcome.tierName}：${input.reason}`
    if (!repeated) await log(login, 'tier.end-grant', input.memberId, text)
    return outcome
  })
}
