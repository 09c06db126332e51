import { Refusal } from '@pointbook/shared/refusals'
import type { Database } from '../../platform/database/pool.ts'
import { readPolicies } from '../policy/store.ts'
import { whyLines } from '../policy/why.ts'
import { type PurchaseRow, readAround } from './store.ts'

/** Purchases as clerk and merchant see them, with what is left to return and why they earned what they earned. */
export async function purchaseViews(db: Database, rows: readonly PurchaseRow[]) {
  const { storeNames, nicknames, entries } = await readAround(db, rows)
  const policies = await readPolicies(
    db,
    [...entries.values()].map(({ policyVersion }) => policyVersion),
  )
  return rows.map((row) => {
    const entry = entries.get(`${row.memberId}/${row.entrySeq}`)
    return {
      storeId: row.storeId,
      storeName: storeNames.get(row.storeId) ?? '',
      receiptNo: row.receiptNo,
      memberId: row.memberId,
      memberNickname: nicknames.get(row.memberId) ?? '',
      at: row.at,
      amountFen: row.amountFen,
      points: row.points,
      returnedFen: row.returnedFen,
      returnedPoints: row.returnedPoints,
      lines: row.lines.map(({ sku: _sku, brand: _brand, category = '', ...line }, index) => ({
        ...line,
        category,
        line: index,
      })),
      why: entry ? whyLines(entry.why, policies.get(entry.policyVersion)) : [],
    }
  })
}

/** The one receipt of a store; throws `receipt.unknown`. */
export async function purchaseView(db: Database, row: PurchaseRow | null) {
  if (!row) throw new Refusal('receipt.unknown')
  return (await purchaseViews(db, [row]))[0]!
}
