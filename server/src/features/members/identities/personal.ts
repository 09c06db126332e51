import { and, inArray, isNotNull } from 'drizzle-orm'
import { keep, type PersonalPart, thenErased, thenStays, whole } from '../directory/personal-part.ts'
import { memberNo } from '../directory/words.ts'
import { lotOriginsTable, mergedMembersTable } from './tables.ts'

export const mergePersonal: PersonalPart = {
  sections: [
    whole(
      { title: '合并的档案', columns: ['会员号', '并入会员'], of: mergedMembersTable },
      async ({ db }, { memberIds }) => {
        const { memberId, intoId } = mergedMembersTable
        const rows = await db
          .select({ memberId, intoId })
          .from(mergedMembersTable)
          .where(and(inArray(memberId, memberIds), isNotNull(intoId)))
          .orderBy(memberId)
        return rows.map((row) => [memberNo(row.memberId), memberNo(row.intoId!)])
      },
    ),
  ],
  leaving: [
    keep(mergedMembersTable, 'accounting', thenErased(mergedMembersTable.memberId)),
    keep(lotOriginsTable, 'accounting', thenStays('the audit follows each lot that a merge moved')),
  ],
}
