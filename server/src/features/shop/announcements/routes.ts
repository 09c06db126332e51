import { type ActorRef, adminRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import { differences, record } from '../../../platform/audit-log.ts'
import { numberCursor, pageOf } from '../../../platform/cursor.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import {
  type Announcement,
  addAnnouncement,
  lockAnnouncement,
  readAnnouncement,
  readAnnouncements,
  readPublished,
} from './store.ts'
import { announcements } from './tables.ts'

const acts = { published: '发布', withdrawn: '撤下' } as const

export function announcementRoutes(handle: Handle, { db, clock }: Server) {
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
    const announcementRows = await readAnnouncements(db, timeCursor(cursor), limit + 1)
    const { rows, next } = pageOf(announcementRows, limit, ({ madeAt, id }) => timeCursorOf({ at: madeAt, id }))
    return { rows: rows.map(announcementView), next }
  })

  handle('POST /admin/announcements', async ({ input: { requestId, ...draft }, caller: { login } }) => {
    const [at, actor] = [clock.now(), adminRef(login)]
    return once(db, { name: 'announcements.add', requestId, input: draft, at }, async (tx) => {
      const announcementId = await addAnnouncement(tx, { ...draft, caseId: null, actor, at })
      await log(tx, announcementId, actor, `${draft.publish ? '发布公告' : '起草公告'}「${draft.title}」`)
      return { announcementId }
    })
  })

  handle('PATCH /admin/announcements/:announcementId', async ({ input, caller: { login } }) => {
    const { announcementId, title, body, revision } = input
    await inTransaction(db, async (tx) => {
      const before = await lockAnnouncement(tx, announcementId)
      requireRevision(revision, editable(before), { ...editable(before), title, body })
      const detail = differences({ title: before.title, body: before.body }, { title, body })
      if (!detail) return
      await tx.update(announcements).set({ title, body }).where(eq(announcements.id, announcementId))
      await log(tx, announcementId, adminRef(login), `修改公告「${title}」`, detail)
    })
    return { done: true }
  })

  handle('POST /admin/announcements/:announcementId/state', async ({ input, caller: { login } }) => {
    const { announcementId, state, revision } = input
    await inTransaction(db, async (tx) => {
      const before = await lockAnnouncement(tx, announcementId)
      requireRevision(revision, editable(before), { ...editable(before), state })
      if (before.state === state) return
      const change = state === 'published' ? { state, publishedAt: clock.now() } : { state }
      await tx.update(announcements).set(change).where(eq(announcements.id, announcementId))
      await log(tx, announcementId, adminRef(login), `${acts[state]}公告「${before.title}」`)
    })
    return { done: true }
  })

  /** A page continues after the last announcement of the previous page. */
  async function markOf(id: number | undefined) {
    if (id === undefined) return undefined
    const last = await readAnnouncement(db, id)
    if (!last?.publishedAt) throw new Refusal('announcement.unknown')
    return { id, publishedAt: last.publishedAt }
  }

  const log = (tx: Transaction, announcementId: number, actor: ActorRef, text: string, detail?: object) =>
    record(tx, clock.now(), {
      actor,
      action: 'announcement.change',
      subject: subjectRef('announcement', announcementId),
      text,
      detail,
    })
}

const editable = ({ title, body, state }: Announcement) => ({ title, body, state })

const announcementView = (row: Announcement) => ({
  announcementId: row.id,
  ...editable(row),
  caseId: row.caseId,
  madeAt: row.madeAt,
  publishedAt: row.publishedAt,
  revision: revisionOf(editable(row)),
})
