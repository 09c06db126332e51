import { desc, eq, inArray } from 'drizzle-orm'
import { blank, type PersonalPart, thenStays, when, whole } from '../directory/personal-part.ts'
import { cards } from './tables.ts'

const states = { blank: '未发出', active: '使用中', lost: '已挂失', replaced: '已换发' } as const

export const cardPersonal: PersonalPart = {
  sections: [
    whole(
      { title: '会员卡', columns: ['卡号', '状态', '发卡时间', '停用时间'], of: cards },
      async (reader, subject) => {
        const rows = await reader.db
          .select()
          .from(cards)
          .where(inArray(cards.memberId, subject.memberIds))
          .orderBy(desc(cards.issuedAt), cards.cardNo)
        return rows.map(({ cardNo, state, issuedAt, endedAt }) => [
          cardNo,
          states[state],
          when(reader, issuedAt),
          when(reader, endedAt),
        ])
      },
    ),
  ],
  // The card stays in its batch as one that is no longer valid; nothing ties its number to the person.
  leaving: [
    blank(
      cards,
      'accounting',
      (memberId) => eq(cards.memberId, memberId),
      () => ({ state: 'replaced' as const, memberId: null }),
      thenStays('the card has no member any more'),
    ),
  ],
}
