import type { ActorRef } from '@pointbook/shared/references'
import { index, mysqlTable, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { id, instant } from '../../../platform/database/columns.ts'

/** Announcements to all members. `caseId` is the case whose result it announces, at most one per case. */
export const announcements = mysqlTable(
  'announcements',
  {
    id: id().primaryKey().autoincrement(),
    title: varchar({ length: 40 }).notNull(),
    body: varchar({ length: 2000 }).notNull(),
    state: varchar({ length: 10 }).$type<'draft' | 'published' | 'withdrawn'>().notNull(),
    caseId: id('case_id'),
    madeAt: instant('made_at').notNull(),
    madeBy: varchar('made_by', { length: 60 }).$type<ActorRef>().notNull(),
    publishedAt: instant('published_at'),
  },
  (table) => [
    uniqueIndex('announcements_case').on(table.caseId),
    index('announcements_published').on(table.state, table.publishedAt, table.id),
  ],
)
