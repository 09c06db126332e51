import type { Policy } from '@pointbook/shared/contract/policy'
import { type Day, dayOf } from '@pointbook/shared/day'
import { and, count, desc, eq, lt, type SQL } from 'drizzle-orm'
import { type AccountRow, pointsAccounts } from '../../book/tables.ts'
import type { Account } from '../../core/points.ts'
import { tierOf } from '../../core/tiers.ts'
import type { House } from '../../outside.ts'
import type { Database } from '../../platform/database/pool.ts'
import { membersMatching } from '../members/search.ts'
import type { MemberRow } from '../members/store.ts'
import { members } from '../members/tables.ts'
import { memberNo } from '../members/words.ts'
import { policyInForce } from '../policy/store.ts'

interface Search {
  q: string
  standing?: Account['standing'] | undefined
  /** Members before this number. */
  before?: number | undefined
  limit: number
}

/** Members found, the newest first, and how many there are. */
export async function searchMembers({ db, env, clock, offsetMinutes }: House, { q, standing, before, limit }: Search) {
  const where = and(membersMatching(env, q), standing && eq(pointsAccounts.standing, standing))
  const [found, total, { document: policy }] = await Promise.all([
    readMembers(db, and(where, before === undefined ? undefined : lt(members.id, before)), limit),
    where ? countFound(db, where) : db.$count(members),
    policyInForce(db, clock.now()),
  ])
  const today = dayOf(clock.now(), offsetMinutes)
  return { found: found.map(({ member, account }) => memberView(member, account, policy, today)), total }
}

const readMembers = (db: Database, where: SQL | undefined, limit: number) =>
  db
    .select({ member: members, account: pointsAccounts })
    .from(members)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, members.id))
    .where(where)
    .orderBy(desc(members.id))
    .limit(limit)

async function countFound(db: Database, where: SQL): Promise<number> {
  const [found] = await db
    .select({ members: count() })
    .from(members)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, members.id))
    .where(where)
  return found!.members
}

/** A member as lists show them. */
export const memberView = (member: MemberRow, account: AccountRow, policy: Policy, today: Day) => ({
  memberId: member.id,
  memberNo: memberNo(member.id),
  nickname: member.nickname,
  avatarUrl: member.avatarUrl,
  phoneMasked: member.phoneMasked,
  tierName: tierOf(policy, account, today)?.name ?? '',
  balance: account.balance,
  standing: account.standing,
  joinedAt: member.joinedAt,
  lastActiveAt: account.lastAt,
})
