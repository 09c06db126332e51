import type { Instant } from '@pointbook/shared/day'
import { and, count, desc, eq, gte, lt, sum } from 'drizzle-orm'
import type { Database } from '../../platform/database/pool.ts'
import { mallItems, ordersTable } from '../mall/tables.ts'
import { members } from '../members/tables.ts'
import { purchasesTable, returnsTable } from '../purchases/tables.ts'

/** One clerk's work at one store between two instants, the second excluded. */
export interface ClerkDay {
  actor: string
  storeId: number
  from: Instant
  until: Instant
}

const within = (table: typeof purchasesTable | typeof returnsTable, { actor, storeId, from, until }: ClerkDay) =>
  and(eq(table.storeId, storeId), eq(table.actor, actor), gte(table.at, from), lt(table.at, until))

const handedOver = ({ actor, storeId, from, until }: ClerkDay) =>
  and(
    eq(ordersTable.storeId, storeId),
    eq(ordersTable.state, 'handed-over'),
    eq(ordersTable.endedBy, actor),
    gte(ordersTable.endedAt, from),
    lt(ordersTable.endedAt, until),
  )

export const readPurchases = (db: Database, day: ClerkDay, limit: number) =>
  readReceipts(db, purchasesTable, day, limit)

export const readReturns = (db: Database, day: ClerkDay, limit: number) => readReceipts(db, returnsTable, day, limit)

function readReceipts(db: Database, table: typeof purchasesTable | typeof returnsTable, day: ClerkDay, limit: number) {
  const { receiptNo, amountFen, points, at } = table
  return db
    .select({ receiptNo, amountFen, points, at, memberNickname: members.nickname })
    .from(table)
    .innerJoin(members, eq(members.id, table.memberId))
    .where(within(table, day))
    .orderBy(desc(at))
    .limit(limit)
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

export async function sumDay(db: Database, day: ClerkDay) {
  const sumOf = async (table: typeof purchasesTable | typeof returnsTable) => {
    const [found] = await db
      .select({
        rows: count(),
        amountFen: sum(table.amountFen).mapWith(Number),
        points: sum(table.points).mapWith(Number),
      })
      .from(table)
      .where(within(table, day))
    return { rows: found?.rows ?? 0, amountFen: found?.amountFen ?? 0, points: found?.points ?? 0 }
  }
  const [sold, returned, [pickups]] = await Promise.all([
    sumOf(purchasesTable),
    sumOf(returnsTable),
    db.select({ rows: count() }).from(ordersTable).where(handedOver(day)),
  ])
  return {
    purchases: sold.rows,
    amountFen: sold.amountFen,
    points: sold.points - returned.points,
    pickups: pickups?.rows ?? 0,
  }
}
