import type { Instant } from '@pointbook/shared/day'
import type { ActorRef } from '@pointbook/shared/references'
import { and, count, desc, eq, gte, isNull, lt, or } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import { members } from '../../members/directory/tables.ts'
import { mallItems, ordersTable } from '../../spending/mall/tables.ts'
import { purchasesTable, returnsTable } from '../purchases/tables.ts'

/** One clerk's work at one store between two instants, excluding the second. */
export interface ClerkDay {
  actor: ActorRef
  storeId: number
  from: Instant
  until: Instant
}

const within = (
  {
    actor,
    at,
  }: {
    actor: typeof purchasesTable.actor | typeof returnsTable.actor
    at: typeof purchasesTable.at | typeof returnsTable.at
  },
  day: ClerkDay,
) => and(eq(actor, day.actor), gte(at, day.from), lt(at, day.until))

const handedOver = ({ actor, storeId, from, until }: ClerkDay) =>
  and(
    eq(ordersTable.storeId, storeId),
    eq(ordersTable.state, 'handed-over'),
    eq(ordersTable.endedBy, actor),
    gte(ordersTable.endedAt, from),
    lt(ordersTable.endedAt, until),
  )

/** All purchases that the clerk recorded, newest first: a day of one clerk is a few hundred rows at most. */
export function readPurchases(db: Database, day: ClerkDay) {
  const { receiptNo, amountFen, paid, points, at, storeId } = purchasesTable
  return db
    .select({ receiptNo, amountFen, paid, points, at, memberNickname: members.nickname })
    .from(purchasesTable)
    .innerJoin(members, eq(members.id, purchasesTable.memberId))
    .where(and(eq(storeId, day.storeId), within(purchasesTable, day)))
    .orderBy(desc(at))
}

/** All returns that the clerk recorded at the store, including goods sold by a closed store. */
export function readReturns(db: Database, day: ClerkDay) {
  const { storeId, takenAt, receiptNo, amountFen, refundFen, points, at } = returnsTable
  const here = or(eq(takenAt, day.storeId), and(isNull(takenAt), eq(storeId, day.storeId)))
  return db
    .select({ storeId, receiptNo, amountFen, refundFen, points, at, memberNickname: members.nickname })
    .from(returnsTable)
    .innerJoin(members, eq(members.id, returnsTable.memberId))
    .where(and(here, within(returnsTable, day)))
    .orderBy(desc(at))
}

export function readPickups(db: Database, day: ClerkDay, limit: number) {
  const { memberId, entrySeq, quantity, endedAt } = ordersTable
  return db
    .select({
      memberId,
      entrySeq,
      quantity,
      at: endedAt,
      itemName: mallItems.name,
      memberNickname: members.nickname,
    })
    .from(ordersTable)
    .innerJoin(mallItems, eq(mallItems.id, ordersTable.itemId))
    .innerJoin(members, eq(members.id, memberId))
    .where(handedOver(day))
    .orderBy(desc(endedAt))
    .limit(limit)
}

export async function countPickups(db: Database, day: ClerkDay): Promise<number> {
  const [row] = await db.select({ pickups: count() }).from(ordersTable).where(handedOver(day))
  return row?.pickups ?? 0
}
