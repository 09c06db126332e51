import { Refusal } from '@pointbook/shared/refusals'
import { inArray } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/pool.ts'
import { type MemberRow, members } from './tables.ts'

/** Members' rows in the order of their numbers, locked until the transaction ends. */
export const lockMembers = (tx: Transaction, memberIds: readonly number[]): Promise<MemberRow[]> =>
  tx
    .select()
    .from(members)
    .where(inArray(members.id, [...memberIds]))
    .orderBy(members.id)
    .for('update')

/** A member's row, locked until the transaction ends. Throws `member.unknown`. */
export async function lockMember(tx: Transaction, memberId: number): Promise<MemberRow> {
  const [row] = await lockMembers(tx, [memberId])
  if (!row) throw new Refusal('member.unknown')
  return row
}
