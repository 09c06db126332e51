import { and, desc, eq, inArray } from 'drizzle-orm'
import {
  blank,
  keep,
  type PersonalPart,
  thenErased,
  thenRun,
  when,
  whole,
} from '../../members/directory/personal-part.ts'
import { endInCases } from './end.ts'
import { forgetInCases } from './forget.ts'
import { openCasesOf } from './store.ts'
import { caseMembersTable, caseStepsTable, cases } from './tables.ts'
import { decisionTexts } from './words.ts'

export const casePersonal: PersonalPart = {
  sections: [
    whole(
      { title: '调查', columns: ['开始时间', '调查编号', '原因', '结论', '收回积分'], of: caseMembersTable },
      async (reader, { memberIds }) => {
        const { caseId, memberId, decision, takenPoints } = caseMembersTable
        const rows = await reader.db
          .select({ opened: cases, decision, takenPoints })
          .from(caseMembersTable)
          .innerJoin(cases, eq(cases.id, caseId))
          .where(inArray(memberId, memberIds))
          .orderBy(desc(cases.openedAt), desc(cases.id))
        return rows.map(({ opened, decision, takenPoints }) => [
          when(reader, opened.openedAt),
          opened.id,
          opened.reason,
          decision === '' ? '调查中' : decisionTexts[decision],
          takenPoints,
        ])
      },
    ),
    whole(
      { title: '调查经过', columns: ['时间', '调查编号', '内容'], of: caseStepsTable },
      async (reader, { memberIds }) => {
        const { caseId, memberId, text, at, id } = caseStepsTable
        const mine = and(eq(caseMembersTable.caseId, caseId), eq(caseMembersTable.memberId, memberId))
        const rows = await reader.db
          .select({ caseId, text, at })
          .from(caseStepsTable)
          .innerJoin(caseMembersTable, mine)
          .where(inArray(caseMembersTable.memberId, memberIds))
          .orderBy(desc(at), desc(id))
        return rows.map((step) => [when(reader, step.at), step.caseId, step.text])
      },
    ),
  ],
  async obstacles({ db }, { memberIds }) {
    const running = await openCasesOf(db, memberIds)
    return running.size > 0
      ? [{ text: '账户正在核实中', advice: '核实有了结果再申请；有疑问请联系商家', page: '' }]
      : []
  },
  forget: forgetInCases,
  leaving: [
    keep(caseMembersTable, 'accounting', thenRun(endInCases)),
    blank(
      caseStepsTable,
      'accounting',
      (memberId) => eq(caseStepsTable.memberId, memberId),
      () => ({ text: '' }),
      thenErased(caseStepsTable.memberId),
    ),
  ],
}
