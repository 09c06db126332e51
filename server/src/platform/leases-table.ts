import { mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { instant } from './database/columns.ts'

/** One row a job: who runs it and until when it is theirs. */
export const leases = mysqlTable('leases', {
  name: varchar({ length: 40 }).primaryKey(),
  holder: varchar({ length: 60 }).notNull(),
  until: instant('held_until').notNull(),
  /** What the job did last, such as the business day it has finished. */
  done: varchar({ length: 40 }).notNull().default(''),
})
