import { yuanText } from '@pointbook/shared/money'
import { and, eq } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import { brokenGifts } from '../../../core/earning/broken-gifts.ts'
import { type ReturnedLine, takeBack } from '../../../core/purchases/returns.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { readPolicy } from '../../points/policy/store.ts'
import type { PurchaseRow } from './tables.ts'

/**
 * The points that stay with the member although the rule's condition is no longer met after this return, one sentence per rule: a
 * return takes points in proportion to the money and does not apply the rules again.
 */
export async function staysTexts(
  db: Database,
  sold: PurchaseRow,
  returned: readonly ReturnedLine[],
): Promise<string[]> {
  const after = takeBack(sold.lines, returned)
  const [entry] = await db
    .select({ why: pointsEntries.why, policyVersion: pointsEntries.policyVersion })
    .from(pointsEntries)
    .where(and(eq(pointsEntries.memberId, sold.memberId), eq(pointsEntries.seq, sold.entrySeq)))
  const policy = entry && (await readPolicy(db, entry.policyVersion))
  if (!after || !policy) return []
  const { couponFen, storedValueFen, offset } = sold.paid
  const paid = { couponFen, storedValueFen, pointsFen: offset?.fen ?? 0 }
  return brokenGifts(policy.document, entry.why, paid, sold.lines, after).map(
    ({ name, neededFen, leftFen }) =>
      `「${name}」要满 ${yuanText(neededFen)}，退后剩 ${yuanText(leftFen)}，余下商品已多得的积分不收回`,
  )
}
