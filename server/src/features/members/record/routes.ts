import { isInstant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { numberCursor, pageOf } from '../../../platform/cursor.ts'
import type { Handle } from '../../../platform/http.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { readPurchasesOf } from '../../earning/purchases/store.ts'
import { purchaseViews } from '../../earning/purchases/view.ts'
import { entryDetails } from '../../points/ledger/detail.ts'
import { readEntries } from '../../points/ledger/store.ts'
import { orderCursor, orderMark, orderView, readOrdersOf } from '../../spending/mall/store.ts'
import type { AnyRecordPart } from '../directory/record-part.ts'
import { readMember } from '../directory/store.ts'
import { identitiesOf } from '../identities/store.ts'
import { searchMembers } from './list.ts'
import { readRecord } from './record.ts'

export function recordRoutes(handle: Handle, server: Server, parts: readonly AnyRecordPart[]) {
  const { db } = server

  handle('GET /admin/members', async ({ input: { q = '', standing, tierId, tag, cursor, limit = 20 } }) => {
    const before = timeCursor(cursor)
    const { found, total } = await searchMembers(server, { q, standing, tierId, tag, before, limit: limit + 1 })
    return { ...pageOf(found, limit, ({ joinedAt, memberId }) => timeCursorOf({ at: joinedAt, id: memberId })), total }
  })

  handle('GET /admin/members/:memberId', ({ input: { memberId } }) => readRecord(server, memberId, parts))

  handle('GET /admin/members/:memberId/entries', async ({ input: { memberId, until, cursor, limit = 20 } }) => {
    const before = numberCursor(cursor)
    if (until !== undefined && !isInstant(until)) throw new Refusal('input.invalid')
    await requireMember(server, memberId)
    const found = await readEntries(db, memberId, { before, until, limit: limit + 1 })
    const { rows, next } = pageOf(found, limit, ({ entry }) => entry.seq)
    return { rows: await entryDetails(server, memberId, rows), next }
  })

  handle('GET /admin/members/:memberId/purchases', async ({ input: { memberId, cursor, limit = 20 } }) => {
    const before = numberCursor(cursor)
    await requireMember(server, memberId)
    const found = await readPurchasesOf(db, memberId, before, limit + 1)
    const { rows, next } = pageOf(found, limit, ({ entrySeq }) => entrySeq)
    return { rows: await purchaseViews(db, rows), next }
  })

  handle('GET /admin/members/:memberId/redemptions', async ({ input: { memberId, cursor, limit = 20 } }) => {
    await requireMember(server, memberId)
    const memberIds = await identitiesOf(db, memberId)
    const found = await readOrdersOf(db, memberIds, { after: orderMark(cursor), limit: limit + 1 })
    const { rows, next } = pageOf(found, limit, orderCursor)
    return { rows: rows.map(orderView), next }
  })
}

async function requireMember({ db }: Server, memberId: number): Promise<void> {
  if (!(await readMember(db, memberId))) throw new Refusal('member.unknown')
}
