import { inArray } from 'drizzle-orm'
import { erase, type PersonalPart, whole } from '../directory/personal-part.ts'
import { memberTags } from './tables.ts'

export const tagPersonal: PersonalPart = {
  sections: [
    whole({ title: '标签', columns: ['商家给的标签'], of: memberTags }, async ({ db }, { memberIds }) => {
      const { tag, memberId } = memberTags
      const rows = await db.select({ tag }).from(memberTags).where(inArray(memberId, memberIds)).orderBy(tag)
      return rows.map((row) => [row.tag])
    }),
  ],
  leaving: [erase(memberTags, memberTags.memberId)],
}
