import { randomUUID } from 'node:crypto'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, inArray, type SQL } from 'drizzle-orm'
import { differences } from '../../../platform/audit-log.ts'
import { pageOf } from '../../../platform/cursor.ts'
import { definedColumns } from '../../../platform/database/defined-columns.ts'
import { type Handle, requireOwnStore } from '../../../platform/http.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import type { Server } from '../../../server.ts'
import { membersMatching } from '../../members/directory/search.ts'
import { requireMember } from '../../members/directory/store.ts'
import { identitiesOf } from '../../members/identities/store.ts'
import { type ItemRow, type ItemTexts, readAllItems, readItem, withNewItemId } from './item-store.ts'
import { handOver } from './moves.ts'
import { cancel, orderOf } from './redemption.ts'
import { addItem, changeItem, type EditableItem, restock, type Terms } from './stock-moves.ts'
import {
  countOrders,
  type OrderRow,
  orderCursor,
  orderMark,
  orderView,
  readOrder,
  readOrders,
  readOrdersOf,
} from './store.ts'
import { ordersTable } from './tables.ts'
import { orderKey } from './words.ts'

export function mallAdminRoutes(handle: Handle, server: Server) {
  const { db, book, files } = server

  handle('GET /admin/items', async () => ({ rows: (await readAllItems(db)).map(itemView) }))

  handle('POST /admin/items', async ({ input, caller: { login } }) => {
    const { requestId, stock, points, limitPerMember, listed, ...texts } = input
    await requirePicture(server, texts.pictureUrl)
    const wish = { points, limitPerMember, listed, stock, texts, requestId, actor: adminRef(login) }
    const { itemId } = await withNewItemId(db, (itemId) => book.make(addItem, { itemId, ...wish }))
    return itemView(await itemOf(server, itemId))
  })

  handle('PATCH /admin/items/:itemId', async ({ input: { itemId, revision, ...changes }, caller: { login } }) => {
    const before = editable(await itemOf(server, itemId))
    const after = { ...before, ...definedColumns(changes) }
    requireRevision(revision, before, after)
    const detail = differences(before, after)
    if (!detail) return itemView(await itemOf(server, itemId))
    const { terms, texts } = apart(detail.after)
    if (texts.pictureUrl !== undefined) await requirePicture(server, texts.pictureUrl)
    const actor = adminRef(login)
    await book.make(changeItem, { itemId, revision, terms, texts, actor, requestId: randomUUID() })
    return itemView(await itemOf(server, itemId))
  })

  handle('POST /admin/items/:itemId/stock', async ({ input, caller: { login } }) => {
    const { itemId, delta, stock, reason, requestId } = input
    return book.make(restock, { itemId, delta, shown: { stock }, reason, actor: adminRef(login), requestId })
  })

  handle('POST /admin/pictures', async ({ input: { picture } }) => ({
    pictureUrl: await files.keepPicture(picture, 'item'),
  }))

  handle(
    'POST /admin/redemptions/search',
    async ({ input: { state, q = '', cursor, limit = 20 }, caller: { storeIds } }) => {
      const own = storeIds ? inArray(ordersTable.storeId, [...storeIds]) : undefined
      const where = and(own, state && eq(ordersTable.state, state), ordersMatching(server, q))
      const [orderRows, total] = await Promise.all([
        readOrders(db, where, orderMark(cursor), limit + 1),
        countOrders(db, where),
      ])
      const { rows, next } = pageOf(orderRows, limit, orderCursor)
      return { rows: rows.map(adminOrderView), next, total }
    },
  )

  handle('POST /admin/redemptions/:orderNo/cancel', async ({ input, caller }) => {
    const { orderNo, reason, requestId } = input
    const orderRow = await orderOf(server, orderNo)
    requireOwnStore(caller, orderRow.order.storeId)
    const { row } = await cancel(server, orderRow, { actor: adminRef(caller.login), reason, requestId })
    return orderView(row)
  })

  handle('POST /admin/redemptions/:orderNo/hand-over', async ({ input, caller }) => {
    const { orderNo, code, requestId } = input
    const { order, item } = await orderOf(server, orderNo)
    requireOwnStore(caller, order.storeId)
    if (order.pickupCode !== code) throw new Refusal('code.unknown')
    const { memberId, entrySeq } = order
    const by = { at: null, actor: adminRef(caller.login), requestId }
    await book.make(handOver, { memberId, entrySeq, itemName: item.name, ...by })
    return orderView((await readOrder(db, memberId, entrySeq))!)
  })

  handle('GET /admin/members/:memberId/redemptions', async ({ input: { memberId, cursor, limit = 20 } }) => {
    await requireMember(db, memberId)
    const memberIds = await identitiesOf(db, memberId)
    const orders = await readOrdersOf(db, memberIds, { after: orderMark(cursor), limit: limit + 1 })
    const { rows, next } = pageOf(orders, limit, orderCursor)
    return { rows: rows.map(orderView), next }
  })
}

/** An item shows a picture that was uploaded here, or none. */
async function requirePicture({ files }: Server, pictureUrl = ''): Promise<void> {
  if (pictureUrl !== '' && !(await files.hasPicture(pictureUrl))) throw new Refusal('picture.unknown')
}

async function itemOf({ db }: Server, itemId: number): Promise<ItemRow> {
  const itemRow = await readItem(db, itemId)
  if (!itemRow) throw new Refusal('item.unknown')
  return itemRow
}

const editable = ({ itemId: _itemId, stock: _stock, redeemed: _redeemed, ...fields }: ItemRow): EditableItem => fields

const itemView = (item: ItemRow) => ({ ...item, revision: revisionOf(editable(item)) })

/** Splits an item into the columns of the book and the others. */
function apart(changes: Partial<Terms & ItemTexts>): { terms: Partial<Terms>; texts: Partial<ItemTexts> } {
  const { points, limitPerMember, listed, ...texts } = changes
  const terms = {
    ...(points !== undefined && { points }),
    ...(limitPerMember !== undefined && { limitPerMember }),
    ...(listed !== undefined && { listed }),
  }
  return { terms, texts }
}

/** Orders that a merchant's words may mean: a pick-up code, an order number, or a member. */
function ordersMatching({ keys }: Server, typed: string): SQL | undefined {
  const digits = typed.replace(/\s/g, '')
  if (/^8\d{11}$/.test(digits)) return eq(ordersTable.pickupCode, digits)
  if (!/^\d{8,16}-\d{1,10}$/.test(digits)) return membersMatching(keys, typed)
  const { memberId, entrySeq } = orderKey(digits)
  return and(eq(ordersTable.memberId, memberId), eq(ordersTable.entrySeq, entrySeq))
}

const adminOrderView = (row: OrderRow) => ({
  ...orderView(row),
  memberId: row.order.memberId,
  nickname: row.nickname,
})
