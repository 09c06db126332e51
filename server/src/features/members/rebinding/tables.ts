import { char, index, mysqlTable, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { id, instant } from '../../../platform/database/columns.ts'

/** Requests of a new WeChat account to be bound to the member whose phone number it has proved. */
export const rebindings = mysqlTable(
  'rebindings',
  {
    id: id().primaryKey().autoincrement(),
    memberId: id('member_id').notNull(),
    /** Keyed hash of the openid that asks; the openid itself is not stored. */
    openidHash: char('openid_hash', { length: 64 }).notNull(),
    /** `ended`: another way of binding, or another request, took its place. A member has at most one that is `waiting`. */
    state: varchar({ length: 10 }).$type<'waiting' | 'refused' | 'ended' | 'done'>().notNull(),
    requestId: varchar('request_id', { length: 64 }).notNull(),
    askedAt: instant('asked_at').notNull(),
    /** From then on the next log-in of the new WeChat account binds it. */
    dueAt: instant('due_at').notNull(),
  },
  (table) => [
    uniqueIndex('rebindings_request').on(table.requestId),
    index('rebindings_member').on(table.memberId, table.state),
    index('rebindings_openid').on(table.openidHash, table.state),
    index('rebindings_asked').on(table.askedAt),
  ],
)
