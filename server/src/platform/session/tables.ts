import { char, index, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
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

export const adminSessions = mysqlTable('admin_sessions', {
  tokenHash: char('token_hash', { length: 64 }).primaryKey(),
  login: varchar({ length: 40 }).notNull(),
  endsAt: instant('ends_at').notNull(),
})
