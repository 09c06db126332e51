import type { Day } from '@pointbook/shared/day'
import { and, eq, gte, lte } from 'drizzle-orm'
import type { Streak } from '../../core/streaks.ts'
import type { Database } from '../../platform/database/pool.ts'
import { checkInsTable, streaksTable } from './tables.ts'

export async function readStreak(db: Database, memberId: number): Promise<Streak | undefined> {
  const [found] = await db.select().from(streaksTable).where(eq(streaksTable.memberId, memberId))
  return found
}

export const readCheckIns = (
  db: Database,
  memberId: number,
  from: Day,
  to: Day,
): Promise<{ on: Day; points: number }[]> =>
  db
    .select({ on: checkInsTable.on, points: checkInsTable.points })
    .from(checkInsTable)
    .where(and(eq(checkInsTable.memberId, memberId), gte(checkInsTable.on, from), lte(checkInsTable.on, to)))
    .orderBy(checkInsTable.on)
