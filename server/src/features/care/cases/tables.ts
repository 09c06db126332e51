import type { ActorRef } from '@pointbook/shared/references'
import { index, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { appendTable, bookTable } from '../../../book/table.ts'
import { id, instant } from '../../../platform/database/columns.ts'

/** An investigation of members; it is open as long as one of them is undecided. */
export const cases = mysqlTable('cases', {
  id: id().primaryKey().autoincrement(),
  reason: varchar({ length: 200 }).notNull(),
  openedAt: instant('opened_at').notNull(),
  openedBy: varchar('opened_by', { length: 60 }).$type<ActorRef>().notNull(),
})

export type Decision = 'reinstated' | 'cancelled' | 'cleared'

export const caseMembersTable = mysqlTable(
  'case_members',
  {
    caseId: id('case_id').notNull(),
    memberId: id('member_id').notNull(),
    /** '' while undecided. */
    decision: varchar({ length: 12 }).$type<'' | Decision>().notNull(),
    /** Points that this case took back from the member. */
    takenPoints: id('taken_points').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.memberId] }),
    index('case_members_member').on(table.memberId, table.decision),
    index('case_members_decision').on(table.decision, table.caseId),
  ],
)

export type StepKind = 'opened' | 'frozen' | 'note' | 'taken-back' | Decision | 'published'

/** The steps of a case, in order. `memberId` is 0 for a step that concerns no single member. */
export const caseStepsTable = mysqlTable(
  'case_steps',
  {
    id: id().primaryKey().autoincrement(),
    caseId: id('case_id').notNull(),
    memberId: id('member_id').notNull(),
    kind: varchar({ length: 12 }).$type<StepKind>().notNull(),
    text: varchar({ length: 400 }).notNull(),
    actor: varchar({ length: 60 }).$type<ActorRef>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('case_steps_case').on(table.caseId, table.at, table.id)],
)

export const caseMembers = bookTable(caseMembersTable, { order: 87, key: ['caseId', 'memberId'] })
export const caseSteps = appendTable(caseStepsTable, { order: 88, key: [] })
