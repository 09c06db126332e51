import { and, asc, desc, eq, gt, lt, lte, or, type SQL } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import { withNewId } from '../../../book/new-id.ts'
import { quotasTable } from '../../../book/tables.ts'
import { containing } from '../../../platform/database/containing.ts'
import { gathered, oneOfKeys } from '../../../platform/database/gathered.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { quotaScope } from './moves.ts'
import { mallItems, mallStockTable } from './tables.ts'

const itemColumns = {
  itemId: mallItems.id,
  name: mallItems.name,
  category: mallItems.category,
  pictureUrl: mallItems.pictureUrl,
  worthFen: mallItems.worthFen,
  description: mallItems.description,
  instructions: mallItems.instructions,
  position: mallItems.position,
  points: mallStockTable.points,
  limitPerMember: mallStockTable.limitPerMember,
  listed: mallStockTable.listed,
  stock: mallStockTable.stock,
  redeemed: mallStockTable.redeemed,
}

const withStock = eq(mallStockTable.itemId, mallItems.id)

export type ItemRow = NonNullable<Awaited<ReturnType<typeof readItem>>>

const itemsOf = gathered(
  (db) =>
    db
      .select(itemColumns)
      .from(mallItems)
      .innerJoin(mallStockTable, withStock)
      .where(oneOfKeys(mallItems.id))
      .prepare(),
  ({ itemId }) => itemId,
)

export async function readItem(db: Database, itemId: number) {
  const [row] = await itemsOf(db, itemId)
  return row ?? null
}

/** All items, listed or not, in the merchant's order. */
export const readAllItems = (db: Database): Promise<ItemRow[]> =>
  db
    .select(itemColumns)
    .from(mallItems)
    .innerJoin(mallStockTable, withStock)
    .orderBy(asc(mallItems.position), asc(mallItems.id))

interface Order {
  column: MySqlColumn
  direction: 'up' | 'down'
  valueOf(item: ItemRow): number
}

const orders: Record<ItemSort, Order> = {
  recommended: { column: mallItems.position, direction: 'up', valueOf: (item) => item.position },
  points: { column: mallStockTable.points, direction: 'up', valueOf: (item) => item.points },
  newest: { column: mallItems.id, direction: 'down', valueOf: (item) => item.itemId },
  popular: { column: mallStockTable.redeemed, direction: 'down', valueOf: (item) => item.redeemed },
}

export type ItemSort = 'recommended' | 'points' | 'newest' | 'popular'

/** The position at which a page of items ended: the sort value and the item's number. */
export type ItemMark = readonly [value: number, itemId: number]

export const markOf = (sort: ItemSort, item: ItemRow): ItemMark => [orders[sort].valueOf(item), item.itemId]

export interface ItemQuery {
  category?: string | undefined
  q?: string | undefined
  maxPoints?: number | undefined
  sort: ItemSort
  after?: ItemMark | undefined
  limit: number
}

/** Listed items; sold-out ones are shown as such. */
export function readListedItems(
  db: Database,
  { category, q, maxPoints, sort, after, limit }: ItemQuery,
): Promise<ItemRow[]> {
  const { column, direction } = orders[sort]
  const way = direction === 'up' ? asc : desc
  return db
    .select(itemColumns)
    .from(mallItems)
    .innerJoin(mallStockTable, withStock)
    .where(
      and(
        eq(mallStockTable.listed, true),
        category ? eq(mallItems.category, category) : undefined,
        q ? containing(mallItems.name, q) : undefined,
        maxPoints === undefined ? undefined : lte(mallStockTable.points, maxPoints),
        after && isAfter(orders[sort], after),
      ),
    )
    .orderBy(way(column), way(mallItems.id))
    .limit(limit)
}

function isAfter({ column, direction }: Order, [value, itemId]: ItemMark): SQL | undefined {
  const beyond = direction === 'up' ? gt : lt
  return or(beyond(column, value), and(eq(column, value), beyond(mallItems.id, itemId)))
}

/** Categories that have a listed item, in the order of their foremost item. */
export async function readCategories(db: Database): Promise<string[]> {
  const rows = await db
    .select({ category: mallItems.category })
    .from(mallItems)
    .innerJoin(mallStockTable, withStock)
    .where(eq(mallStockTable.listed, true))
    .orderBy(asc(mallItems.position), asc(mallItems.id))
  return [...new Set(rows.map(({ category }) => category))]
}

/** How many pieces of an item a member has redeemed, without cancelled orders. */
export async function readRedeemedCount(db: Database, memberId: number, itemId: number): Promise<number> {
  const [row] = await db
    .select({ used: quotasTable.used })
    .from(quotasTable)
    .where(and(eq(quotasTable.memberId, memberId), eq(quotasTable.scope, quotaScope(itemId))))
  return row?.used ?? 0
}

export type ItemTexts = Omit<typeof mallItems.$inferSelect, 'id' | 'madeAt'>

/** Adds an item with a new number. */
export const withNewItemId = <T>(db: Database, addItem: (itemId: number) => Promise<T>): Promise<T> =>
  withNewId(db, mallItems.id, 'item.taken', addItem)
