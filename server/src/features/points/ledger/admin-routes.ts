import { isDay, isInstant } from '@pointbook/shared/day'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { numberCursor, pageOf } from '../../../platform/cursor.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { requireMember } from '../../members/directory/store.ts'
import { placeOf } from '../../shop/approvals/deciders.ts'
import { readApprovalRules } from '../../shop/approvals/rules.ts'
import { adjustOrAsk } from './approval.ts'
import { entryDetails } from './detail.ts'
import { extendByHand } from './extend-by-hand.ts'
import { changeStanding } from './moves.ts'
import { readEntries } from './store.ts'

export function ledgerAdminRoutes(handle: Handle, server: Server) {
  const { db, book } = server

  handle('POST /admin/members/:memberId/adjustments', async ({ input, caller: { login, role } }) => {
    const { memberId, points, balance, reason, requestId } = input
    const mostPoints = (await readApprovalRules(db)).adjustPoints[placeOf(role)]
    const actor = adminRef(login)
    return book.make(adjustOrAsk, { memberId, points, shown: { balance }, reason, actor, requestId, mostPoints })
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

  handle('GET /admin/members/:memberId/entries', async ({ input: { memberId, until, cursor, limit = 20 } }) => {
    const before = numberCursor(cursor)
    if (until !== undefined && !isInstant(until)) throw new Refusal('input.invalid')
    await requireMember(db, memberId)
    const entries = await readEntries(db, memberId, { before, until, limit: limit + 1 })
    const { rows, next } = pageOf(entries, limit, ({ entry }) => entry.seq)
    return { rows: await entryDetails(server, memberId, rows), next }
  })
}
