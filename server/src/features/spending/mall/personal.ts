import { orderStates } from '@pointbook/shared/words'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { blank, type PersonalPart, sliced, thenRun, when } from '../../members/directory/personal-part.ts'
import { stores } from '../../shop/stores/tables.ts'
import { stripOrders } from './strip.ts'
import { mallItems, ordersTable } from './tables.ts'
import { orderNo } from './words.ts'

const { memberId, entrySeq, itemId, storeId, madeAt } = ordersTable

export const orderPersonal: PersonalPart = {
  sections: [
    sliced(
      {
        title: '兑换订单',
        columns: ['下单时间', '订单号', '商品', '数量', '积分', '状态', '门店', '取货码', '完成时间', '取消原因'],
        of: ordersTable,
      },
      async (reader, { memberIds }, { offset, limit }) => {
        const rows = await reader.db
          .select({ order: ordersTable, item: mallItems.name, store: stores.name })
          .from(ordersTable)
          .innerJoin(mallItems, eq(mallItems.id, itemId))
          .innerJoin(stores, eq(stores.id, storeId))
          .where(inArray(memberId, memberIds))
          .orderBy(desc(madeAt), desc(memberId), desc(entrySeq))
          .limit(limit)
          .offset(offset)
        return rows.map(({ order, item, store }) => [
          when(reader, order.madeAt),
          orderNo(order.memberId, order.entrySeq),
          item,
          order.quantity,
          order.points,
          orderStates[order.state],
          store,
          order.pickupCode,
          when(reader, order.endedAt),
          order.reason,
        ])
      },
    ),
  ],
  async obstacles({ db }, { memberIds }) {
    const orders = await db.$count(ordersTable, and(inArray(memberId, memberIds), eq(ordersTable.state, 'waiting')))
    const text = `还有 ${orders} 件兑换待取货`
    return orders > 0 ? [{ text, advice: '请到店取货，或取消兑换', page: '/member/orders/index' }] : []
  },
  leaving: [
    blank(
      ordersTable,
      'transactions',
      (one) => eq(memberId, one),
      () => ({ reason: '' }),
      thenRun(stripOrders),
    ),
  ],
}
