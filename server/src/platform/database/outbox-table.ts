import { index, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { document, id, instant } from './columns.ts'

/** Messages to be handled after the commit that wrote them; a handled one is deleted. */
export const outbox = mysqlTable(
  'outbox',
  {
    id: id().primaryKey().autoincrement(),
    topic: varchar({ length: 40 }).notNull(),
    payload: document<unknown>().notNull(),
    dueAt: instant('due_at').notNull(),
    attempts: int().notNull().default(0),
    lastError: varchar('last_error', { length: 200 }).notNull().default(''),
    /** Set on a message that cannot be handled: it waits for a person, and the others continue. */
    setAsideAt: instant('set_aside_at'),
  },
  (table) => [index('outbox_due').on(table.dueAt, table.id)],
)
