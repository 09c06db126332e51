import type { ActorRef } from '@pointbook/shared/references'
import { char, index, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { id, instant } from '../../../platform/database/columns.ts'

/** Card numbers made together, for the printer. */
export const cardBatches = mysqlTable('card_batches', {
  id: id().primaryKey().autoincrement(),
  cards: int().notNull(),
  madeAt: instant('made_at').notNull(),
  madeBy: varchar('made_by', { length: 60 }).$type<ActorRef>().notNull(),
})

/** `blank`: printed but not issued. A member has at most one card that is `active` or `lost`. */
export type CardState = 'blank' | 'active' | 'lost' | 'replaced'

/** Physical cards. Points belong to the member, not to the card. */
export const cards = mysqlTable(
  'cards',
  {
    cardNo: char('card_no', { length: 12 }).primaryKey(),
    batchId: id('batch_id').notNull(),
    state: varchar({ length: 10 }).$type<CardState>().notNull(),
    memberId: id('member_id'),
    issuedAt: instant('issued_at'),
    issuedBy: varchar('issued_by', { length: 60 }).$type<ActorRef | ''>().notNull(),
    /** When it was reported lost or replaced. */
    endedAt: instant('ended_at'),
  },
  (table) => [index('cards_member').on(table.memberId), index('cards_batch').on(table.batchId)],
)
