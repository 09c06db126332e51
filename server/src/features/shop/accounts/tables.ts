import { index, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { instant } from '../../../platform/database/columns.ts'

/** Logins of the panel. */
export const admins = mysqlTable('admins', {
  login: varchar({ length: 40 }).primaryKey(),
  name: varchar({ length: 20 }).notNull(),
  passwordHash: varchar('password_hash', { length: 200 }).notNull(),
  /** Columns of the previous release, which locked a login for all addresses; they are not read any more. */
  failures: int().notNull().default(0),
  lockedUntil: instant('locked_until'),
})

/** Failed log-ins by login and address, also for unknown logins. */
export const loginLocks = mysqlTable(
  'login_locks',
  {
    login: varchar({ length: 40 }).notNull(),
    address: varchar({ length: 50 }).notNull(),
    failures: int().notNull(),
    lockedUntil: instant('locked_until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.login, table.address] }), index('login_locks_until').on(table.lockedUntil)],
)
