import type { Pool, PoolConnection } from 'mysql2/promise'
import type { AuditPart, BlameRow } from '../../../book/audit-part.ts'
import { query, type Range } from '../../../book/audit-read.ts'
import { receiptNoIn, storeIdIn } from '../../../platform/database/reference-sql.ts'
import { checkOffsets } from './audit-offsets.ts'
import { checkPaid } from './audit-paid.ts'

export const purchaseAudit: AuditPart = {
  id: 'purchases',
  title: '消费',
  text: '每张小票的积分与流水一致，一张小票对应一笔流水，券、储值、抵现的金额和退回的积分都对得上',
  begin: (blame) => ({
    range: (connection, range) => checkPurchases(connection, range, blame),
    end: (pool) => checkReceipts(pool, blame),
  }),
}

/** Entries of purchases whose receipt is missing or differs, also in the points that paid a part. */
async function checkPurchases(
  connection: PoolConnection,
  { after, upTo, books }: Range,
  blame: BlameRow,
): Promise<number> {
  const rows = await query(
    connection,
    `SELECT e.member_id AS memberId, e.seq, e.delta, e.ref, p.points,
            p.amount_fen AS amountFen, p.returned_fen AS returnedFen, p.paid,
            IF(p.paid LIKE '%"ownCouponFen"%', p.lines, NULL) AS lineText
       FROM points_entries e
       LEFT JOIN purchases p ON p.store_id = ${storeIdIn('e.ref')}
        AND p.receipt_no = ${receiptNoIn('e.ref')}
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
    blame(points === null ? `${name}：找不到对应的小票` : `${name}：${delta} 分，小票上是 ${points} 分`)
  }
  return books.reduce((sum, { entries }) => sum + entries.filter(({ cause }) => cause === 'purchase').length, 0)
}

/** Receipts without an entry. */
async function checkReceipts(pool: Pool, blame: BlameRow): Promise<number> {
  const rows = await query(
    pool,
    `SELECT p.store_id AS storeId, p.receipt_no AS receiptNo
       FROM purchases p
       LEFT JOIN points_entries e ON e.member_id = p.member_id AND e.seq = p.entry_seq
        AND e.cause = 'purchase' AND e.ref = CONCAT(p.store_id, '/', p.receipt_no)
      WHERE e.seq IS NULL
      LIMIT 100`,
  )
  for (const { storeId, receiptNo } of rows) blame(`门店 ${storeId} 小票 ${receiptNo}：没有对应的流水`)
  return 0
}
