import { index, int, mysqlTable, primaryKey } from 'drizzle-orm/mysql-core'
import { appendTable, bookTable } from '../../../book/table.ts'
import { id } from '../../../platform/database/columns.ts'

/** Merged members, on either side. A kept record is never merged into another one, so there are no chains. */
export const mergedMembersTable = mysqlTable(
  'merged_members',
  {
    memberId: id('member_id').primaryKey(),
    /** The record that this one was merged into; null for a kept record. */
    intoId: id('into_id'),
    /** The number of doubles merged into this record. */
    takenIn: int('taken_in').notNull(),
  },
  (table) => [index('merged_members_into').on(table.intoId)],
)

/**
 * The double's lot from which a lot of the kept member was made: a return of the double's purchase takes points from there first.
 */
export const lotOriginsTable = mysqlTable(
  'lot_origins',
  {
    memberId: id('member_id').notNull(),
    seq: int().notNull(),
    fromMember: id('from_member').notNull(),
    fromSeq: int('from_seq').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.seq] }),
    index('lot_origins_from').on(table.fromMember, table.fromSeq),
  ],
)

// The account's lock is what guards these.
export const mergedMembers = bookTable(mergedMembersTable, { order: 11, key: ['memberId'], locked: false })
export const lotOrigins = appendTable(lotOriginsTable, {
  order: 96,
  key: ['memberId', 'seq'],
})
