import type { NoticeKind } from '@pointbook/shared/contract/shop/notices'
import { sql } from 'drizzle-orm'
import { boolean, index, int, mysqlTable, primaryKey, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { document, id, instant, shortDocument } from '../../../platform/database/columns.ts'

/** Accounts of the panel. An account is stopped, never removed: the audit log names it. */
export const admins = mysqlTable('admins', {
  login: varchar({ length: 40 }).primaryKey(),
  name: varchar({ length: 20 }).notNull(),
  passwordHash: varchar('password_hash', { length: 200 }).notNull(),
  /** A built-in role, or `own/ID`. */
  role: varchar({ length: 24 }).notNull().default('owner'),
  /** The stores that the account is confined to; null for all. */
  storeIds: document<number[]>('store_ids'),
  active: boolean().notNull().default(true),
  /** The end of a one-time password; null once its owner has chosen another. */
  oneTimeUntil: instant('one_time_until'),
  /** Whether the password was found too easy to guess at the last log-in, so that its owner must choose another. */
  passwordCommon: boolean('password_common').notNull().default(false),
  /** The secret of the second factor, sealed; null without one. */
  totpSealed: varchar('totp_sealed', { length: 200 }),
  /** A secret whose first code has not come yet, sealed. */
  totpPendingSealed: varchar('totp_pending_sealed', { length: 200 }),
  /** The time step of the last code that was used, so that none works twice. */
  totpStep: int('totp_step').notNull().default(0),
  /** The recovery codes that are left, salted and hashed. */
  recoveryHashes: shortDocument<string[]>('recovery_hashes', 1_000).notNull().default(sql`'[]'`),
  lastLogInAt: instant('last_log_in_at'),
  /** Columns of the previous release, which locked a login for all addresses; they are not read any more. */
  failures: int().notNull().default(0),
  lockedUntil: instant('locked_until'),
})

/** Roles of the shop's own. */
export const adminRoles = mysqlTable(
  'admin_roles',
  {
    id: id().autoincrement().primaryKey(),
    name: varchar({ length: 12 }).notNull(),
    permissions: document<string[]>('permissions').notNull(),
  },
  (table) => [uniqueIndex('admin_roles_name').on(table.name)],
)

/** Failed log-ins in a row by login and address, or by `device/ID` for a device of the account; also for unknown logins. */
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

/** Failed log-ins of the last hour over all addresses: those of the account's own devices, and those of strangers. */
export const loginFailures = mysqlTable(
  'login_failures',
  {
    login: varchar({ length: 40 }).notNull(),
    known: boolean().notNull(),
    /** In milliseconds since 1970; at most 50. */
    times: shortDocument<number[]>('times', 1_000).notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.login, table.known] }), index('login_failures_last').on(table.lastAt)],
)

/** What the holder of an account has not heard of yet. */
export const adminNotices = mysqlTable(
  'admin_notices',
  {
    id: id().autoincrement().primaryKey(),
    login: varchar({ length: 40 }).notNull(),
    kind: varchar({ length: 20 }).$type<NoticeKind>().notNull(),
    /** The name of who did it; '' for the holder or somebody unknown. */
    by: varchar('by_name', { length: 20 }).notNull(),
    /** The log-in that did it; '' for another account's. */
    tokenHash: varchar('token_hash', { length: 64 }).notNull(),
    address: varchar({ length: 50 }).notNull(),
    device: varchar({ length: 200 }).notNull(),
    times: int().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('admin_notices_login').on(table.login, table.id), index('admin_notices_at').on(table.at)],
)
