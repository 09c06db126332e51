import { actionText } from '@pointbook/shared/audit-actions'
import { memberRef } from '@pointbook/shared/references'
import { desc, eq, inArray } from 'drizzle-orm'
import { auditLog } from '../../../platform/database/audit-log-table.ts'
import { blank, type PersonalPart, sliced, sweptBy, when } from '../../members/directory/personal-part.ts'
import { FORGOTTEN, forgetInLog } from './forget.ts'

const { subject, at, id } = auditLog

export const auditLogPersonal: PersonalPart = {
  sections: [
    sliced(
      { title: '与我有关的操作记录', columns: ['时间', '操作', '内容'], of: auditLog },
      async (reader, { memberIds }, { offset, limit }) => {
        const rows = await reader.db
          .select()
          .from(auditLog)
          .where(inArray(subject, memberIds.map(memberRef)))
          .orderBy(desc(at), desc(id))
          .limit(limit)
          .offset(offset)
        return rows.map(({ action, text, ...line }) => [when(reader, line.at), actionText(action), text])
      },
    ),
  ],
  forget: forgetInLog,
  leaving: [
    blank(
      auditLog,
      'log',
      (memberId) => eq(subject, memberRef(memberId)),
      // `forget` has done it already, and sealed the lines anew.
      () => FORGOTTEN,
      sweptBy('sweep-audit-log'),
    ),
  ],
}
