import { index, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { instant } from '../../../platform/database/columns.ts'

/** Who may log in to the panel. */
export const admins = mysqlTable('admins', {
  login: varchar({ length: 40 }).primaryKey(),
  name: varchar({ length: 20 }).notNull(),
  passwordHash: varchar('password_hash', { length: 200 }).notNull(),
  /** Of the release before, which locked a login for everybody; nothing reads them now. */
  failures: int().notNull().default(0),
  lockedUntil: instant('locked_until'),
})

/** Failed log-ins by login and address, whether or not anybody has that login. */
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
