import type { Day } from '@pointbook/shared/day'
import { and, eq, gte, inArray, lte } from 'drizzle-orm'
import { quotasTable } from '../../../book/tables.ts'
import type { Streak } from '../../../core/check-in/streaks.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { makeUpScope } from './make-up.ts'
import { checkInsTable, streaksTable } from './tables.ts'

export async function readStreak(db: Database, memberId: number): Promise<Streak | undefined> {
  const [row] = await db.select().from(streaksTable).where(eq(streaksTable.memberId, memberId))
  return row
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

/** Every day on which these records of one member have ever checked in. */
export async function readAllDays(db: Database, records: number[]): Promise<Set<Day>> {
  const { on } = checkInsTable
  const rows = await db.select({ on }).from(checkInsTable).where(inArray(checkInsTable.memberId, records))
  return new Set(rows.map((row) => row.on))
}

/** The number of make-up check-ins in this month. */
export async function readMakeUps(db: Database, memberId: number, today: Day): Promise<number> {
  const { used, scope } = quotasTable
  const [row] = await db
    .select({ used })
    .from(quotasTable)
    .where(and(eq(quotasTable.memberId, memberId), eq(scope, makeUpScope(today))))
  return row?.used ?? 0
}
