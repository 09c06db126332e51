import type { Day, Instant } from '@pointbook/shared/day'
import { and, asc, count, countDistinct, desc, eq, gt, gte, lte, notInArray, type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import { pointsAccounts, pointsEntries, pointsLots } from '../../book/tables.ts'
import type { Database } from '../../platform/database/pool.ts'
import { mallItems, mallStockTable, ordersTable } from '../mall/tables.ts'
import { members } from '../members/tables.ts'

// Figures of the whole programme. The database adds up; each is one query.

const businessDay = (column: MySqlColumn, offsetMinutes: number): SQL.Aliased<Day> =>
  sql<Day>`DATE(${column} + INTERVAL ${sql.raw(String(offsetMinutes))} MINUTE)`.as('business_day')

const { kind, cause, delta, at } = pointsEntries
const total = (which: SQL, sign: 1 | -1) =>
  sql`COALESCE(SUM(CASE WHEN ${which} THEN ${delta} ELSE 0 END), 0) * ${sql.raw(String(sign))}`.mapWith(Number)

/**
 * Points of each business day since an instant: issued and redeemed (net of cancelled orders), expired, and reversed by returns.
 * Adjustments by hand count as issued when they add and as reversed when they take. Days without any are left out.
 */
export const readMovements = (db: Database, since: Instant, offsetMinutes: number) =>
  db
    .select({
      on: businessDay(at, offsetMinutes),
      issued: total(sql`${kind} = 'earn' OR (${kind} = 'adjust' AND ${delta} > 0)`, 1),
      redeemed: total(sql`${kind} IN ('spend', 'give-back')`, -1),
      expired: total(sql`${kind} = 'expire'`, -1),
      reversed: total(sql`${kind} IN ('return', 'repay') OR (${kind} = 'adjust' AND ${delta} < 0)`, -1),
    })
    .from(pointsEntries)
    .where(gte(at, since))
    .groupBy(sql`business_day`)

export const readNewMembers = (db: Database, since: Instant, offsetMinutes: number) =>
  db
    .select({ on: businessDay(members.joinedAt, offsetMinutes), joined: count() })
    .from(members)
    .where(gte(members.joinedAt, since))
    .groupBy(sql`business_day`)

export const countMembers = (db: Database): Promise<number> => db.$count(members)

/** Members who did something since an instant; what happened to them without their doing does not count. */
export async function countActive(db: Database, since: Instant): Promise<number> {
  const [found] = await db
    .select({ active: countDistinct(pointsEntries.memberId) })
    .from(pointsEntries)
    .where(and(gte(at, since), notInArray(cause, ['expiry', 'adjustment', 'debt'])))
  return found!.active
}

export async function sumBalances(db: Database): Promise<number> {
  const [found] = await db
    .select({ points: sql`COALESCE(SUM(${pointsAccounts.balance}), 0)`.mapWith(Number) })
    .from(pointsAccounts)
  return found!.points
}

/** Points held, by the month of their last usable day; null for those that never expire. */
export const readLiability = (db: Database): Promise<{ month: string | null; points: number }[]> =>
  db
    .select({
      month: sql<string | null>`LEFT(${pointsLots.expiresOn}, 7)`.as('month'),
      points: sql`SUM(${pointsLots.remaining})`.mapWith(Number),
    })
    .from(pointsLots)
    .where(gt(pointsLots.remaining, 0))
    .groupBy(sql`month`)
    .orderBy(sql`month IS NULL, month`)

export const countWaitingOrders = (db: Database): Promise<number> =>
  db.$count(ordersTable, eq(ordersTable.state, 'waiting'))

const LOW_STOCK = 5

export const readLowStock = (db: Database, limit: number) =>
  db
    .select({
      itemId: mallItems.id,
      name: mallItems.name,
      pictureUrl: mallItems.pictureUrl,
      stock: mallStockTable.stock,
    })
    .from(mallStockTable)
    .innerJoin(mallItems, eq(mallItems.id, mallStockTable.itemId))
    .where(and(eq(mallStockTable.listed, true), lte(mallStockTable.stock, LOW_STOCK)))
    .orderBy(asc(mallStockTable.stock), asc(mallItems.position))
    .limit(limit)

export const readLatest = (db: Database, limit: number) =>
  db
    .select({
      memberId: pointsEntries.memberId,
      nickname: members.nickname,
      seq: pointsEntries.seq,
      cause,
      ref: pointsEntries.ref,
      delta,
      at,
    })
    .from(pointsEntries)
    .innerJoin(members, eq(members.id, pointsEntries.memberId))
    .orderBy(desc(at), desc(pointsEntries.memberId), desc(pointsEntries.seq))
    .limit(limit)
