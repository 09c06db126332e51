import { int, mysqlTable, primaryKey } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { id, instant } from '../../../platform/database/columns.ts'

/** Entries whose points were taken back as unlawful, one row each. They cannot be taken back again. */
export const takingsTable = mysqlTable(
  'points_takings',
  {
    memberId: id('member_id').notNull(),
    entrySeq: int('entry_seq').notNull(),
    points: int().notNull(),
    caseId: id('case_id').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.entrySeq] })],
)

export const takings = bookTable(takingsTable, { order: 86, key: ['memberId', 'entrySeq'] })
