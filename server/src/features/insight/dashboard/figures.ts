import { compareEnds, type Day, type Instant } from '@pointbook/shared/day'
import { LOW_STOCK } from '@pointbook/shared/stock'
import { and, asc, count, countDistinct, desc, eq, gt, gte, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import { pointsEntries, pointsLots } from '../../../book/tables.ts'
import { type Flows, noFlows, withFlow } from '../../../core/assets/flows.ts'
import { ownActs } from '../../../core/ledger/own-acts.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { members } from '../../members/directory/tables.ts'
import { mallItems, mallStockTable, ordersTable } from '../../spending/mall/tables.ts'

// Figures of the whole programme. The database adds up; each is one query.

const businessDay = (column: MySqlColumn, offsetMinutes: number): SQL.Aliased<Day> =>
  sql<Day>`DATE(${column} + INTERVAL ${sql.raw(String(offsetMinutes))} MINUTE)`.as('business_day')

const { kind, cause, delta, at } = pointsEntries

/** The flows of each business day since an instant. Days without flows are left out. */
export async function readMovements(db: Database, since: Instant, offsetMinutes: number): Promise<Map<Day, Flows>> {
  const rows = await db
    .select({ on: businessDay(at, offsetMinutes), kind, delta: sql`SUM(${delta})`.mapWith(Number) })
    .from(pointsEntries)
    .where(gte(at, since))
    .groupBy(sql`business_day`, kind)
  const days = new Map<Day, Flows>()
  for (const row of rows) days.set(row.on, withFlow(days.get(row.on) ?? noFlows, row.kind, row.delta))
  return days
}

export const readNewMembers = (db: Database, since: Instant, offsetMinutes: number) =>
  db
    .select({ on: businessDay(members.joinedAt, offsetMinutes), joined: count() })
    .from(members)
    .where(gte(members.joinedAt, since))
    .groupBy(sql`business_day`)

export const countMembers = (db: Database): Promise<number> => db.$count(members)

/** Members who did something themselves since an instant. */
export async function countActive(db: Database, since: Instant): Promise<number> {
  const [row] = await db
    .select({ active: countDistinct(pointsEntries.memberId) })
    .from(pointsEntries)
    .where(and(gte(at, since), inArray(cause, [...ownActs])))
  return row!.active
}

/** Points that have not ended by `today`, by the month of their last usable day; null for those that never expire. */
export async function readLiability(db: Database, today: Day): Promise<{ month: string | null; points: number }[]> {
  const rows = await db
    .select({ expiresOn: pointsLots.expiresOn, points: sql`SUM(${pointsLots.remaining})`.mapWith(Number) })
    .from(pointsLots)
    .where(and(gt(pointsLots.remaining, 0), or(isNull(pointsLots.expiresOn), gte(pointsLots.expiresOn, today))))
    .groupBy(pointsLots.expiresOn)
  const months = new Map<string | null, number>()
  for (const { expiresOn, points } of rows) {
    const month = expiresOn?.slice(0, 7) ?? null
    months.set(month, (months.get(month) ?? 0) + points)
  }
  return [...months].map(([month, points]) => ({ month, points })).sort((a, b) => compareEnds(a.month, b.month))
}

export const countWaitingOrders = (db: Database): Promise<number> =>
  db.$count(ordersTable, eq(ordersTable.state, 'waiting'))

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

export const countListed = (db: Database): Promise<number> => db.$count(mallStockTable, eq(mallStockTable.listed, true))

/** The latest entries with their members' nicknames. The entries are selected first: with a join all rows would be sorted. */
export async function readLatest(db: Database, limit: number) {
  const latest = await db
    .select({ memberId: pointsEntries.memberId, seq: pointsEntries.seq, cause, ref: pointsEntries.ref, delta, at })
    .from(pointsEntries)
    .orderBy(desc(at))
    .limit(limit)
  if (latest.length === 0) return []
  const names = await db
    .select({ id: members.id, nickname: members.nickname })
    .from(members)
    .where(
      inArray(
        members.id,
        latest.map(({ memberId }) => memberId),
      ),
    )
  const nicknameOf = new Map(names.map(({ id, nickname }) => [id, nickname]))
  return latest
    .map((entry) => ({ ...entry, nickname: nicknameOf.get(entry.memberId) ?? '' }))
    .sort((a, b) => b.at.localeCompare(a.at) || b.memberId - a.memberId || b.seq - a.seq)
}
