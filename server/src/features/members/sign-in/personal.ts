import { and, desc, inArray, isNull } from 'drizzle-orm'
import { refreshTokens } from '../../../platform/session/tables.ts'
import { erase, type PersonalPart, when, whole } from '../directory/personal-part.ts'

const { memberId, usedAt, endsAt } = refreshTokens

export const signInPersonal: PersonalPart = {
  sections: [
    whole({ title: '登录中的设备', columns: ['登录有效到'], of: refreshTokens }, async (reader, { memberIds }) => {
      const rows = await reader.db
        .select({ endsAt })
        .from(refreshTokens)
        .where(and(inArray(memberId, memberIds), isNull(usedAt)))
        .orderBy(desc(endsAt))
      return rows.map((row) => [when(reader, row.endsAt)])
    }),
  ],
  leaving: [erase(refreshTokens, memberId)],
}
