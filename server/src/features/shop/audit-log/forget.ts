import { clerkRef, memberRef, subjectRef } from '@pointbook/shared/references'
import { eq, inArray, or } from 'drizzle-orm'
import { auditLog } from '../../../platform/database/audit-log-table.ts'
import type { Transaction } from '../../../platform/database/pool.ts'
import { caseMembersTable } from '../../care/cases/tables.ts'
import { withoutName } from '../../members/directory/forget.ts'
import type { MemberRow } from '../../members/directory/store.ts'

/** Takes the name out of the lines about the person's cases, and of those that the person wrote. */
export async function forgetInLog(tx: Transaction, person: MemberRow): Promise<void> {
  const cases = await tx
    .select({ caseId: caseMembersTable.caseId })
    .from(caseMembersTable)
    .where(eq(caseMembersTable.memberId, person.id))
  const { id, text, detail, actor, subject } = auditLog
  const subjects = cases.map(({ caseId }) => subjectRef('case', caseId))
  const lines = await tx
    .select({ id, text, detail })
    .from(auditLog)
    .where(
      or(
        inArray(actor, [memberRef(person.id), clerkRef(person.id)]),
        subjects.length > 0 ? inArray(subject, subjects) : undefined,
      ),
    )
  for (const line of lines) {
    const kept = { text: withoutName(line.text, person), detail: withoutName(line.detail, person) }
    if (kept.text !== line.text || kept.detail !== line.detail)
      await tx.update(auditLog).set(kept).where(eq(id, line.id))
  }
}
