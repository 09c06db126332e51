import { boolean, index, int, mysqlTable, primaryKey, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { id, instant } from '../../../platform/database/columns.ts'

/**
 * The state of a notice's subscribe message: '' there is none; `waiting` to be sent; `sending` claimed by one process (for ever
 * if that process dies: no message is better than two); then the result. `unknown`: it may have been sent.
 */
export type Pushed = '' | 'waiting' | 'sending' | 'sent' | 'no-credit' | 'failed' | 'unknown'

/** The member's inbox. `fact` identifies what happened, so that it is reported once. */
export const inboxMessages = mysqlTable(
  'inbox_messages',
  {
    id: id().primaryKey().autoincrement(),
    memberId: id('member_id').notNull(),
    fact: varchar({ length: 80 }).notNull(),
    kind: varchar({ length: 20 }).notNull(),
    title: varchar({ length: 40 }).notNull(),
    body: varchar({ length: 300 }).notNull(),
    page: varchar({ length: 120 }).notNull(),
    at: instant('at').notNull(),
    read: boolean('is_read').notNull().default(false),
    pushed: varchar({ length: 12 }).$type<Pushed>().notNull().default(''),
  },
  (table) => [
    index('inbox_messages_member').on(table.memberId, table.at, table.id),
    uniqueIndex('inbox_messages_fact').on(table.memberId, table.fact),
  ],
)

/** Subscribe messages that may still be sent: one accept of the member is one send. */
export const messageCredits = mysqlTable(
  'message_credits',
  {
    memberId: id('member_id').notNull(),
    templateId: varchar('template_id', { length: 64 }).notNull(),
    credits: int().notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.templateId] })],
)

/** WeChat's pushes of the last minutes: each is handled once. */
export const pushNonces = mysqlTable(
  'push_nonces',
  {
    /** Seconds since 1970, as WeChat signed them. */
    timestamp: varchar({ length: 12 }).notNull(),
    nonce: varchar({ length: 64 }).notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.timestamp, table.nonce] }), index('push_nonces_seen').on(table.seenAt)],
)

/** Reports that changed credits, so that a repeated report or push counts once. */
export const creditEvents = mysqlTable('credit_events', {
  fact: varchar({ length: 120 }).primaryKey(),
  at: instant('at').notNull(),
})
