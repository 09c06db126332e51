import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise'
import { checkOffsets } from './audit-offsets.ts'
import { checkPaid } from './audit-paid.ts'
import type { Range } from './audit-read.ts'
import type { CrossBlame } from './audit-subjects.ts'

// What receipts, orders and stock say against what the ledger says. In plain SQL, because the book knows no feature.

export const query = async (
  connection: Pool | PoolConnection,
  sql: string,
  values: unknown[] = [],
): Promise<RowDataPacket[]> => (await connection.query<RowDataPacket[]>(sql, values))[0]

/** Entries of purchases whose receipt is gone or says otherwise, also about the points that paid a part. */
export async function checkPurchases(connection: PoolConnection, { after, upTo, books }: Range, blame: CrossBlame) {
  const rows = await query(
    connection,
    `SELECT e.member_id AS memberId, e.seq, e.delta, e.ref, p.points,
            p.amount_fen AS amountFen, p.returned_fen AS returnedFen, p.paid
       FROM points_entries e
       LEFT JOIN purchases p ON p.store_id = CAST(SUBSTRING_INDEX(e.ref, '/', 1) AS SIGNED)
        AND p.receipt_no = SUBSTRING(e.ref, LOCATE('/', e.ref) + 1)
        AND p.member_id = e.member_id AND p.entry_seq = e.seq
      WHERE e.member_id > ? AND e.member_id <= ? AND e.cause = 'purchase'
        AND (p.points IS NULL OR p.points <> e.delta OR p.paid LIKE '%"offset"%'
             OR p.paid NOT LIKE '{"couponFen":0,"storedValueFen":0,%')`,
    [after, upTo],
  )
  checkOffsets(rows, books, blame)
  checkPaid(rows, blame)
  for (const { memberId, seq, delta, points } of rows.filter((row) => row.points !== row.delta)) {
    const name = `会员 ${memberId} 第 ${seq} 笔`
    blame('purchases', points === null ? `${name}：找不到对应的小票` : `${name}：${delta} 分，小票上是 ${points} 分`)
  }
}

/** Accounts without a member, and members without an account. Returns how many members there are. */
export async function checkMembers(pool: Pool, blame: CrossBlame): Promise<number> {
  const [alone, missing, [{ known } = { known: 0 }]] = await Promise.all([
    query(
      pool,
      `SELECT a.member_id AS memberId FROM points_accounts a LEFT JOIN members m ON m.id = a.member_id
        WHERE m.id IS NULL LIMIT 100`,
    ),
    query(
      pool,
      `SELECT m.id AS memberId FROM members m LEFT JOIN points_accounts a ON a.member_id = m.id
        WHERE a.member_id IS NULL LIMIT 100`,
    ),
    query(pool, 'SELECT COUNT(*) AS known FROM members'),
  ])
  for (const { memberId } of alone) blame('members', `会员 ${memberId}：有积分账户，没有会员资料`)
  for (const { memberId } of missing) blame('members', `会员 ${memberId}：有会员资料，没有积分账户`)
  return known
}

/** Receipts that no entry stands for. */
export async function checkReceipts(pool: Pool, blame: CrossBlame) {
  const rows = await query(
    pool,
    `SELECT p.store_id AS storeId, p.receipt_no AS receiptNo
       FROM purchases p
       LEFT JOIN points_entries e ON e.member_id = p.member_id AND e.seq = p.entry_seq
        AND e.cause = 'purchase' AND e.ref = CONCAT(p.store_id, '/', p.receipt_no)
      WHERE e.seq IS NULL
      LIMIT 100`,
  )
  for (const { storeId, receiptNo } of rows) blame('purchases', `门店 ${storeId} 小票 ${receiptNo}：没有对应的流水`)
}

/** Orders against the entries that paid them and those that gave the points back. Returns how many there are. */
export async function checkOrders(connection: PoolConnection, { after, upTo, books }: Range, blame: CrossBlame) {
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
    if (paid.get(no) !== points) blame('orders', `订单 ${no}：${points} 分，流水扣了 ${paid.get(no) ?? 0} 分`)
    if (givenBack.get(no) !== back)
      blame('orders', `订单 ${no}：应退 ${back ?? 0} 分，流水退了 ${givenBack.get(no) ?? 0} 分`)
    paid.delete(no)
  }
  for (const no of paid.keys()) blame('orders', `订单 ${no}：流水扣了积分，但没有这个订单`)
  return rows.length
}

/** Items whose count of redeemed pieces is not that of their orders. Returns how many items there are. */
export async function checkStock(pool: Pool, blame: CrossBlame): Promise<number> {
  const rows = await query(
    pool,
    `SELECT s.item_id AS itemId, s.stock, s.redeemed, COALESCE(o.quantity, 0) AS ordered
       FROM mall_stock s
       LEFT JOIN (SELECT item_id, SUM(quantity) AS quantity FROM orders WHERE state <> 'cancelled' GROUP BY item_id) o
         ON o.item_id = s.item_id`,
  )
  for (const { itemId, stock, redeemed, ordered } of rows) {
    if (redeemed !== Number(ordered)) blame('stock', `商品 ${itemId}：已兑 ${redeemed} 件，订单合计 ${ordered} 件`)
    if (stock < 0) blame('stock', `商品 ${itemId}：库存 ${stock} 件`)
  }
  return rows.length
}
