import { and, desc, eq, inArray } from 'drizzle-orm'
import { keep, type PersonalPart, thenErased, when, whole } from '../../members/directory/personal-part.ts'
import { compensatedTable, compensations } from './tables.ts'

const states = { waiting: '待发放', given: '已发放', 'left-out': '未发放' } as const

export const compensationPersonal: PersonalPart = {
  sections: [
    whole(
      { title: '补偿', columns: ['时间', '原因', '积分', '状态'], of: compensatedTable },
      async (reader, { memberIds }) => {
        const { compensationId, memberId, state } = compensatedTable
        const rows = await reader.db
          .select({ given: compensations, state })
          .from(compensations)
          .innerJoin(compensatedTable, and(eq(compensationId, compensations.id), inArray(memberId, memberIds)))
          .orderBy(desc(compensations.madeAt), desc(compensations.id))
        return rows.map(({ given, state }) => [when(reader, given.madeAt), given.reason, given.points, states[state]])
      },
    ),
  ],
  leaving: [keep(compensatedTable, 'accounting', thenErased(compensatedTable.memberId))],
}
