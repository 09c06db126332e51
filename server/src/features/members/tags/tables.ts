import { index, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { id } from '../../../platform/database/columns.ts'

/** The members' tags by tag, to find the members of a tag. */
export const memberTags = mysqlTable(
  'member_tags',
  {
    memberId: id('member_id').notNull(),
    tag: varchar({ length: 20 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.tag] }),
    index('member_tags_tag').on(table.tag, table.memberId),
  ],
)
