import { clerkRef, memberRef, subjectRef } from '@pointbook/shared/references'
import { eq, inArray, or } from 'drizzle-orm'
import { auditLog } from '../../../platform/database/audit-log-table.ts'
import { rewriteLine } from '../../../platform/database/log-seal.ts'
import type { Transaction } from '../../../platform/database/pool.ts'
import { caseMembersTable } from '../../care/cases/tables.ts'
import { withoutName } from '../../members/directory/forget.ts'
import type { MemberRow } from '../../members/directory/store.ts'

/** What stays of a line about a member who has left. */
export const FORGOTTEN = { text: '会员已注销，内容已删除', detail: '' }

/** Empties the lines about the person, and takes the name out of those about the person's cases and those that the person wrote. */
export async function forgetInLog(tx: Transaction, person: MemberRow): Promise<void> {
  const cases = await tx
    .select({ caseId: caseMembersTable.caseId })
    .from(caseMembersTable)
    .where(eq(caseMembersTable.memberId, person.id))
  const { actor, subject } = auditLog
  const own = memberRef(person.id)
  const subjects = [own, ...cases.map(({ caseId }) => subjectRef('case', caseId))]
  const lines = await tx
    .select()
    .from(auditLog)
    .where(or(inArray(actor, [own, clerkRef(person.id)]), inArray(subject, subjects)))
  for (const line of lines) {
    const named = { text: withoutName(line.text, person), detail: withoutName(line.detail, person) }
    const kept = line.subject === own ? FORGOTTEN : named
    if (kept.text !== line.text || kept.detail !== line.detail) await rewriteLine(tx, line, kept)
  }
}
