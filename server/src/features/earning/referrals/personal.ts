import { and, desc, eq, inArray, or } from 'drizzle-orm'
import { keep, type PersonalPart, thenErased, when, whole } from '../../members/directory/personal-part.ts'
import { members } from '../../members/directory/tables.ts'
import { maskName } from '../../members/directory/words.ts'
import { referralStates } from './record.ts'
import { referralsTable } from './tables.ts'

const { inviterId, inviteeId, madeAt } = referralsTable

export const referralPersonal: PersonalPart = {
  sections: [
    whole(
      { title: '我邀请的好友', columns: ['好友加入时间', '好友', '奖励', '我的积分'], of: referralsTable },
      async (reader, { memberIds }) => {
        const rows = await reader.db
          .select({ referral: referralsTable, nickname: members.nickname })
          .from(referralsTable)
          .innerJoin(members, eq(members.id, inviteeId))
          .where(inArray(inviterId, memberIds))
          .orderBy(desc(madeAt), inviteeId)
        return rows.map(({ referral, nickname }) => [
          when(reader, referral.madeAt),
          maskName(nickname),
          referralStates[referral.state],
          referral.points,
        ])
      },
    ),
    whole(
      { title: '邀请我的好友', columns: ['加入时间', '好友', '奖励'], of: referralsTable },
      async (reader, { memberIds }) => {
        const rows = await reader.db
          .select({ referral: referralsTable, nickname: members.nickname })
          .from(referralsTable)
          .innerJoin(members, eq(members.id, inviterId))
          .where(inArray(inviteeId, memberIds))
        return rows.map(({ referral, nickname }) => [
          when(reader, referral.madeAt),
          maskName(nickname),
          referralStates[referral.state],
        ])
      },
    ),
  ],
  async obstacles({ db }, { memberIds }) {
    const pair = or(inArray(inviterId, memberIds), inArray(inviteeId, memberIds))
    const held = await db.$count(referralsTable, and(pair, eq(referralsTable.state, 'held')))
    const text = `有 ${held} 个邀请奖励待商家审核`
    return held > 0 ? [{ text, advice: '审核之后再申请，或联系商家', page: '/member/invite/index' }] : []
  },
  // Both are named by their numbers: the friend's points and their return stand on it.
  leaving: [keep(referralsTable, 'accounting', thenErased(inviterId, inviteeId))],
}
