import { eq } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import { newestFirst } from '../../../platform/time-order.ts'
import type { RecordPart } from '../../members/directory/record-part.ts'
import { members } from '../../members/directory/tables.ts'
import { referralsTable } from './tables.ts'

const FRIENDS = 100

export const referralStates = {
  waiting: '等待首次消费',
  held: '待审核',
  rewarded: '已奖励',
  refused: '未奖励',
  'taken-back': '奖励已收回',
} as const

export const referralRecord: RecordPart<'invitedBy' | 'invited'> = async ({ db }, { memberId }) => {
  const [invitedBy, friends] = await Promise.all([readInviter(db, memberId), readFriends(db, memberId)])
  return { invitedBy, invited: friends.map(({ state, ...friend }) => ({ ...friend, state: referralStates[state] })) }
}

async function readInviter(db: Database, memberId: number): Promise<{ memberId: number; nickname: string } | null> {
  const [row] = await db
    .select({ memberId: members.id, nickname: members.nickname })
    .from(referralsTable)
    .innerJoin(members, eq(members.id, referralsTable.inviterId))
    .where(eq(referralsTable.inviteeId, memberId))
  return row ?? null
}

const readFriends = (db: Database, memberId: number) =>
  db
    .select({
      memberId: members.id,
      nickname: members.nickname,
      state: referralsTable.state,
      at: referralsTable.madeAt,
    })
    .from(referralsTable)
    .innerJoin(members, eq(members.id, referralsTable.inviteeId))
    .where(eq(referralsTable.inviterId, memberId))
    .orderBy(...newestFirst(referralsTable.madeAt, referralsTable.inviteeId))
    .limit(FRIENDS)
