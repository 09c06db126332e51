import type { Instant } from '@pointbook/shared/day'
import type { ActorRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { newestFirst, olderThan, type TimeMark } from '../../../platform/time-order.ts'
import { announcements } from './tables.ts'

export type Announcement = typeof announcements.$inferSelect

/** The position at which a page of published announcements ended. */
export interface PublishedMark {
  publishedAt: Instant
  id: number
}

const { id, state, madeAt, publishedAt } = announcements

/** Published announcements, the latest first. */
export function readPublished(db: Database, after: PublishedMark | undefined, limit: number): Promise<Announcement[]> {
  const older: SQL | undefined =
    after && or(lt(publishedAt, after.publishedAt), and(eq(publishedAt, after.publishedAt), lt(id, after.id)))
  return db
    .select()
    .from(announcements)
    .where(and(eq(state, 'published'), older))
    .orderBy(desc(publishedAt), desc(id))
    .limit(limit)
}

export const readAnnouncements = (db: Database, before: TimeMark | undefined, limit: number): Promise<Announcement[]> =>
  db
    .select()
    .from(announcements)
    .where(olderThan(madeAt, id, before))
    .orderBy(...newestFirst(madeAt, id))
    .limit(limit)

export async function readAnnouncement(db: Database | Transaction, wanted: number): Promise<Announcement | null> {
  const [row] = await db.select().from(announcements).where(eq(id, wanted))
  return row ?? null
}

/** An announcement, locked until the transaction ends. Throws `announcement.unknown`. */
export async function lockAnnouncement(tx: Transaction, wanted: number): Promise<Announcement> {
  const [row] = await tx.select().from(announcements).where(eq(id, wanted)).for('update')
  if (!row) throw new Refusal('announcement.unknown')
  return row
}

/** The announcement of a case's result; null before it is published. */
export async function announcementOf(db: Database | Transaction, caseId: number): Promise<number | null> {
  const [row] = await db.select({ id }).from(announcements).where(eq(announcements.caseId, caseId))
  return row?.id ?? null
}

interface Draft {
  title: string
  body: string
  publish: boolean
  caseId: number | null
  actor: ActorRef
  at: Instant
}

export async function addAnnouncement(tx: Transaction, draft: Draft): Promise<number> {
  const { title, body, publish, caseId, actor, at } = draft
  const [{ insertId }] = await tx.insert(announcements).values({
    title,
    body,
    caseId,
    state: publish ? 'published' : 'draft',
    madeAt: at,
    madeBy: actor,
    publishedAt: publish ? at : null,
  })
  return insertId
}
