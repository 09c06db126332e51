import { boolean, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { id } from '../../platform/database/columns.ts'

export const stores = mysqlTable('stores', {
  id: id().primaryKey().autoincrement(),
  name: varchar({ length: 30 }).notNull(),
  address: varchar({ length: 100 }).notNull(),
  hours: varchar({ length: 40 }).notNull(),
  open: boolean().notNull(),
})
