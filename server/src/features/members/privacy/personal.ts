import { desc, eq, inArray } from 'drizzle-orm'
import { blank, keep, type PersonalPart, thenErased, when, whole } from '../directory/personal-part.ts'
import { endedTerms, leaveRequests } from './tables.ts'

export const states = { waiting: '等待生效', ending: '已注销', withdrawn: '已撤回', done: '已注销' } as const

export const leavingPersonal: PersonalPart = {
  sections: [
    whole(
      { title: '注销申请', columns: ['申请时间', '状态', '积分', '生效时间'], of: leaveRequests },
      async (reader, { memberIds }) => {
        const rows = await reader.db
          .select()
          .from(leaveRequests)
          .where(inArray(leaveRequests.memberId, memberIds))
          .orderBy(desc(leaveRequests.askedAt), desc(leaveRequests.id))
        return rows.map(({ askedAt, state, points, dueAt }) => [
          when(reader, askedAt),
          states[state],
          points,
          when(reader, dueAt),
        ])
      },
    ),
  ],
  // The request is the voucher of the entry that forfeits the points; the other terms are counted from it.
  leaving: [
    blank(
      leaveRequests,
      'accounting',
      (memberId) => eq(leaveRequests.memberId, memberId),
      () => ({ reason: '' }),
      thenErased(leaveRequests.memberId),
    ),
    keep(endedTerms, 'accounting', thenErased(endedTerms.memberId)),
  ],
}
