import { int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { type BookTable, bookTable } from '../../book/table.ts'
import type { HeldTier } from '../../core/tiers.ts'
import { day, id, instant } from '../../platform/database/columns.ts'

/** Entries whose points the merchant took back as unlawful, one row an entry: what is here cannot be taken back again. */
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

/** The tier a member holds. Who never rose above the first tier has no row. */
export const memberTiersTable = mysqlTable('member_tiers', {
  memberId: id('member_id').primaryKey(),
  tierId: varchar('tier_id', { length: 40 }),
  since: day('since').notNull(),
  keptUntil: day('kept_until'),
  grantedTierId: varchar('granted_tier_id', { length: 40 }),
  grantedOn: day('granted_on'),
  grantedUntil: day('granted_until'),
  grantedBy: varchar('granted_by', { length: 60 }).notNull(),
  grantReason: varchar('grant_reason', { length: 200 }).notNull(),
})

// Changes only under the lock of the member's account.
export const memberTiers: BookTable<HeldTier> = bookTable(memberTiersTable, {
  order: 12,
  key: ['memberId'],
  locked: false,
})
