import { index, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { id, instant } from '../../platform/database/columns.ts'

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
