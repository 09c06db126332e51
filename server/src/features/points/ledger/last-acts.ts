import type { Instant } from '@pointbook/shared/day'
import { and, inArray, max } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import { ownActs } from '../../../core/ledger/own-acts.ts'
import type { Database } from '../../../platform/database/pool.ts'

/** When members last did something themselves; left out for who never has. */
export async function readLastActs(db: Database, memberIds: readonly number[]): Promise<Map<number, Instant>> {
  if (memberIds.length === 0) return new Map()
  const { memberId, cause, at } = pointsEntries
  const rows = await db
    .select({ memberId, at: max(at) })
    .from(pointsEntries)
    .where(and(inArray(memberId, [...memberIds]), inArray(cause, [...ownActs])))
    .groupBy(memberId)
  return new Map(rows.map((row) => [row.memberId, row.at!]))
}
