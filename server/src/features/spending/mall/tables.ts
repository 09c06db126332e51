import type { ActorRef } from '@pointbook/shared/references'
import { boolean, index, int, mysqlTable, primaryKey, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { id, instant } from '../../../platform/database/columns.ts'

/** An item's texts and picture. Its price and stock are in `mall_stock`. Only the book writes either. */
export const mallItems = mysqlTable('mall_items', {
  id: id().primaryKey().autoincrement(),
  name: varchar({ length: 40 }).notNull(),
  category: varchar({ length: 20 }).notNull(),
  pictureUrl: varchar('picture_url', { length: 200 }).notNull(),
  worthFen: int('worth_fen').notNull(),
  description: varchar({ length: 1000 }).notNull(),
  instructions: varchar({ length: 1000 }).notNull(),
  position: int().notNull(),
  madeAt: instant('made_at').notNull(),
})

/** The hot row of an item: small, and only the book writes it. */
export const mallStockTable = mysqlTable('mall_stock', {
  itemId: id('item_id').primaryKey(),
  points: int().notNull(),
  limitPerMember: int('limit_per_member'),
  listed: boolean().notNull(),
  stock: int().notNull(),
  redeemed: int().notNull(),
})

/** An order, named by the ledger entry that paid it. */
export const ordersTable = mysqlTable(
  'orders',
  {
    memberId: id('member_id').notNull(),
    entrySeq: int('entry_seq').notNull(),
    itemId: id('item_id').notNull(),
    quantity: int().notNull(),
    points: int().notNull(),
    state: varchar({ length: 12 }).$type<'waiting' | 'handed-over' | 'cancelled'>().notNull(),
    storeId: id('store_id').notNull(),
    pickupCode: varchar('pickup_code', { length: 16 }).notNull(),
    madeAt: instant('made_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: varchar('ended_by', { length: 60 }).$type<ActorRef | ''>().notNull(),
    reason: varchar({ length: 200 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.entrySeq] }),
    uniqueIndex('orders_pickup_code').on(table.pickupCode),
    index('orders_made_at').on(table.madeAt),
    index('orders_ended_at').on(table.endedAt),
  ],
)

export const items = bookTable(mallItems, { order: 59, key: ['id'] })
export const mallStock = bookTable(mallStockTable, { order: 60, key: ['itemId'] })
export const orders = bookTable(ordersTable, { order: 61, key: ['memberId', 'entrySeq'], locked: false })
