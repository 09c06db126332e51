import { int, mysqlTable, primaryKey } from 'drizzle-orm/mysql-core'
import { range } from '../../../book/changes.ts'
import type { Touch } from '../../../book/move.ts'
import { bookTable } from '../../../book/table.ts'
import { day, id } from '../../../platform/database/columns.ts'

export const streaksTable = mysqlTable('streaks', {
  memberId: id('member_id').primaryKey(),
  days: int().notNull(),
  lastOn: day('last_on').notNull(),
})

export const checkInsTable = mysqlTable(
  'check_ins',
  {
    memberId: id('member_id').notNull(),
    on: day('checked_in_on').notNull(),
    points: int().notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.on] })],
)

// The account's lock is what guards these.
export const streaks = bookTable(streaksTable, { order: 30, key: ['memberId'], locked: false })
export const checkIns = bookTable(checkInsTable, { order: 31, key: ['memberId', 'on'], locked: false })

export const allCheckIns = (memberId: number): Touch => range(checkIns, memberId)
