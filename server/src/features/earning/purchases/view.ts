import type { Explanation } from '../../../core/ledger/points.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { explanationLines, worthTellingAtTill } from '../../points/policy/explanation.ts'
import { readPolicies } from '../../points/policy/store.ts'
import { claimText } from './claim-words.ts'
import { moneyLeft } from './extension.ts'
import type { Return, Returned } from './return.ts'
import { readAround } from './store.ts'
import type { PurchaseRow } from './tables.ts'

/** Purchases as clerk and merchant see them, with what is left to return and the explanations that `isShown` admits. */
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
      couponsFen: row.paid.ownCouponFen ?? 0,
      offset: offsetView(row),
      paidFen: moneyLeft(row, 0),
      points: row.points,
      returnedFen: row.returnedFen,
      returnedPoints: row.returnedPoints,
      lines: row.lines.map(({ sku: _sku, brand: _brand, couponFen: _couponFen, category = '', ...line }, index) => ({
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

/** For the till, whose clerk explains it to the member. */
export const purchaseView = async (db: Database, row: PurchaseRow) =>
  (await purchaseViews(db, [row], worthTellingAtTill))[0]!

/** The effects of a return, also in words; `stays` are the points that remain with the member. */
export function claimView({ seq: _seq, refundFen, ...claim }: Returned, stays: readonly string[] = []) {
  const text = [claimText(claim), ...stays].join('；')
  // A return answered by an older version only has money.
  return { ...claim, refundFen: refundFen ?? claim.amountFen, text }
}

/** The figures of the claim that the person confirmed. */
export const claimShown = ({ refundFen, points, forfeited, owed, letGo, lapsed }: NonNullable<Return['shown']>) => ({
  refundFen,
  points,
  forfeited,
  owed,
  letGo,
  lapsed,
})
