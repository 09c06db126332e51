import { isDay } from '@pointbook/shared/day'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { extendByHand } from './extend-by-hand.ts'
import { adjust, changeStanding } from './moves.ts'

export function ledgerAdminRoutes(handle: Handle, { book }: Server) {
  handle('POST /admin/members/:memberId/adjustments', ({ input, caller: { login } }) => {
    const { memberId, points, balance, reason, requestId } = input
    return book.make(adjust, { memberId, points, shown: { balance }, reason, actor: adminRef(login), requestId })
  })

  handle('POST /admin/members/:memberId/extensions', async ({ input, caller: { login } }) => {
    const { memberId, endingBy, expiresOn, reason, requestId, points } = input
    if (!isDay(endingBy) || !isDay(expiresOn)) throw new Refusal('input.invalid')
    const actor = adminRef(login)
    return book.make(extendByHand, { memberId, endingBy, expiresOn, reason, requestId, actor, shown: { points } })
  })

  handle('POST /admin/members/:memberId/standing', ({ input, caller: { login } }) => {
    const { memberId, standing, reason, requestId } = input
    return book.make(changeStanding, { memberId, standing, reason, requestId, actor: adminRef(login) })
  })
}
