import { and, asc, count, eq, gt, inArray } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import { newestFirst, olderThan, type TimeMark } from '../../../platform/time-order.ts'
import { couponGrantsTable, granteesTable } from './tables.ts'

export async function readGrant(db: Database, grantId: number) {
  const [row] = await db.select().from(couponGrantsTable).where(eq(couponGrantsTable.id, grantId))
  return row ?? null
}

/** Members who wait for the coupons of a grant, by number, after one. */
export async function readWaiting(db: Database, grant: number, after: number, limit: number): Promise<number[]> {
  const { grantId, memberId, state } = granteesTable
  const rows = await db
    .select({ memberId })
    .from(granteesTable)
    .where(and(eq(grantId, grant), gt(memberId, after), eq(state, 'waiting')))
    .orderBy(asc(memberId))
    .limit(limit)
  return rows.map((row) => row.memberId)
}

/** The grants of a kind with their progress, newest first. */
export async function readGrants(db: Database, kindId: number, before: TimeMark | undefined, limit: number) {
  const { id, madeAt } = couponGrantsTable
  const rows = await db
    .select()
    .from(couponGrantsTable)
    .where(and(eq(couponGrantsTable.kindId, kindId), olderThan(madeAt, id, before)))
    .orderBy(...newestFirst(madeAt, id))
    .limit(limit)
  const sums =
    rows.length === 0
      ? []
      : await countStates(
          db,
          rows.map((row) => row.id),
        )
  return rows.map(({ id: grantId, kindId: _, ...row }) => {
    const of = (state?: string) =>
      sums
        .filter((sum) => sum.grantId === grantId && (!state || sum.state === state))
        .reduce((total, sum) => total + sum.members, 0)
    return { grantId, ...row, members: of(), given: of('given'), leftOut: of('left-out') }
  })
}

const countStates = (db: Database, grantIds: number[]) =>
  db
    .select({ grantId: granteesTable.grantId, state: granteesTable.state, members: count() })
    .from(granteesTable)
    .where(inArray(granteesTable.grantId, grantIds))
    .groupBy(granteesTable.grantId, granteesTable.state)
