import { mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { id, instant } from '../../../platform/database/columns.ts'

/** Members who work at the tills. */
export const staff = mysqlTable('staff', {
  memberId: id('member_id').primaryKey(),
  role: varchar({ length: 10 }).$type<'clerk' | 'manager'>().notNull(),
  since: instant('since').notNull(),
})

export const staffStores = mysqlTable(
  'staff_stores',
  { memberId: id('member_id').notNull(), storeId: id('store_id').notNull() },
  (table) => [primaryKey({ columns: [table.memberId, table.storeId] })],
)
