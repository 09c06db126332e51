import { versionText } from '@pointbook/shared/purposes'
import { eq, inArray } from 'drizzle-orm'
import { blank, type PersonalPart, thenErased, when, whole } from '../directory/personal-part.ts'
import { guardians } from './tables.ts'

const { memberId, confirmedAt } = guardians

export const guardianPersonal: PersonalPart = {
  sections: [
    whole(
      // The number is the guardian's own, so the child gets it masked.
      { title: '监护人的同意', columns: ['同意时间', '监护人手机号', '协议版本', '撤回时间'], of: guardians },
      async (reader, { memberIds }) => {
        const rows = await reader.db.select().from(guardians).where(inArray(memberId, memberIds)).orderBy(confirmedAt)
        return rows.map((row) => [
          when(reader, row.confirmedAt),
          row.phoneMasked,
          versionText(row.version),
          when(reader, row.withdrawnAt),
        ])
      },
    ),
  ],
  // That a guardian consented, and when, without who it was.
  leaving: [
    blank(
      guardians,
      'consent',
      (one) => eq(memberId, one),
      () => ({ phoneSealed: '', phoneMasked: '' }),
      thenErased(memberId),
    ),
  ],
}
