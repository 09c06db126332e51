import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { once } from '../../book/once.ts'
import type { House } from '../../outside.ts'
import { record } from '../../platform/audit-log.ts'
import { numberCursor, pageOf } from '../../platform/cursor.ts'
import { inTransaction, type Transaction } from '../../platform/database/pool.ts'
import type { Handle } from '../../platform/http.ts'
import { addAnnouncement, readAnnouncement, readAnnouncements, readPublished } from './store.ts'
import { announcements } from './tables.ts'

const acts = { published: '发布', withdrawn: '撤下' } as const

export function announcementRoutes(handle: Handle, { db, clock }: House) {
  handle('GET /announcements', async ({ input: { cursor, limit = 20 } }) => {
    const after = await markOf(numberCursor(cursor))
    const { rows, next } = pageOf(await readPublished(db, after, limit + 1), limit, ({ id }) => id)
    return {
      rows: rows.map(({ id, title, body, publishedAt }) => ({
        announcementId: id,
        title,
        body,
        publishedAt: publishedAt!,
      })),
      next,
    }
  })

  handle('GET /admin/announcements', async ({ input: { cursor, limit = 20 } }) => {
    const found = await readAnnouncements(db, numberCursor(cursor), limit + 1)
    const { rows, next } = pageOf(found, limit, ({ id }) => id)
    return { rows: rows.map(({ id: announcementId, madeBy: _, ...row }) => ({ announcementId, ...row })), next }
  })

  handle('POST /admin/announcements', async ({ input: { requestId, ...draft }, caller: { login } }) => {
    const [at, actor] = [clock.now(), `admin/${login}`]
    return once(db, { name: 'announcements.add', requestId, input: draft, at }, async (tx) => {
      const announcementId = await addAnnouncement(tx, { ...draft, caseId: null, actor, at })
      await log(tx, announcementId, actor, `${draft.publish ? '发布公告' : '起草公告'}「${draft.title}」`)
      return { announcementId }
    })
  })

  handle('PATCH /admin/announcements/:announcementId', async ({ input, caller: { login } }) => {
    const { announcementId, title, body } = input
    await inTransaction(db, async (tx) => {
      await requireAnnouncement(tx, announcementId)
      await tx.update(announcements).set({ title, body }).where(eq(announcements.id, announcementId))
      await log(tx, announcementId, `admin/${login}`, `修改公告「${title}」`)
    })
    return { done: true }
  })

  handle('POST /admin/announcements/:announcementId/state', async ({ input, caller: { login } }) => {
    const { announcementId, state } = input
    await inTransaction(db, async (tx) => {
      const before = await requireAnnouncement(tx, announcementId)
      if (before.state === state) return
      const change = state === 'published' ? { state, publishedAt: clock.now() } : { state }
      await tx.update(announcements).set(change).where(eq(announcements.id, announcementId))
      await log(tx, announcementId, `admin/${login}`, `${acts[state]}公告「${before.title}」`)
    })
    return { done: true }
  })

  /** A page goes on after the announcement that ended the one before. */
  async function markOf(id: number | undefined) {
    if (id === undefined) return undefined
    const last = await readAnnouncement(db, id)
    if (!last?.publishedAt) throw new Refusal('announcement.unknown')
    return { id, publishedAt: last.publishedAt }
  }

  const log = (tx: Transaction, announcementId: number, actor: string, text: string) =>
    record(tx, clock.now(), { actor, action: 'announcement.change', subject: `announcement/${announcementId}`, text })
}

async function requireAnnouncement(tx: Transaction, announcementId: number) {
  const found = await readAnnouncement(tx, announcementId)
  if (!found) throw new Refusal('announcement.unknown')
  return found
}
