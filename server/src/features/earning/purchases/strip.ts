import { parsePurchaseRef } from '@pointbook/shared/references'
import { and, asc, eq, gt } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import type { SoldLine } from '../../../core/purchases/returns.ts'
import type { Transaction } from '../../../platform/database/pool.ts'
import { isOneOf } from './store.ts'
import { purchasesTable } from './tables.ts'

const AT_ONCE = 200
const NAME = '已删除'

/**
 * Takes what was bought out of a member's receipts. The figures stay with the entries of the ledger that were computed from them,
 * and the category, which the rules look at. Returns how many receipts changed.
 */
export async function stripReceipts(tx: Transaction, memberId: number): Promise<number> {
  const { memberId: whose, seq, cause, kind, ref } = pointsEntries
  const bought = and(eq(whose, memberId), eq(cause, 'purchase'), eq(kind, 'earn'))
  let stripped = 0
  for (let after = 0; ; ) {
    const entries = await tx
      .select({ seq, ref })
      .from(pointsEntries)
      .where(and(bought, gt(seq, after)))
      .orderBy(asc(seq))
      .limit(AT_ONCE)
    if (entries.length === 0) return stripped
    stripped += await stripEach(tx, memberId, entries)
    after = entries.at(-1)!.seq
  }
}

async function stripEach(tx: Transaction, memberId: number, entries: readonly { ref: string }[]): Promise<number> {
  const { storeId, receiptNo, lines } = purchasesTable
  const keys = entries.map(({ ref }) => parsePurchaseRef(ref)!).map((one) => [one.storeId, one.receiptNo] as const)
  const rows = await tx
    .select({ storeId, receiptNo, lines })
    .from(purchasesTable)
    .where(and(isOneOf(storeId, receiptNo, keys), eq(purchasesTable.memberId, memberId)))
    .for('update')
  const due = rows.filter((row) => row.lines.some(({ name }) => name !== NAME))
  for (const row of due)
    await tx
      .update(purchasesTable)
      .set({ lines: row.lines.map(withoutGoods) })
      .where(and(eq(storeId, row.storeId), eq(receiptNo, row.receiptNo)))
  return due.length
}

const withoutGoods = ({ sku: _sku, brand: _brand, ...line }: SoldLine): SoldLine => ({ ...line, name: NAME })
