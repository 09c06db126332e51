import type { RowDataPacket } from 'mysql2/promise'
import type { BlameRow } from '../../../book/audit-part.ts'

const MOST_FEN = 10_000_000_00

/** Receipts whose coupon or stored value is no whole number of fen within what the contract admits. */
export function checkPaid(receipts: readonly RowDataPacket[], blame: BlameRow) {
  for (const { memberId, ref, paid } of receipts) {
    if (paid === null) continue
    const { couponFen, storedValueFen } = legible(paid)
    if (!isAmount(couponFen)) blame(`会员 ${memberId} 小票 ${ref}：券的金额不对`)
    if (!isAmount(storedValueFen)) blame(`会员 ${memberId} 小票 ${ref}：储值的金额不对`)
  }
}

const isAmount = (fen: unknown): boolean =>
  typeof fen === 'number' && Number.isInteger(fen) && fen >= 0 && fen <= MOST_FEN

/** The column may be damaged; then it has no amount. */
function legible(paid: string): { couponFen?: unknown; storedValueFen?: unknown } {
  try {
    return JSON.parse(paid) ?? {}
  } catch {
    return {}
  }
}
