import { desc, inArray } from 'drizzle-orm'
import { erase, type PersonalPart, sliced } from '../../members/directory/personal-part.ts'
import { checkInsTable, streaksTable } from './tables.ts'

const { memberId, on, points } = checkInsTable

export const checkInPersonal: PersonalPart = {
  sections: [
    sliced(
      { title: '签到', columns: ['日期', '积分'], of: checkInsTable },
      async ({ db }, { memberIds }, { offset, limit }) => {
        const rows = await db
          .select({ on, points })
          .from(checkInsTable)
          .where(inArray(memberId, memberIds))
          .orderBy(desc(on), memberId)
          .limit(limit)
          .offset(offset)
        return rows.map((row) => [row.on, row.points])
      },
    ),
  ],
  leaving: [erase(streaksTable, streaksTable.memberId), erase(checkInsTable, memberId)],
}
