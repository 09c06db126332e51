import { char, index, mysqlTable, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { id, instant } from '../database/columns.ts'

/** Refresh tokens, hashed. A used one stays until its end, so that a second use reveals theft. */
export const refreshTokens = mysqlTable(
  'refresh_tokens',
  {
    tokenHash: char('token_hash', { length: 64 }).primaryKey(),
    /** All tokens that came from one login. */
    familyId: char('family_id', { length: 32 }).notNull(),
    memberId: id('member_id').notNull(),
    endsAt: instant('ends_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [
    index('refresh_tokens_family').on(table.familyId),
    // Covers all columns that a request needs of its login.
    index('refresh_tokens_open').on(table.memberId, table.usedAt, table.familyId),
  ],
)

/** Log-ins of the panel. Those that a server of the previous release opened have no address, device or times. */
export const adminSessions = mysqlTable(
  'admin_sessions',
  {
    tokenHash: char('token_hash', { length: 64 }).primaryKey(),
    login: varchar({ length: 40 }).notNull(),
    endsAt: instant('ends_at').notNull(),
    address: varchar({ length: 50 }).notNull().default(''),
    /** The browser's own words (User-Agent). */
    device: varchar({ length: 200 }).notNull().default(''),
    /** The device among those that the account was used with. */
    deviceId: id('device_id'),
    openedAt: instant('opened_at'),
    lastSeenAt: instant('last_seen_at'),
  },
  (table) => [index('admin_sessions_login').on(table.login)],
)

/** Browsers that have logged in to an account of the panel; the hash is of the token that such a browser keeps. */
export const adminDevices = mysqlTable(
  'admin_devices',
  {
    id: id().autoincrement().primaryKey(),
    login: varchar({ length: 40 }).notNull(),
    tokenHash: char('token_hash', { length: 64 }).notNull(),
    endsAt: instant('ends_at').notNull(),
  },
  (table) => [
    uniqueIndex('admin_devices_login').on(table.login, table.tokenHash),
    index('admin_devices_token').on(table.tokenHash),
    index('admin_devices_ends').on(table.endsAt),
  ],
)
