import type { Day, Instant } from '@pointbook/shared/day'
import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { pointsAccounts, pointsLots } from '../../../book/tables.ts'
import type { Lot } from '../../../core/assets/posting.ts'
import type { Treat } from '../../../core/reminders/reminders.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { newestFirst, olderThan, type TimeMark } from '../../../platform/time-order.ts'
import { mallItems, mallStockTable } from '../../spending/mall/tables.ts'
import { inboxMessages } from './tables.ts'

export type InboxMessage = typeof inboxMessages.$inferSelect

/** A member's messages, newest first, older than a given one. */
export const readInbox = (
  db: Database,
  memberId: number,
  before: TimeMark | undefined,
  limit: number,
): Promise<InboxMessage[]> =>
  db
    .select()
    .from(inboxMessages)
    .where(and(eq(inboxMessages.memberId, memberId), olderThan(inboxMessages.at, inboxMessages.id, before)))
    .orderBy(...newestFirst(inboxMessages.at, inboxMessages.id))
    .limit(limit)

/** Marks a message as read, and all that are older. */
export async function markRead(db: Database, memberId: number, upTo: number): Promise<void> {
  const { at, id, read } = inboxMessages
  const mine = eq(inboxMessages.memberId, memberId)
  const [last] = await db
    .select({ at, id })
    .from(inboxMessages)
    .where(and(mine, eq(id, upTo)))
  if (!last) return
  await db
    .update(inboxMessages)
    .set({ read: true })
    .where(and(mine, eq(read, false), or(eq(id, upTo), olderThan(at, id, last))))
}

/**
 * Moves the double's messages to the kept member's inbox. Their facts then name the double, because both records may have the
 * same fact.
 */
export async function moveInbox(db: Database, doubleId: number, keptId: number): Promise<void> {
  await db
    .update(inboxMessages)
    .set({ memberId: keptId, fact: sql`LEFT(CONCAT(${`${doubleId}/`}, ${inboxMessages.fact}), 80)` })
    .where(eq(inboxMessages.memberId, doubleId))
}

export const expiryFact = (on: Day): string => `expiry/${on}`

/** Active members with points whose last usable day is `on` and who have not been notified, by number, after a given one. */
export async function membersToRemind(db: Database, on: Day, after: number, limit: number): Promise<number[]> {
  const ofNotice = and(
    eq(inboxMessages.memberId, pointsLots.memberId),
    eq(inboxMessages.fact, expiryFact(on)),
    ne(inboxMessages.pushed, 'waiting'),
  )
  const rows = await db
    .selectDistinct({ memberId: pointsLots.memberId })
    .from(pointsLots)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, pointsLots.memberId))
    .leftJoin(inboxMessages, ofNotice)
    .where(
      and(
        eq(pointsLots.dueOn, on),
        gt(pointsLots.memberId, after),
        eq(pointsAccounts.standing, 'active'),
        isNull(inboxMessages.id),
      ),
    )
    .orderBy(asc(pointsLots.memberId))
    .limit(limit)
  return rows.map(({ memberId }) => memberId)
}

export const readLotsOf = (db: Database, memberIds: number[]): Promise<Lot[]> =>
  db
    .select()
    .from(pointsLots)
    .where(and(inArray(pointsLots.memberId, memberIds), gt(pointsLots.remaining, 0)))

/** The items that the mall offers now. */
export const readTreats = (db: Database): Promise<Treat[]> =>
  db
    .select({ name: mallItems.name, points: mallStockTable.points, redeemed: mallStockTable.redeemed })
    .from(mallStockTable)
    .innerJoin(mallItems, eq(mallItems.id, mallStockTable.itemId))
    .where(and(eq(mallStockTable.listed, true), gt(mallStockTable.stock, 0)))

/**
 * Deletes messages from before an instant among the oldest `limit`; their number. There is no index by time alone, but the numbers
 * of the messages rise with it.
 */
export async function deleteOldest(db: Database, before: Instant, limit: number): Promise<number> {
  const oldest = await db
    .select({ id: inboxMessages.id, at: inboxMessages.at })
    .from(inboxMessages)
    .orderBy(asc(inboxMessages.id))
    .limit(limit)
  const due = oldest.filter(({ at }) => at < before).map(({ id }) => id)
  if (due.length > 0) await db.delete(inboxMessages).where(inArray(inboxMessages.id, due))
  return due.length
}
