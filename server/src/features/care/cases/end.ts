import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/pool.ts'
import { caseMembersTable, caseStepsTable, cases } from './tables.ts'

/** Takes a member out of the cases, and deletes those that have no other member. Returns how many the member was in. */
export async function endInCases(tx: Transaction, memberId: number): Promise<number> {
  const { caseId, memberId: whose } = caseMembersTable
  const rows = await tx.select({ caseId }).from(caseMembersTable).where(eq(whose, memberId)).for('update')
  for (const { caseId: id } of rows) {
    await tx.delete(caseMembersTable).where(and(eq(caseId, id), eq(whose, memberId)))
    const others = await tx.$count(caseMembersTable, eq(caseId, id))
    if (others > 0) continue
    await tx.delete(caseStepsTable).where(eq(caseStepsTable.caseId, id))
    await tx.delete(cases).where(eq(cases.id, id))
  }
  return rows.length
}
