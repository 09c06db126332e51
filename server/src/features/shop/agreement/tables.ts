import type { ActorRef } from '@pointbook/shared/references'
import { int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { document, instant } from '../../../platform/database/columns.ts'

export interface Section {
  title: string
  text: string
}

/** Every version of the agreement with its whole text, which proves what members have agreed to. A version never changes. */
export const agreements = mysqlTable('agreements', {
  version: int().primaryKey(),
  /** The edition of the standard text, see `EDITION`. */
  edition: int().notNull(),
  /** The shop's own terms, '' for none. */
  supplement: varchar({ length: 2000 }).notNull(),
  sections: document<Section[]>().notNull(),
  /** What is new, as the members read it; '' for the first version. */
  changes: varchar({ length: 100 }).notNull(),
  publishedAt: instant('published_at').notNull(),
  publishedBy: varchar('published_by', { length: 60 }).$type<ActorRef>().notNull(),
})
