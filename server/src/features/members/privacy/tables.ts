import type { ActorRef } from '@pointbook/shared/references'
import { index, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { id, instant } from '../../../platform/database/columns.ts'
import type { LawId } from '../directory/laws.ts'

/** Requests to leave. A member has at most one that is `waiting`. */
export const leaveRequests = mysqlTable(
  'leave_requests',
  {
    id: id().primaryKey().autoincrement(),
    memberId: id('member_id').notNull(),
    /** `ending`: the membership has ended, and its data are yet to be erased. */
    state: varchar({ length: 10 }).$type<'waiting' | 'withdrawn' | 'ending' | 'done'>().notNull(),
    /** The points that the member was told they would lose. */
    points: int().notNull(),
    askedAt: instant('asked_at').notNull(),
    /** The member, or the merchant for a member who asked the shop. */
    askedBy: varchar('asked_by', { length: 60 }).$type<ActorRef>().notNull(),
    /** Why the merchant asked; '' for the member. */
    reason: varchar({ length: 100 }).notNull(),
    /** The end of the waiting time. */
    dueAt: instant('due_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('leave_requests_member').on(table.memberId, table.state),
    index('leave_requests_state').on(table.state, table.dueAt, table.id),
    index('leave_requests_ended').on(table.state, table.endedAt, table.id),
    index('leave_requests_asked').on(table.askedAt, table.id),
  ],
)

/** The move that ends the membership reads it, so that a withdrawal comes before that, or too late. */
export const requestsToLeave = bookTable(leaveRequests, { order: 13, key: ['id'] })

/** The laws whose term is over for a member who has left, so that what they kept has been erased. */
export const endedTerms = mysqlTable(
  'ended_terms',
  {
    memberId: id('member_id').notNull(),
    law: varchar({ length: 20 }).$type<LawId>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.law] })],
)
