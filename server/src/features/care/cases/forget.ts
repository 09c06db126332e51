import { eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/pool.ts'
import { withoutName } from '../../members/directory/forget.ts'
import type { MemberRow } from '../../members/directory/store.ts'
import { caseMembersTable, caseStepsTable, cases } from './tables.ts'

/** Takes the name out of the reasons and the notes of the member's cases. */
export async function forgetInCases(tx: Transaction, person: MemberRow): Promise<void> {
  const own = await tx
    .select({ caseId: caseMembersTable.caseId })
    .from(caseMembersTable)
    .where(eq(caseMembersTable.memberId, person.id))
  if (own.length === 0) return
  const ids = own.map(({ caseId }) => caseId)
  for (const { id, reason } of await tx.select().from(cases).where(inArray(cases.id, ids))) {
    const kept = withoutName(reason, person)
    if (kept !== reason) await tx.update(cases).set({ reason: kept }).where(eq(cases.id, id))
  }
  for (const { id, text } of await tx.select().from(caseStepsTable).where(inArray(caseStepsTable.caseId, ids))) {
    const kept = withoutName(text, person)
    if (kept !== text) await tx.update(caseStepsTable).set({ text: kept }).where(eq(caseStepsTable.id, id))
  }
}
