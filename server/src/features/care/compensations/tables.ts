import type { ActorRef } from '@pointbook/shared/references'
import { index, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { id, instant } from '../../../platform/database/columns.ts'

/** A compensation: points for members harmed by a fault of the system. */
export const compensations = mysqlTable('compensations', {
  id: id().primaryKey().autoincrement(),
  reason: varchar({ length: 100 }).notNull(),
  points: int().notNull(),
  madeAt: instant('made_at').notNull(),
  madeBy: varchar('made_by', { length: 60 }).$type<ActorRef>().notNull(),
})

/**
 * The recipients of a compensation, stored before the first points are given; `left-out` are those whose membership has ended.
 */
export const compensatedTable = mysqlTable(
  'compensated_members',
  {
    compensationId: id('compensation_id').notNull(),
    memberId: id('member_id').notNull(),
    state: varchar({ length: 10 }).$type<'waiting' | 'given' | 'left-out'>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.compensationId, table.memberId] }),
    index('compensated_members_state').on(table.compensationId, table.state, table.memberId),
  ],
)

export const compensated = bookTable(compensatedTable, { order: 89, key: ['compensationId', 'memberId'] })
