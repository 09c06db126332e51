import { clerkRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyRequest } from 'fastify'
import { pageOf } from '../../../platform/cursor.ts'
import type { Handle } from '../../../platform/http.ts'
import { memberOf } from '../../../platform/session/member-session.ts'
import { guessing } from '../../../platform/tally.ts'
import type { Server } from '../../../server.ts'
import { identitiesOf } from '../../members/identities/store.ts'
import { requireStore } from '../../shop/staff/identify.ts'
import {
  type ItemMark,
  type ItemRow,
  markOf,
  readCategories,
  readItem,
  readListedItems,
  readRedeemedCount,
} from './item-store.ts'
import { type Cancelled, handOver } from './moves.ts'
import { cancel, orderOf, redeemItem } from './redemption.ts'
import { findOrderByPickupCode, orderCursor, orderMark, orderView, readOrder, readOrdersOf } from './store.ts'

export function mallRoutes(handle: Handle, server: Server) {
  const { db, book, misses } = server
  const identify = memberOf(db)

  /** The calling member; null for visitors and for ended sessions. */
  const whoever = (request: FastifyRequest): Promise<number | null> =>
    identify(request).then(
      ({ memberId }) => memberId,
      (error) => {
        if (error instanceof Refusal) return null
        throw error
      },
    )

  handle('GET /mall/items', async ({ input }) => {
    const { sort = 'recommended', cursor, limit = 20, ...wanted } = input
    const query = { ...wanted, sort, after: itemMark(cursor), limit: limit + 1 }
    const [itemRows, categories] = await Promise.all([readListedItems(db, query), readCategories(db)])
    const { rows, next } = pageOf(itemRows, limit, (item) => markOf(sort, item).join('-'))
    return { rows: rows.map(itemView), next, categories }
  })

  handle('GET /mall/items/:itemId', async ({ input: { itemId }, request }) => {
    const memberId = await whoever(request)
    const item = await readItem(db, itemId)
    if (!item) throw new Refusal('item.unknown')
    if (!item.listed) throw new Refusal('item.unlisted')
    const { description, instructions, limitPerMember } = item
    const takenByMe = memberId === null ? null : await readRedeemedCount(db, memberId, itemId)
    return { ...itemView(item), description, instructions, limitPerMember, takenByMe }
  })

  handle('POST /mall/redemptions', async ({ input, caller: { memberId } }) => {
    const { itemId, quantity, storeId, points: seenPoints = null, requestId } = input
    return redeemItem(server, { memberId, itemId, quantity, storeId, seenPoints, requestId })
  })

  handle('GET /me/redemptions', async ({ input: { state, cursor, limit = 20 }, caller: { memberId } }) => {
    const memberIds = await identitiesOf(db, memberId)
    const orders = await readOrdersOf(db, memberIds, { state, after: orderMark(cursor), limit: limit + 1 })
    const { rows, next } = pageOf(orders, limit, orderCursor)
    return { rows: rows.map(orderView), next }
  })

  handle('GET /me/redemptions/:orderNo', async ({ input: { orderNo }, caller: { memberId } }) =>
    orderView(await orderOf(server, orderNo, memberId)),
  )

  handle('POST /me/redemptions/:orderNo/cancel', async ({ input: { orderNo, requestId }, caller: { memberId } }) => {
    const order = await orderOf(server, orderNo, memberId)
    const cancelled = await cancel(server, order, { actor: memberRef(memberId), reason: '', requestId })
    const { row, balance, givenBack } = cancelled
    return { order: orderView(row), balance, givenBack, text: cancelledText(cancelled) }
  })

  handle(
    'POST /clerk/pickups',
    async ({ input: { code, storeId, requestId }, caller }) => {
      requireStore(caller, storeId)
      const order = await guessing(misses, memberRef(caller.memberId), () => orderFor(code))
      const { memberId, entrySeq } = order.order
      const at = { storeId, rightStoreName: order.storeName }
      const by = { at, actor: clerkRef(caller.memberId), requestId }
      await book.make(handOver, { memberId, entrySeq, itemName: order.item.name, ...by })
      const handed = await readOrder(db, memberId, entrySeq)
      return { order: orderView(handed!), memberNickname: order.nickname }
    },
    { perMinute: 120 },
  )

  async function orderFor(code: string) {
    const order = await findOrderByPickupCode(db, code)
    if (!order) throw new Refusal('code.unknown')
    return order
  }
}

const itemView = ({ itemId, name, category, pictureUrl, points, worthFen, stock, redeemed }: ItemRow) => ({
  itemId,
  name,
  category,
  pictureUrl,
  points,
  worthFen,
  stock,
  redeemed,
})

function itemMark(cursor: string | undefined): ItemMark | undefined {
  const [, value, itemId] = /^(\d{1,15})-(\d{1,15})$/.exec(cursor ?? '') ?? []
  if (cursor !== undefined && itemId === undefined)
    throw new Refusal('input.invalid', { fields: [{ field: 'cursor', text: '格式不正确' }] })
  return cursor === undefined ? undefined : [Number(value), Number(itemId)]
}

function cancelledText({ givenBack, lapsed, repaid }: Cancelled): string {
  const parts = [
    `已取消，${givenBack} 分已退回，到期日不变`,
    ...(lapsed > 0 ? [`其中 ${lapsed} 分已过有效期，随即失效`] : []),
    ...(repaid > 0 ? [`其中 ${repaid} 分用于抵还欠分`] : []),
  ]
  return parts.join('；')
}
