import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import { pointsLots } from '../../../book/tables.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { readMember } from '../directory/store.ts'
import { memberNo } from '../directory/words.ts'
import type { Holding } from './pass-on.ts'
import { lotOriginsTable, mergedMembersTable } from './tables.ts'

/** A member's present record: their own, or the one it was merged into. */
export async function heirOf(db: Database | Transaction, memberId: number): Promise<number> {
  const [row] = await db
    .select({ intoId: mergedMembersTable.intoId })
    .from(mergedMembersTable)
    .where(and(eq(mergedMembersTable.memberId, memberId), isNotNull(mergedMembersTable.intoId)))
  return row?.intoId ?? memberId
}

/** The present record of a member as SQL, in a statement that joins `merged_members` by the member's id. */
export const heirIn = (memberId: MySqlColumn) => sql`COALESCE(${mergedMembersTable.intoId}, ${memberId})`

/** Whether a member was merged into another record, as SQL in such a statement. */
export const isMerged = sql`${mergedMembersTable.intoId} IS NOT NULL`.mapWith(Boolean)

/** The member and all doubles merged into them. */
export async function identitiesOf(db: Database | Transaction, memberId: number): Promise<number[]> {
  const doubles = await db
    .select({ memberId: mergedMembersTable.memberId })
    .from(mergedMembersTable)
    .where(eq(mergedMembersTable.intoId, memberId))
  return [memberId, ...doubles.map((double) => double.memberId)]
}

/** Where the points of an earning are: in its own lot, or in the lot that received them in a merge. */
export async function holdingOf(db: Database, memberId: number, seq: number): Promise<Holding> {
  const heir = await heirOf(db, memberId)
  if (heir === memberId) return { memberId, lotSeq: seq, ranOut: 0 }
  const [[own], passed] = await Promise.all([
    db
      .select({ expired: pointsLots.expired })
      .from(pointsLots)
      .where(and(eq(pointsLots.memberId, memberId), eq(pointsLots.seq, seq))),
    readPassed(db, memberId, seq),
  ])
  const [first, ...others] = passed
  const ranOut = others.reduce((sum, { expired }) => sum + expired, own?.expired ?? 0)
  return { memberId: heir, lotSeq: first?.seq ?? 0, ranOut }
}

/** The lots that a double's lot went into, the fullest first: more than one when an order was cancelled after the merge. */
const readPassed = (db: Database, fromMember: number, fromSeq: number) =>
  db
    .select({ seq: pointsLots.seq, expired: pointsLots.expired })
    .from(lotOriginsTable)
    .innerJoin(
      pointsLots,
      and(eq(pointsLots.memberId, lotOriginsTable.memberId), eq(pointsLots.seq, lotOriginsTable.seq)),
    )
    .where(and(eq(lotOriginsTable.fromMember, fromMember), eq(lotOriginsTable.fromSeq, fromSeq)))
    .orderBy(sql`${pointsLots.remaining} DESC`, pointsLots.seq)

/** Throws `member.merged-into` for a double, naming the record that holds their points. */
export async function requireUnmerged(db: Database | Transaction, memberId: number): Promise<void> {
  const heirId = await heirOf(db, memberId)
  if (heirId === memberId) return
  const heir = await readMember(db, heirId)
  throw new Refusal('member.merged-into', { memberNo: memberNo(heirId), nickname: heir?.nickname ?? '' })
}

/** Runs work for a member; when the member was merged meanwhile, the refusal says so. */
export async function asServed<T>(db: Database, memberId: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'member.cancelled') await requireUnmerged(db, memberId)
    throw error
  }
}

const TRIES = 3

/** Runs work that reads a holding and makes a move with it; repeats it when the member is merged in between. */
export async function asHeld<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const merged = error instanceof Refusal && error.code === 'member.merged'
      if (!merged || tries === TRIES) throw error
    }
  }
}
