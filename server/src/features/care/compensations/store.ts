import type { Instant } from '@pointbook/shared/day'
import { and, asc, between, count, eq, gt, inArray, sql } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { newestFirst, olderThan, type TimeMark } from '../../../platform/time-order.ts'
import { purchasesTable } from '../../earning/purchases/tables.ts'
import { members } from '../../members/directory/tables.ts'
import { heirIn } from '../../members/identities/store.ts'
import { mergedMembersTable } from '../../members/identities/tables.ts'
import { compensatedTable, compensations } from './tables.ts'

type Compensation = typeof compensations.$inferSelect

export async function readCompensation(db: Database, id: number): Promise<Compensation | null> {
  const [row] = await db.select().from(compensations).where(eq(compensations.id, id))
  return row ?? null
}

/** Compensations with their progress, newest first. */
export async function readCompensations(db: Database, before: TimeMark | undefined, limit: number) {
  const rows = await db
    .select()
    .from(compensations)
    .where(olderThan(compensations.madeAt, compensations.id, before))
    .orderBy(...newestFirst(compensations.madeAt, compensations.id))
    .limit(limit)
  const ids = rows.map(({ id }) => id)
  const sums = ids.length === 0 ? [] : await countStates(db, ids)
  return rows.map(({ id: compensationId, ...row }) => {
    const of = (state?: string) =>
      sums
        .filter((sum) => sum.compensationId === compensationId && (!state || sum.state === state))
        .reduce((total, sum) => total + sum.members, 0)
    return { compensationId, ...row, members: of(), given: of('given'), leftOut: of('left-out') }
  })
}

const countStates = (db: Database, ids: number[]) =>
  db
    .select({
      compensationId: compensatedTable.compensationId,
      state: compensatedTable.state,
      members: count(),
    })
    .from(compensatedTable)
    .where(inArray(compensatedTable.compensationId, ids))
    .groupBy(compensatedTable.compensationId, compensatedTable.state)

/** Members who have not received the points yet, by number, after a given one. */
export async function readWaiting(db: Database, compensation: number, after: number, limit: number): Promise<number[]> {
  const { compensationId, memberId, state } = compensatedTable
  const rows = await db
    .select({ memberId })
    .from(compensatedTable)
    .where(and(eq(compensationId, compensation), gt(memberId, after), eq(state, 'waiting')))
    .orderBy(asc(memberId))
    .limit(limit)
  return rows.map(({ memberId }) => memberId)
}

export interface Reached {
  memberId: number
  cancelled: boolean
}

const reached = {
  memberId: pointsAccounts.memberId,
  cancelled: sql<number>`${pointsAccounts.standing} = 'cancelled'`.mapWith(Boolean),
}

/** The members with these numbers. A double's number (`named`) reaches the record that was kept. */
export async function findMembers(db: Database, memberIds: number[]): Promise<(Reached & { named: number })[]> {
  if (memberIds.length === 0) return []
  return db
    .select({ ...reached, named: members.id })
    .from(members)
    .leftJoin(mergedMembersTable, eq(mergedMembersTable.memberId, members.id))
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, heirIn(members.id)))
    .where(inArray(members.id, memberIds))
}

/** Members who bought at a store between two instants. */
export const findBuyers = (db: Database, storeId: number, from: Instant, until: Instant): Promise<Reached[]> =>
  db
    .selectDistinct(reached)
    .from(purchasesTable)
    .leftJoin(mergedMembersTable, eq(mergedMembersTable.memberId, purchasesTable.memberId))
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, heirIn(purchasesTable.memberId)))
    .where(and(eq(purchasesTable.storeId, storeId), between(purchasesTable.at, from, until)))
