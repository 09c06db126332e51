import { consentPlaces, consentTitle, versionText } from '@pointbook/shared/purposes'
import { desc, eq, inArray } from 'drizzle-orm'
import { blank, type PersonalPart, thenErased, when, whole } from '../directory/personal-part.ts'
import { consents } from './tables.ts'

const { memberId, at, id } = consents

export const consentPersonal: PersonalPart = {
  sections: [
    whole(
      { title: '同意与拒绝', columns: ['时间', '用途', '回答', '协议版本', '在哪里'], of: consents },
      async (reader, { memberIds }) => {
        const rows = await reader.db
          .select()
          .from(consents)
          .where(inArray(memberId, memberIds))
          .orderBy(desc(at), desc(id))
        return rows.map((row) => [
          when(reader, row.at),
          consentTitle(row.subject),
          row.given ? '同意' : '拒绝',
          versionText(row.version),
          consentPlaces[row.place],
        ])
      },
    ),
  ],
  // The proof that the shop was allowed to do what it did.
  leaving: [
    blank(
      consents,
      'consent',
      (one) => eq(memberId, one),
      () => ({ reason: '' }),
      thenErased(memberId),
    ),
  ],
}
