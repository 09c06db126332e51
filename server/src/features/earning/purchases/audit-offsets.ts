import type { RowDataPacket } from 'mysql2/promise'
import type { BlameRow } from '../../../book/audit-part.ts'
import type { PointsBook } from '../../../book/audit-totals.ts'
import type { EntryRow } from '../../../book/tables.ts'
import { backBy } from '../../../core/purchases/offset.ts'
import { netOf } from '../../../core/purchases/returns.ts'

/** Receipts against the entries that paid a part of them with points and those that gave these back. */
export function checkOffsets(receipts: readonly RowDataPacket[], books: readonly PointsBook[], blame: BlameRow) {
  const entries = books.flatMap((book) => book.entries)
  const spent = byReceipt(entries, 'offset')
  const givenBack = byReceipt(entries, 'offset-return')
  for (const { memberId, ref, amountFen, returnedFen, paid, lineText } of receipts) {
    const mark = `${memberId} ${ref}`
    const points = offsetOf(paid)
    const sum = spent.get(mark) ?? 0
    if (-sum !== points) blame(`会员 ${memberId} 小票 ${ref}：抵现 ${points} 分，流水扣了 ${-sum} 分`)
    const back = givenBack.get(mark) ?? 0
    const { netFen, backFen } = netByLines(lineText) ?? { netFen: amountFen ?? 0, backFen: returnedFen ?? 0 }
    const due = backBy(points, backFen, netFen)
    if (back !== due) blame(`会员 ${memberId} 小票 ${ref}：应退抵现 ${due} 分，流水退了 ${back} 分`)
    spent.delete(mark)
    givenBack.delete(mark)
  }
  for (const mark of new Set([...spent.keys(), ...givenBack.keys()])) {
    const [memberId, ref] = mark.split(' ')
    blame(`会员 ${memberId} 小票 ${ref}：流水里有抵现，小票上没有`)
  }
}

function byReceipt(entries: readonly EntryRow[], cause: EntryRow['cause']): Map<string, number> {
  const sums = new Map<string, number>()
  for (const entry of entries) {
    if (entry.cause !== cause) continue
    const mark = `${entry.memberId} ${entry.ref}`
    sums.set(mark, (sums.get(mark) ?? 0) + entry.delta)
  }
  return sums
}

/** Somebody may have made the column unreadable: then the points are missing from it. */
function offsetOf(paid: string | null): number {
  try {
    return JSON.parse(paid ?? '').offset?.points ?? 0
  } catch {
    return 0
  }
}

/** What own coupons left to pay of the lines, which are read only for such purchases; null where they are illegible too. */
function netByLines(lineText: string | null): ReturnType<typeof netOf> | null {
  try {
    return lineText === null ? null : netOf(JSON.parse(lineText))
  } catch {
    return null
  }
}
