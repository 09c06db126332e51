import { mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { instant } from './database/columns.ts'

/** One row a work that one server does at a time: who is at it, and until when by the database's clock it is theirs. */
export const leases = mysqlTable('leases', {
  name: varchar({ length: 40 }).primaryKey(),
  holder: varchar({ length: 60 }).notNull(),
  until: instant('held_until').notNull(),
  /** What the job did last, such as the business day it has finished. */
  done: varchar({ length: 40 }).notNull().default(''),
})
