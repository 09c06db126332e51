import type { Pool, PoolConnection } from 'mysql2/promise'
import type { AuditPart, BlameRow } from '../../../book/audit-part.ts'
import { query, type Range } from '../../../book/audit-read.ts'
import { receiptNoIn, storeIdIn } from '../../../platform/database/reference-sql.ts'

export const couponAudit: AuditPart = {
  id: 'coupons',
  title: '优惠券',
  text: '每种券的张数和金额与会员手中的券一致，用掉的券都对得上小票，没有超发',
  begin: (blame) => ({
    range: (connection, range) => checkUsed(connection, range, blame),
    end: (pool) => checkBudgets(pool, blame),
  }),
}

/** Used coupons against the receipts that name them. Returns how many coupons there are. */
async function checkUsed(connection: PoolConnection, { after, upTo }: Range, blame: BlameRow): Promise<number> {
  const rows = await query(
    connection,
    `SELECT c.member_id AS memberId, c.seq, c.state, c.saved_fen AS savedFen, c.reserved_fen AS reservedFen,
            c.used_for AS usedFor, h.granted, p.paid, p.returned_fen < p.amount_fen AS stands
       FROM coupons c
       LEFT JOIN coupon_holders h ON h.member_id = c.member_id
       LEFT JOIN purchases p ON c.used_for <> '' AND p.store_id = ${storeIdIn('c.used_for')}
        AND p.receipt_no = ${receiptNoIn('c.used_for')}
      WHERE c.member_id > ? AND c.member_id <= ?`,
    [after, upTo],
  )
  const saved = new Map<string, number>()
  const receipts = new Map<string, string>()
  for (const { memberId, seq, state, usedFor, savedFen, granted, paid, stands } of rows) {
    const name = `券 ${memberId}-${seq}`
    if (granted === null || seq > granted) blame(`${name}：编号超过已发的 ${granted ?? 0} 张`)
    if ((state === 'used') !== (usedFor !== '')) blame(`${name}：状态与小票不符`)
    if (usedFor !== '' && paid === null) blame(`${name}：没有小票 ${usedFor}`)
    // A returned purchase has cost no coupon.
    if (!stands) continue
    saved.set(usedFor, (saved.get(usedFor) ?? 0) + savedFen)
    receipts.set(usedFor, paid)
  }
  for (const [ref, fen] of saved) {
    const onReceipt = ownCouponFen(receipts.get(ref)!)
    if (onReceipt !== fen) blame(`小票 ${ref}：券减了 ${onReceipt} 分钱，用掉的券合计 ${fen} 分钱`)
  }
  return rows.length
}

/** The column may be damaged; then nothing was taken off. */
function ownCouponFen(paid: string): number {
  try {
    return JSON.parse(paid).ownCouponFen ?? 0
  } catch {
    return 0
  }
}

/** Budgets against the coupons of their kinds. Returns how many kinds there are. */
async function checkBudgets(pool: Pool, blame: BlameRow): Promise<number> {
  const rows = await query(
    pool,
    `SELECT k.id, k.name, k.pieces, k.money_fen AS moneyFen, b.granted, b.used, b.ended, b.voided,
            b.reserved_fen AS reservedFen, b.settled_fen AS settledFen,
            COALESCE(c.granted, 0) AS hasGranted, COALESCE(c.used, 0) AS hasUsed, COALESCE(c.ended, 0) AS hasEnded,
            COALESCE(c.voided, 0) AS hasVoided, COALESCE(c.reserved, 0) AS hasReserved, COALESCE(c.saved, 0) AS hasSaved
       FROM coupon_kinds k
       LEFT JOIN coupon_budgets b ON b.kind_id = k.id
       LEFT JOIN (SELECT kind_id, SUM(state <> 'passed') AS granted, SUM(state = 'used') AS used,
                         SUM(state = 'ended') AS ended, SUM(state = 'voided') AS voided,
                         SUM(IF(state = 'held', reserved_fen, 0)) AS reserved, SUM(saved_fen) AS saved
                    FROM coupons GROUP BY kind_id) c ON c.kind_id = k.id`,
  )
  for (const row of rows) {
    const name = `优惠券 ${row.id}「${row.name}」`
    const figures = [
      ['已发', row.granted, row.hasGranted],
      ['已用', row.used, row.hasUsed],
      ['已过期', row.ended, row.hasEnded],
      ['已作废', row.voided, row.hasVoided],
      ['预留', row.reservedFen, row.hasReserved],
      ['已优惠', row.settledFen, row.hasSaved],
    ] as const
    for (const [what, stated, counted] of figures)
      if (stated !== Number(counted)) blame(`${name}：${what}记 ${stated}，券上合计 ${Number(counted)}`)
    if (row.pieces !== null && row.granted > row.pieces) blame(`${name}：发了 ${row.granted} 张，最多 ${row.pieces} 张`)
  }
  return rows.length
}
