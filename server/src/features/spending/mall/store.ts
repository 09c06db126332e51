import { Refusal } from '@pointbook/shared/refusals'
import { and, count, desc, eq, inArray, lt, lte, or, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { members } from '../../members/directory/tables.ts'
import { stores } from '../../shop/stores/tables.ts'
import { mallItems, ordersTable } from './tables.ts'
import { orderKey, orderNo, orderOnPage, orderPage } from './words.ts'

export type OrderState = 'waiting' | 'handed-over' | 'cancelled'

type OrderFacts = Pick<
  typeof ordersTable.$inferSelect,
  'memberId' | 'entrySeq' | 'itemId' | 'quantity' | 'points' | 'state' | 'storeId' | 'pickupCode' | 'madeAt' | 'endedAt'
>

/** An order with the names that screens show. */
export interface OrderRow {
  order: OrderFacts
  item: { name: string; pictureUrl: string; instructions: string }
  storeName: string
  nickname: string
}

/** An order as members, clerks and merchant see it. */
export function orderView({ order, item, storeName }: Omit<OrderRow, 'nickname'>) {
  const { memberId, entrySeq, ...facts } = order
  return {
    ...facts,
    orderNo: orderNo(memberId, entrySeq),
    itemName: item.name,
    pictureUrl: item.pictureUrl,
    instructions: item.instructions,
    storeName,
  }
}

const { memberId, entrySeq, itemId, quantity, points, state, storeId, pickupCode, madeAt, endedAt } = ordersTable
const orderColumns = {
  order: { memberId, entrySeq, itemId, quantity, points, state, storeId, pickupCode, madeAt, endedAt },
  item: { name: mallItems.name, pictureUrl: mallItems.pictureUrl, instructions: mallItems.instructions },
  storeName: stores.name,
  nickname: members.nickname,
}

const selectOrders = (db: Database, where: SQL | undefined) =>
  db
    .select(orderColumns)
    .from(ordersTable)
    .innerJoin(mallItems, eq(mallItems.id, itemId))
    .innerJoin(stores, eq(stores.id, storeId))
    .innerJoin(members, eq(members.id, memberId))
    .where(where)

const isOrder = (member: number, seq: number) => and(eq(memberId, member), eq(entrySeq, seq))

export async function readOrder(db: Database, member: number, seq: number): Promise<OrderRow | null> {
  const [order] = await selectOrders(db, isOrder(member, seq))
  return order ?? null
}

/** The orders that these pages of the mini-program show, by page. */
export async function readOrdersAt(db: Database, pages: readonly string[]) {
  if (pages.length === 0) return new Map<string, { itemName: string; state: OrderState }>()
  const wanted = pages.map(orderOnPage).map((key) => isOrder(key.memberId, key.entrySeq))
  const rows = await db
    .select({ memberId, entrySeq, state, itemName: mallItems.name })
    .from(ordersTable)
    .innerJoin(mallItems, eq(mallItems.id, itemId))
    .where(or(...wanted))
  return new Map(rows.map((row) => [orderPage(row.memberId, row.entrySeq), row]))
}

/** The order that a pick-up code, 12 digits, belongs to. */
export async function findOrderByPickupCode(db: Database, code: string): Promise<OrderRow | null> {
  const [order] = await selectOrders(db, eq(pickupCode, code))
  return order ?? null
}

interface OrdersQuery {
  state?: OrderState | undefined
  after?: OrderMark | undefined
  limit: number
}

/** The orders of a member and of the doubles merged into them, newest first. */
export const readOrdersOf = (db: Database, memberIds: number[], { state: only, after, limit }: OrdersQuery) =>
  readOrders(db, and(inArray(memberId, memberIds), only && eq(state, only)), after, limit)

/** The position at which a page of orders ended. */
export interface OrderMark {
  madeAt: string
  memberId: number
  entrySeq: number
}

export const orderCursor = ({ order }: OrderRow): string => `${order.madeAt}_${orderNo(order.memberId, order.entrySeq)}`

export function orderMark(cursor: string | undefined): OrderMark | undefined {
  if (cursor === undefined) return undefined
  const [, madeAt, no] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_(\d{1,15}-\d{1,10})$/.exec(cursor) ?? []
  if (!madeAt || !no) throw new Refusal('input.invalid', { fields: [{ field: 'cursor', text: '格式不正确' }] })
  return { madeAt, ...orderKey(no) }
}

/** Everybody's orders, newest first. */
export const readOrders = (
  db: Database,
  where: SQL | undefined,
  after: OrderMark | undefined,
  limit: number,
): Promise<OrderRow[]> =>
  selectOrders(db, and(where, after && isOlder(after)))
    .orderBy(desc(madeAt), desc(memberId), desc(entrySeq))
    .limit(limit)

const isOlder = (mark: OrderMark) =>
  and(
    lte(madeAt, mark.madeAt),
    or(
      lt(madeAt, mark.madeAt),
      lt(memberId, mark.memberId),
      and(eq(memberId, mark.memberId), lt(entrySeq, mark.entrySeq)),
    ),
  )

/** The number of orders waiting in a store. */
export async function countWaiting(db: Database | Transaction, atStore: number): Promise<number> {
  const [row] = await db
    .select({ orders: count() })
    .from(ordersTable)
    .where(and(eq(storeId, atStore), eq(state, 'waiting')))
  return row!.orders
}

export async function countOrders(db: Database, where: SQL | undefined): Promise<number> {
  const [row] = await db
    .select({ orders: count() })
    .from(ordersTable)
    .innerJoin(members, eq(members.id, memberId))
    .where(where)
  return row!.orders
}
