import { readActions, readLog } from '../../../platform/audit-log.ts'
import { pageOf } from '../../../platform/cursor.ts'
import type { Handle } from '../../../platform/http.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { withNames } from './named-log.ts'

export function auditLogRoutes(handle: Handle, { db }: Server) {
  handle('POST /admin/audit-log/search', async ({ input: { q, action, cursor, limit = 20 } }) => {
    const before = timeCursor(cursor)
    const [lines, actions] = await Promise.all([readLog(db, { q, action, before, limit: limit + 1 }), readActions(db)])
    const { rows, next } = pageOf(lines, limit, timeCursorOf)
    return { rows: await withNames(db, rows), next, actions }
  })
}
