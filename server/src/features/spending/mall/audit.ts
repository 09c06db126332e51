import type { Pool, PoolConnection } from 'mysql2/promise'
import type { AuditPart, BlameRow } from '../../../book/audit-part.ts'
import { query, type Range } from '../../../book/audit-read.ts'

export const orderAudit: AuditPart = {
  id: 'orders',
  title: '兑换订单',
  text: '每个订单扣的积分与流水一致，取消的都已退回',
  begin: (blame) => ({ range: (connection, range) => checkOrders(connection, range, blame) }),
}

export const stockAudit: AuditPart = {
  id: 'stock',
  title: '库存',
  text: '每件商品的已兑数等于未取消订单的件数，库存不为负',
  begin: (blame) => ({ end: (pool) => checkStock(pool, blame) }),
}

/** Orders against the entries that paid them and those that gave the points back. Returns how many there are. */
async function checkOrders(connection: PoolConnection, { after, upTo, books }: Range, blame: BlameRow) {
  const rows = await query(
    connection,
    `SELECT member_id AS memberId, entry_seq AS seq, points, state FROM orders
      WHERE member_id > ? AND member_id <= ?`,
    [after, upTo],
  )
  const paid = new Map<string, number>()
  const givenBack = new Map<string, number>()
  for (const { memberId, entries } of books)
    for (const { seq, cause, ref, delta } of entries) {
      if (cause === 'redemption') paid.set(`${memberId}-${seq}`, -delta)
      if (cause === 'cancellation') givenBack.set(ref, delta)
    }
  for (const { memberId, seq, points, state } of rows) {
    const no = `${memberId}-${seq}`
    const back = state === 'cancelled' ? points : undefined
    if (paid.get(no) !== points) blame(`订单 ${no}：${points} 分，流水扣了 ${paid.get(no) ?? 0} 分`)
    if (givenBack.get(no) !== back) blame(`订单 ${no}：应退 ${back ?? 0} 分，流水退了 ${givenBack.get(no) ?? 0} 分`)
    paid.delete(no)
  }
  for (const no of paid.keys()) blame(`订单 ${no}：流水扣了积分，但没有这个订单`)
  return rows.length
}

/** Items whose count of redeemed pieces is not that of their orders. Returns how many items there are. */
async function checkStock(pool: Pool, blame: BlameRow): Promise<number> {
  const rows = await query(
    pool,
    `SELECT s.item_id AS itemId, s.stock, s.redeemed, COALESCE(o.quantity, 0) AS ordered
       FROM mall_stock s
       LEFT JOIN (SELECT item_id, SUM(quantity) AS quantity FROM orders WHERE state <> 'cancelled' GROUP BY item_id) o
         ON o.item_id = s.item_id`,
  )
  for (const { itemId, stock, redeemed, ordered } of rows) {
    if (redeemed !== Number(ordered)) blame(`商品 ${itemId}：已兑 ${redeemed} 件，订单合计 ${ordered} 件`)
    if (stock < 0) blame(`商品 ${itemId}：库存 ${stock} 件`)
  }
  return rows.length
}
