import { Refusal } from '@pointbook/shared/refusals'
import type { Database } from '../../platform/database/pool.ts'
import { readPolicies } from '../policy/store.ts'
import { whyLines } from '../policy/why.ts'
import type { Returned } from './moves.ts'
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

/** What a return takes back, also in words. */
export function claimView({ seq: _seq, ...claim }: Returned) {
  const { points, forfeited, owed, letGo } = claim
  const parts = [
    `收回 ${points} 分`,
    ...(forfeited > 0 ? [`其中 ${forfeited} 分此前已到期`] : []),
    ...(owed > 0 ? [`${owed} 分已被花掉，记为欠分，以后获得的积分先抵还`] : []),
    ...(letGo > 0 ? [`${letGo} 分已被花掉，按规则不再追回`] : []),
  ]
  return { ...claim, text: points === 0 ? '这次退货不涉及积分' : parts.join('，') }
}
