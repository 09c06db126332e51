import type { Instant } from '@pointbook/shared/day'
import { and, between, eq, lt, max } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import { memberCodeUsesTable } from './tables.ts'

/** The highest serial the member has used up between two, inclusive; null for none. */
export async function lastSerialUsed(
  db: Database,
  memberId: number,
  first: number,
  last: number,
): Promise<number | null> {
  const { serial } = memberCodeUsesTable
  const [row] = await db
    .select({ serial: max(serial) })
    .from(memberCodeUsesTable)
    .where(and(eq(memberCodeUsesTable.memberId, memberId), between(serial, first, last)))
  return row?.serial ?? null
}

/** Forgets uses of codes that have ended long ago. */
export async function sweepCodeUses(db: Database, before: Instant): Promise<void> {
  await db.delete(memberCodeUsesTable).where(lt(memberCodeUsesTable.usedAt, before))
}
