import { and, eq, notLike } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/pool.ts'
import { ordersTable } from './tables.ts'

/** Replaces the pick-up codes of a member's orders. The figures stay with the entries that paid them. Returns how many changed. */
export async function stripOrders(tx: Transaction, memberId: number): Promise<number> {
  const { memberId: whose, entrySeq, pickupCode } = ordersTable
  const own = eq(whose, memberId)
  const rows = await tx
    .select({ entrySeq })
    .from(ordersTable)
    .where(and(own, notLike(pickupCode, `${NO_CODE}%`)))
  for (const row of rows)
    await tx
      .update(ordersTable)
      .set({ pickupCode: noCode(memberId, row.entrySeq) })
      .where(and(own, eq(entrySeq, row.entrySeq)))
  return rows.length
}

/** No pick-up code begins with it. */
const NO_CODE = '-'

/** As unique as a pick-up code must be. */
const noCode = (memberId: number, entrySeq: number) => `${NO_CODE}${memberId.toString(36)}-${entrySeq.toString(36)}`
