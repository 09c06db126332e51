import { pageOf } from '../../../platform/cursor.ts'
import type { Handle } from '../../../platform/http.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { readOrdersAt } from '../../spending/mall/store.ts'
import { countAccept, readCredits } from './credits.ts'
import { type InboxMessage, markRead, readInbox } from './store.ts'
import { pickupNow } from './words.ts'

export function messageRoutes(handle: Handle, { db, env }: Server) {
  handle('GET /me/messages', async ({ input: { cursor, limit = 20 }, caller: { memberId } }) => {
    const inbox = await readInbox(db, memberId, timeCursor(cursor), limit + 1)
    const { rows, next } = pageOf(inbox, limit, timeCursorOf)
    const orders = await readOrdersAt(
      db,
      rows.filter(({ kind }) => kind === 'redemption').map(({ page }) => page),
    )
    return { rows: rows.map((row) => messageView({ ...row, ...pickupNow(row, orders.get(row.page)) })), next }
  })

  handle('POST /me/messages/read', async ({ input: { upTo }, caller: { memberId } }) => {
    await markRead(db, memberId, upTo)
    return { done: true }
  })

  handle('GET /me/message-credits', async ({ caller: { memberId } }) => readCredits(db, env, memberId))

  handle('POST /me/message-credits', async ({ input: { answers, requestId }, caller: { memberId } }) => {
    const { reminderTemplateId, pickupTemplateId } = env.wechat
    const accepted = answers.filter(({ answer }) => answer.startsWith('accept')).map(({ templateId }) => templateId)
    for (const templateId of new Set([reminderTemplateId, pickupTemplateId].filter((id) => accepted.includes(id)))) {
      await countAccept(db, 'client', { memberId, templateId, mark: requestId })
    }
    return readCredits(db, env, memberId)
  })
}

const messageView = ({ id: messageId, kind, title, body, page, at, read }: InboxMessage) => ({
  messageId,
  kind,
  title,
  body,
  page,
  at,
  read,
})
