import type { Explanation } from '../../../core/ledger/points.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { explanationLines, worthTellingAtTill } from '../../points/policy/explanation.ts'
import { readPolicies } from '../../points/policy/store.ts'
import { claimText } from './claim-words.ts'
import { moneyLeft } from './extension.ts'
import type { Return, Returned } from './return.ts'
import { readAround } from './store.ts'
import type { PurchaseRow } from './tables.ts'

/** Purchases as clerk and merchant see them, with what is left to return and why they earned what they earned, as far as it is to be `told`. */
export async function purchaseViews(
  db: Database,
  rows: readonly PurchaseRow[],
  isShown: (why: Explanation) => boolean = () => true,
) {
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
      offset: offsetView(row),
      paidFen: moneyLeft(row, 0),
      points: row.points,
      returnedFen: row.returnedFen,
      returnedPoints: row.returnedPoints,
      lines: row.lines.map(({ sku: _sku, brand: _brand, category = '', ...line }, index) => ({
        ...line,
        category,
        line: index,
      })),
      why: entry ? explanationLines(entry.why.filter(isShown), policies.get(entry.policyVersion)) : [],
    }
  })
}

/** The part of a purchase that was paid with points. */
export const offsetView = ({ paid: { offset } }: PurchaseRow) => offset && { points: offset.points, fen: offset.fen }

/** For the till, which tells the member. */
export const purchaseView = async (db: Database, row: PurchaseRow) =>
  (await purchaseViews(db, [row], worthTellingAtTill))[0]!

/** What a return gives and takes back, also in words; `stays` says what remains with the member all the same. */
export function claimView({ seq: _seq, refundFen, ...claim }: Returned, stays: readonly string[] = []) {
  const text = [claimText(claim), ...stays].join('；')
  // A return that an older version has answered knew of no other way to pay than money.
  return { ...claim, refundFen: refundFen ?? claim.amountFen, text }
}

/** What whoever takes the goods back saw of the claim. */
export const claimShown = ({ refundFen, points, forfeited, owed, letGo, lapsed }: NonNullable<Return['shown']>) => ({
  refundFen,
  points,
  forfeited,
  owed,
  letGo,
  lapsed,
})
