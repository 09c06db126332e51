import { boolean, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { id } from '../../../platform/database/columns.ts'

export const stores = mysqlTable('stores', {
  id: id().primaryKey().autoincrement(),
  name: varchar({ length: 30 }).notNull(),
  address: varchar({ length: 100 }).notNull(),
  hours: varchar({ length: 40 }).notNull(),
  open: boolean().notNull(),
})

/** Whether a store is open. Redemptions and the closing lock it, so that the closing sees every order. */
export const storeStates = bookTable(stores, { order: 58, key: ['id'], only: ['id', 'open'] })
