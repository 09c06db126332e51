import { dayOf, monthsUpTo } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { eq, sql } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import { monthColumn } from '../../../platform/database/month.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readMember } from '../../members/directory/store.ts'

const MONTHS = 12

/**
 * A member's balance at the end of each of the last months, from the month of joining to the present one. Throws
 * `member.unknown`.
 */
export async function readBalances({ db, clock, offsetMinutes }: Server, memberId: number) {
  const [member, changes] = await Promise.all([readMember(db, memberId), readChanges(db, memberId, offsetMinutes)])
  if (!member) throw new Refusal('member.unknown')
  const joined = dayOf(member.joinedAt, offsetMinutes).slice(0, 7)
  const months = monthsUpTo(dayOf(clock.now(), offsetMinutes), MONTHS).filter((month) => month >= joined)
  const balanceAfter = (month: string) =>
    changes.reduce((sum, change) => (change.month <= month ? sum + change.delta : sum), 0)
  return { months: months.map((month) => ({ month, balance: balanceAfter(month) })) }
}

// Added up rather than read off each month's last entry: an imported purchase has a later number and an earlier instant than others.
const readChanges = (db: Database, memberId: number, offsetMinutes: number) =>
  db
    .select({
      month: monthColumn(pointsEntries.at, offsetMinutes).as('month'),
      delta: sql`SUM(${pointsEntries.delta})`.mapWith(Number),
    })
    .from(pointsEntries)
    .where(eq(pointsEntries.memberId, memberId))
    .groupBy(sql`month`)
