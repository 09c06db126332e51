import type { Day, Instant } from '@pointbook/shared/day'
import { and, asc, count, countDistinct, desc, eq, gt, gte, inArray, lte, notInArray, type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import { pointsAccounts, pointsEntries, pointsLots } from '../../book/tables.ts'
import type { Database } from '../../platform/database/pool.ts'
import { mallItems, mallStockTable, ordersTable } from '../mall/tables.ts'
import { members } from '../members/tables.ts'

// Figures of the whole programme. The database adds up; each is one query.

const businessDay = (column: MySqlColumn, offsetMinutes: number): SQL.Aliased<Day> =>
  sql<Day>`DATE(${column} + INTERVAL ${sql.raw(String(offsetMinutes))} MINUTE)`.as('business_day')

const { kind, cause, delta, at } = pointsEntries

export interface Movement {
  issued: number
  redeemed: number
  expired: number
  reversed: number
}

export const nothingMoved: Movement = { issued: 0, redeemed: 0, expired: 0, reversed: 0 }

/**
 * Points of each business day since an instant: issued and redeemed (net of cancelled orders), expired, and reversed by returns.
 * Adjustments by hand count as issued when they add and as reversed when they take. Days without any are left out.
 */
export async function readMovements(db: Database, since: Instant, offsetMinutes: number): Promise<Map<Day, Movement>> {
  const rows = await db
    .select({
      on: businessDay(at, offsetMinutes),
      kind,
      gained: sql`SUM(GREATEST(${delta}, 0))`.mapWith(Number),
      lost: sql`-SUM(LEAST(${delta}, 0))`.mapWith(Number),
    })
    .from(pointsEntries)
    .where(gte(at, since))
    .groupBy(sql`business_day`, kind)
  const days = new Map<Day, Movement>()
  for (const { on, kind, gained, lost } of rows) {
    const day = days.get(on) ?? { ...nothingMoved }
    days.set(on, day)
    if (kind === 'spend' || kind === 'give-back') day.redeemed += lost - gained
    else if (kind === 'expire') day.expired += lost
    else if (kind !== 'merge') {
      day.issued += gained
      day.reversed += lost
    }
  }
  return days
}

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
    .where(and(gte(at, since), notInArray(kind, ['expire', 'adjust', 'repay', 'merge'])))
  return found!.active
}

export async function sumBalances(db: Database): Promise<number> {
  const [found] = await db
    .select({ points: sql`COALESCE(SUM(${pointsAccounts.balance}), 0)`.mapWith(Number) })
    .from(pointsAccounts)
  return found!.points
}

/** Points held, by the month of their last usable day; null for those that never expire. */
export async function readLiability(db: Database): Promise<{ month: string | null; points: number }[]> {
  const rows = await db
    .select({ expiresOn: pointsLots.expiresOn, points: sql`SUM(${pointsLots.remaining})`.mapWith(Number) })
    .from(pointsLots)
    .where(gt(pointsLots.remaining, 0))
    .groupBy(pointsLots.expiresOn)
  const months = new Map<string | null, number>()
  for (const { expiresOn, points } of rows) {
    const month = expiresOn?.slice(0, 7) ?? null
    months.set(month, (months.get(month) ?? 0) + points)
  }
  return [...months]
    .map(([month, points]) => ({ month, points }))
    .sort((a, b) => (a.month ?? '9999').localeCompare(b.month ?? '9999'))
}

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

/** The latest entries with their members' nicknames. Which entries is asked first: with a join all of them would be sorted. */
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
