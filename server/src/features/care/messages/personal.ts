import { desc, inArray } from 'drizzle-orm'
import { erase, type PersonalPart, sliced, when, whole } from '../../members/directory/personal-part.ts'
import { forgetFriend } from './forget.ts'
import { inboxMessages, messageCredits } from './tables.ts'

const { memberId, at, id } = inboxMessages

export const messagePersonal: PersonalPart = {
  sections: [
    sliced(
      { title: '消息', columns: ['时间', '标题', '内容', '已读'], of: inboxMessages },
      async (reader, { memberIds }, { offset, limit }) => {
        const rows = await reader.db
          .select()
          .from(inboxMessages)
          .where(inArray(memberId, memberIds))
          .orderBy(desc(at), desc(id))
          .limit(limit)
          .offset(offset)
        return rows.map(({ title, body, read, ...message }) => [
          when(reader, message.at),
          title,
          body,
          read ? '是' : '否',
        ])
      },
    ),
    whole(
      { title: '微信提醒的授权', columns: ['消息模板', '还可发送的次数'], of: messageCredits },
      async ({ db }, { memberIds }) => {
        const rows = await db.select().from(messageCredits).where(inArray(messageCredits.memberId, memberIds))
        return rows.map(({ templateId, credits }) => [templateId, credits])
      },
    ),
  ],
  forget: forgetFriend,
  leaving: [erase(inboxMessages, memberId), erase(messageCredits, messageCredits.memberId)],
}
