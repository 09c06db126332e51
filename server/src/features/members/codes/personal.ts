import { desc, inArray } from 'drizzle-orm'
import { erase, type PersonalPart, sliced, when } from '../directory/personal-part.ts'
import { memberCodeUsesTable } from './tables.ts'

const { memberId, serial, usedAt } = memberCodeUsesTable

export const codePersonal: PersonalPart = {
  sections: [
    sliced(
      { title: '出示会员码', columns: ['扫码时间'], of: memberCodeUsesTable },
      async (reader, { memberIds }, { offset, limit }) => {
        const rows = await reader.db
          .select({ usedAt })
          .from(memberCodeUsesTable)
          .where(inArray(memberId, memberIds))
          .orderBy(desc(usedAt), memberId, serial)
          .limit(limit)
          .offset(offset)
        return rows.map((row) => [when(reader, row.usedAt)])
      },
    ),
  ],
  leaving: [erase(memberCodeUsesTable, memberId)],
}
