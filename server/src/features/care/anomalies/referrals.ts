import { and, count, desc, eq, gte, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import { pointsAccounts } from '../../../book/tables.ts'
import { referralsTable } from '../../earning/referrals/tables.ts'
import { members } from '../../members/directory/tables.ts'
import { type Detector, latest, MOST } from './finding.ts'

const FRIENDS = 5
const SHARE_WITHOUT_PURCHASE = 0.8
const CHAINED = 2

const { inviterId, inviteeId, madeAt } = referralsTable

const idleFriends: Detector = {
  kind: 'idle-friends',
  title: '邀请来的人从不消费',
  find: async (db, { since }) => {
    const idle = sql<number>`SUM(${pointsAccounts.spendFen} <= 0)`.mapWith(Number)
    const rows = await db
      .select({ memberId: inviterId, friends: count(), idle, at: latest(madeAt) })
      .from(referralsTable)
      .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, inviteeId))
      .where(gte(madeAt, since))
      .groupBy(inviterId)
      .having(sql`COUNT(*) >= ${FRIENDS} AND ${idle} >= COUNT(*) * ${SHARE_WITHOUT_PURCHASE}`)
      .orderBy(desc(count()))
      .limit(MOST)
    return rows.map(({ friends, idle: never, ...row }) => ({
      ...row,
      text: `邀请了 ${friends} 人，其中 ${never} 人从未消费`,
    }))
  },
}

/** Several phones of one person invite one another: each friend invites the next at once. */
const chains: Detector = {
  kind: 'referral-chain',
  title: '连环邀请',
  find: async (db, { since }) => {
    const further = alias(referralsTable, 'further')
    const rows = await db
      .select({
        memberId: inviterId,
        nickname: members.nickname,
        friends: count(),
        at: latest(further.madeAt),
      })
      .from(referralsTable)
      .innerJoin(further, eq(further.inviterId, inviteeId))
      .innerJoin(members, eq(members.id, inviteeId))
      .where(and(gte(madeAt, since), sql`${further.madeAt} <= ${madeAt} + INTERVAL 1 DAY`))
      .groupBy(inviterId, members.id, members.nickname)
      .having(({ friends }) => gte(friends, CHAINED))
      .orderBy(({ friends }) => desc(friends))
      .limit(MOST)
    return rows.map(({ nickname, friends, ...row }) => ({
      ...row,
      text: `邀请来的「${nickname}」在一天之内又邀请了 ${friends} 人，可能是同一人的多台设备`,
    }))
  },
}

export const referralDetectors = [chains, idleFriends]
