import { isDay } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { Refusal } from '@pointbook/shared/refusals'
import { record } from '../../../platform/audit-log.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { extendByHand } from './extend-by-hand.ts'
import { adjust, changeStanding } from './moves.ts'

export function ledgerAdminRoutes(handle: Handle, { db, book, clock }: Server) {
  handle('POST /admin/members/:memberId/adjustments', async ({ input, caller: { login } }) => {
    const { memberId, points, balance, reason, requestId } = input
    const actor = `admin/${login}`
    const wish = { memberId, points, shown: { balance }, reason, actor, requestId }
    const { outcome, repeated } = await book.submit(adjust, wish)
    const change = points < 0 ? `扣减 ${group(-points)} 分` : `增加 ${group(points)} 分`
    const line = { actor, action: 'points.adjust', subject: `member/${memberId}`, text: `${change}：${reason}` }
    if (!repeated) await record(db, clock.now(), line)
    return outcome
  })

  handle('POST /admin/members/:memberId/extensions', async ({ input, caller: { login } }) => {
    const { memberId, endingBy, expiresOn, reason, points } = input
    if (!isDay(endingBy) || !isDay(expiresOn)) throw new Refusal('input.invalid')
    const actor = `admin/${login}`
    const { outcome, repeated } = await book.submit(extendByHand, {
      memberId,
      endingBy,
      expiresOn,
      reason,
      requestId: input.requestId,
      actor,
      shown: { points },
    })
    const text = `${group(outcome.points)} 分延期到 ${expiresOn}：${reason}`
    const line = { actor, action: 'points.extend', subject: `member/${memberId}`, text }
    if (!repeated) await record(db, clock.now(), line)
    return outcome
  })

  handle('POST /admin/members/:memberId/standing', async ({ input, caller: { login } }) => {
    const { memberId, standing, reason, requestId } = input
    const { outcome, repeated } = await book.submit(changeStanding, { memberId, standing, reason, requestId })
    const text = `${standing === 'frozen' ? '冻结账户' : '解除冻结'}：${reason}`
    const line = { actor: `admin/${login}`, action: 'member.standing', subject: `member/${memberId}`, text }
    if (!repeated) await record(db, clock.now(), line)
    return outcome
  })
}
