import type { Day } from '@pointbook/shared/day'
import type { PurchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, asc, desc, eq, gt, gte, inArray, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { couponBudgetsTable, couponKindsTable, couponsTable, couponTermsTable } from './tables.ts'
import type { UsedCoupon } from './use.ts'

const { memberId, seq, kindId, version, state, validUntil, usedFor } = couponsTable

const kindsWithBudgets = (db: Database | Transaction) =>
  db
    .select({ kind: couponKindsTable, budget: couponBudgetsTable })
    .from(couponKindsTable)
    .innerJoin(couponBudgetsTable, eq(couponBudgetsTable.kindId, couponKindsTable.id))

export type ReadKind = Awaited<ReturnType<typeof readKinds>>[number]

/** All kinds with their figures, newest first. */
export const readKinds = (db: Database) => kindsWithBudgets(db).orderBy(desc(couponKindsTable.id))

/** Throws `coupon.unknown`. */
export async function requireKind(db: Database | Transaction, id: number): Promise<ReadKind> {
  const [row] = await kindsWithBudgets(db).where(eq(couponKindsTable.id, id))
  if (!row) throw new Refusal('coupon.unknown')
  return row
}

export type ReadCoupon = Awaited<ReturnType<typeof readCoupons>>[number]

const readCoupons = (db: Database, where: SQL | undefined, order: SQL[], limit: number) =>
  db
    .select({
      coupon: couponsTable,
      name: couponTermsTable.name,
      terms: couponTermsTable.terms,
      description: couponKindsTable.description,
    })
    .from(couponsTable)
    .innerJoin(couponTermsTable, and(eq(couponTermsTable.kindId, kindId), eq(couponTermsTable.version, version)))
    .innerJoin(couponKindsTable, eq(couponKindsTable.id, kindId))
    .where(where)
    .orderBy(...order)
    .limit(limit)

const MOST = 200

const isUsable = (today: Day) => and(eq(state, 'held'), gte(validUntil, today))

/** A member's coupons that can be used, now or later; those that end first at the top. */
export const readUsable = (db: Database, ofMember: number, today: Day) =>
  readCoupons(db, and(eq(memberId, ofMember), isUsable(today)), [asc(validUntil), asc(seq)], MOST)

/** A member's newest coupons that were used, or that ended or were voided. */
export const readOver = (db: Database, ofMember: number, which: 'used' | 'ended', today: Day) => {
  const ended = or(inArray(state, ['ended', 'voided']), and(eq(state, 'held'), lt(validUntil, today)))
  const where = which === 'used' ? eq(state, 'used') : ended
  return readCoupons(db, and(eq(memberId, ofMember), where), [desc(seq)], MOST)
}

/** All of a member's newest coupons, for the merchant. */
export const readAllOf = (db: Database, ofMember: number) =>
  readCoupons(db, and(eq(memberId, ofMember), ne(state, 'passed')), [desc(sql`${state} = 'held'`), desc(seq)], MOST)

export const countUsable = (db: Database, ofMember: number, today: Day): Promise<number> =>
  db.$count(couponsTable, and(eq(memberId, ofMember), isUsable(today)))

/** The coupons of a member by their numbers, for a move that uses them. Throws `coupon.unknown`. */
export async function requireCoupons(db: Database, ofMember: number, seqs: readonly number[]) {
  if (seqs.length === 0) return []
  const rows = await db
    .select({ seq, kindId, version })
    .from(couponsTable)
    .where(and(eq(memberId, ofMember), inArray(seq, [...seqs])))
    .orderBy(asc(seq))
  if (rows.length < new Set(seqs).size) throw new Refusal('coupon.unknown')
  return rows
}

/** The coupons that a purchase has used. */
export const readUsedFor = (db: Database, purchase: PurchaseRef): Promise<UsedCoupon[]> =>
  db.select({ memberId, seq, kindId, version }).from(couponsTable).where(eq(usedFor, purchase))

/** Members with held coupons whose last day is over, or who have left; and the kinds of these coupons. */
export async function readLapsed(db: Database, today: Day, after: number, limit: number) {
  const over = and(eq(state, 'held'), or(lt(validUntil, today), eq(pointsAccounts.standing, 'cancelled')))
  const rows = await db
    .selectDistinct({ memberId })
    .from(couponsTable)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, memberId))
    .where(and(over, gt(memberId, after)))
    .orderBy(asc(memberId))
    .limit(limit)
  const memberIds = rows.map((row) => row.memberId)
  if (memberIds.length === 0) return []
  const kinds = await db
    .selectDistinct({ memberId, kindId })
    .from(couponsTable)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, memberId))
    .where(and(over, inArray(memberId, memberIds)))
  return memberIds.map((one) => ({
    memberId: one,
    kindIds: kinds.filter((row) => row.memberId === one).map((row) => row.kindId),
  }))
}
