import { addDays, dayOf, type Instant, startOf } from '@pointbook/shared/day'
import type { ActorRef } from '@pointbook/shared/references'
import { and, count, desc, eq, gte, isNull, lt, or } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { members } from '../../members/directory/tables.ts'
import { mallItems, ordersTable } from '../../spending/mall/tables.ts'
import { purchasesTable, returnsTable } from '../purchases/tables.ts'

/** The work at one store between two instants, excluding the second. */
export interface StoreDay {
  storeId: number
  from: Instant
  until: Instant
  /** One clerk's work only. */
  actor?: ActorRef
}

/** The present business day at a store. */
export function presentDay({ clock, offsetMinutes }: Pick<Server, 'clock' | 'offsetMinutes'>, storeId: number) {
  const on = dayOf(clock.now(), offsetMinutes)
  return { on, storeId, from: startOf(on, offsetMinutes), until: startOf(addDays(on, 1), offsetMinutes) }
}

const within = (
  {
    actor,
    at,
  }: {
    actor: typeof purchasesTable.actor | typeof returnsTable.actor
    at: typeof purchasesTable.at | typeof returnsTable.at
  },
  day: StoreDay,
) => and(day.actor && eq(actor, day.actor), gte(at, day.from), lt(at, day.until))

const handedOver = ({ actor, storeId, from, until }: StoreDay) =>
  and(
    eq(ordersTable.storeId, storeId),
    eq(ordersTable.state, 'handed-over'),
    actor && eq(ordersTable.endedBy, actor),
    gte(ordersTable.endedAt, from),
    lt(ordersTable.endedAt, until),
  )

/** All purchases that were recorded, newest first: a day of one store is a few thousand rows at most. */
export function readPurchases(db: Database, day: StoreDay) {
  const { receiptNo, memberId, amountFen, paid, points, actor, at, storeId } = purchasesTable
  return db
    .select({ receiptNo, memberId, amountFen, paid, points, actor, at, memberNickname: members.nickname })
    .from(purchasesTable)
    .innerJoin(members, eq(members.id, purchasesTable.memberId))
    .where(and(eq(storeId, day.storeId), within(purchasesTable, day)))
    .orderBy(desc(at))
}

/** All returns that were recorded at the store, including goods sold by a closed store. */
export function readReturns(db: Database, day: StoreDay) {
  const { storeId, takenAt, receiptNo, memberId, amountFen, refundFen, points, actor, at } = returnsTable
  const here = or(eq(takenAt, day.storeId), and(isNull(takenAt), eq(storeId, day.storeId)))
  return db
    .select({ storeId, receiptNo, memberId, amountFen, refundFen, points, actor, at, memberNickname: members.nickname })
    .from(returnsTable)
    .innerJoin(members, eq(members.id, returnsTable.memberId))
    .where(and(here, within(returnsTable, day)))
    .orderBy(desc(at))
}

export function readPickups(db: Database, day: StoreDay, limit: number) {
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

export async function countPickups(db: Database, day: StoreDay): Promise<number> {
  const [row] = await db.select({ pickups: count() }).from(ordersTable).where(handedOver(day))
  return row?.pickups ?? 0
}

/** Who handed over an order, and whose it was. */
export function readHandOvers(db: Database, day: StoreDay) {
  const { memberId, endedBy: actor } = ordersTable
  return db.select({ memberId, actor }).from(ordersTable).where(handedOver(day))
}
