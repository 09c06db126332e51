import { pageOf } from '../../../platform/cursor.ts'
import type { Handle } from '../../../platform/http.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import type { AnyRecordPart } from '../directory/record-part.ts'
import { searchMembers } from './list.ts'
import { readRecord } from './record.ts'

export function recordRoutes(handle: Handle, server: Server, parts: readonly AnyRecordPart[]) {
  handle('POST /admin/members/search', async ({ input: { q = '', standing, tierId, tag, cursor, limit = 20 } }) => {
    const before = timeCursor(cursor)
    const { rows, total } = await searchMembers(server, { q, standing, tierId, tag, before, limit: limit + 1 })
    return { ...pageOf(rows, limit, ({ joinedAt, memberId }) => timeCursorOf({ at: joinedAt, id: memberId })), total }
  })

  handle('GET /admin/members/:memberId', ({ input: { memberId } }) => readRecord(server, memberId, parts))
}
