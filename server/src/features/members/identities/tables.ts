import { index, int, mysqlTable, primaryKey } from 'drizzle-orm/mysql-core'
import { appendTable, bookTable } from '../../../book/table.ts'
import { id } from '../../../platform/database/columns.ts'

/** Members who have been merged, on either side. Who has taken somebody in is never merged away, so no way is longer than one step. */
export const mergedMembersTable = mysqlTable(
  'merged_members',
  {
    memberId: id('member_id').primaryKey(),
    /** Who is kept in this one's stead; null for one who is kept. */
    intoId: id('into_id'),
    /** How many doubles this one has taken in. */
    takenIn: int('taken_in').notNull(),
  },
  (table) => [index('merged_members_into').on(table.intoId)],
)

/** Which lot of a double a lot of the kept member comes from: a return of the double's purchase is taken from there first. */
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
