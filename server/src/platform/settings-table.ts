import { mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { document, instant } from './database/columns.ts'

/** Single documents: the shop's name, the policy draft, the last audit. */
export const settings = mysqlTable('settings', {
  name: varchar({ length: 40 }).primaryKey(),
  value: document<unknown>('value').notNull(),
  savedAt: instant('saved_at').notNull(),
  savedBy: varchar('saved_by', { length: 60 }).notNull(),
})
