import { mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { instant } from './database/columns.ts'

/** One row per work that one server does at a time: the server, and the end of its lease by the database's clock. */
export const leases = mysqlTable('leases', {
  name: varchar({ length: 40 }).primaryKey(),
  holder: varchar({ length: 60 }).notNull(),
  until: instant('held_until').notNull(),
  /** The last result of the job, such as the business day it has finished. */
  done: varchar({ length: 40 }).notNull().default(''),
})
