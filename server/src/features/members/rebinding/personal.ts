import { desc, inArray } from 'drizzle-orm'
import { erase, type PersonalPart, when, whole } from '../directory/personal-part.ts'
import { rebindings } from './tables.ts'

const states = { waiting: '等待生效', refused: '已拒绝', ended: '已作废', done: '已生效' } as const

export const rebindingPersonal: PersonalPart = {
  sections: [
    whole(
      { title: '换绑微信的申请', columns: ['申请时间', '状态', '生效时间'], of: rebindings },
      async (reader, { memberIds }) => {
        const rows = await reader.db
          .select()
          .from(rebindings)
          .where(inArray(rebindings.memberId, memberIds))
          .orderBy(desc(rebindings.id))
        return rows.map(({ askedAt, state, dueAt }) => [when(reader, askedAt), states[state], when(reader, dueAt)])
      },
    ),
  ],
  leaving: [erase(rebindings, rebindings.memberId)],
}
