import type { ConsentPlace, ConsentSubject } from '@pointbook/shared/purposes'
import type { ActorRef } from '@pointbook/shared/references'
import { boolean, index, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { id, instant } from '../../../platform/database/columns.ts'

/** Every yes and no of the members, which proves what the shop may do; rows never change. The present state is in `members`. */
export const consents = mysqlTable(
  'consents',
  {
    id: id().primaryKey().autoincrement(),
    memberId: id('member_id').notNull(),
    subject: varchar({ length: 20 }).$type<ConsentSubject>().notNull(),
    given: boolean().notNull(),
    /** The version of the agreement; 0 for a release that did not say which it had shown. */
    version: int().notNull(),
    place: varchar({ length: 10 }).$type<ConsentPlace>().notNull(),
    by: varchar('said_by', { length: 60 }).$type<ActorRef>().notNull(),
    /** Why the merchant recorded it; '' for the member. */
    reason: varchar({ length: 100 }).notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('consents_member').on(table.memberId, table.at, table.id)],
)
