import { dayOf } from '@pointbook/shared/day'
import { cleanDigits } from '@pointbook/shared/digits'
import { and, count, eq, inArray, type SQL } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import type { Account } from '../../../core/ledger/points.ts'
import { isCardNo } from '../../../core/members/card-no.ts'
import { tierInForce } from '../../../core/tiers/tiers.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { newestFirst, olderThan, type TimeMark } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { readLastActs } from '../../points/ledger/last-acts.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { isInTier } from '../../points/tiers/store.ts'
import { memberTiersTable } from '../../points/tiers/tables.ts'
import type { Standing } from '../../points/tiers/view.ts'
import { cards } from '../cards/tables.ts'
import { membersMatching } from '../directory/search.ts'
import type { MemberRow } from '../directory/store.ts'
import { members } from '../directory/tables.ts'
import { memberNo } from '../directory/words.ts'
import { isMerged } from '../identities/store.ts'
import { mergedMembersTable } from '../identities/tables.ts'
import { hasTag } from '../tags/store.ts'

interface Search {
  q: string
  standing?: Account['standing'] | undefined
  tierId?: string | undefined
  tag?: string | undefined
  /** Members who joined before this one. */
  before?: TimeMark | undefined
  limit: number
}

/** The matching members, newest first, and their number. */
export async function searchMembers({ db, keys, clock, offsetMinutes }: Server, search: Search) {
  const { q, standing, tierId, tag, before, limit } = search
  const now = clock.now()
  const [today, { document: policy }] = [dayOf(now, offsetMinutes), await policyInForce(db, now)]
  const inTier = tierId === undefined ? undefined : isInTier(policy, tierId, today)
  const matches = isCardNo(cleanDigits(q)) ? hasCard(db, cleanDigits(q)) : membersMatching(keys, q)
  const where = and(
    matches,
    standing && eq(pointsAccounts.standing, standing),
    inTier,
    tag === undefined ? undefined : hasTag(db, tag),
  )
  const [memberRows, total] = await Promise.all([
    readMembers(db, and(where, olderThan(members.joinedAt, members.id, before)), limit),
    where ? countMembers(db, where) : db.$count(members),
  ])
  const acts = await readLastActs(
    db,
    memberRows.map(({ member }) => member.id),
  )
  return {
    rows: memberRows.map(({ member, account, heldTier, merged }) => ({
      ...memberView(member, { policy, account, heldTier, today }),
      lastActiveAt: acts.get(member.id) ?? null,
      merged,
    })),
    total,
  }
}

/** Members who have, or had, the card of that number. */
const hasCard = (db: Database, cardNo: string): SQL =>
  inArray(members.id, db.select({ id: cards.memberId }).from(cards).where(eq(cards.cardNo, cardNo)))

const readMembers = (db: Database, where: SQL | undefined, limit: number) =>
  db
    .select({
      member: members,
      account: pointsAccounts,
      heldTier: memberTiersTable,
      merged: isMerged,
    })
    .from(members)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, members.id))
    .leftJoin(memberTiersTable, eq(memberTiersTable.memberId, members.id))
    .leftJoin(mergedMembersTable, eq(mergedMembersTable.memberId, members.id))
    .where(where)
    .orderBy(...newestFirst(members.joinedAt, members.id))
    .limit(limit)

async function countMembers(db: Database, where: SQL): Promise<number> {
  const [row] = await db
    .select({ members: count() })
    .from(members)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, members.id))
    .leftJoin(memberTiersTable, eq(memberTiersTable.memberId, members.id))
    .where(where)
  return row!.members
}

/** A member as lists show them. */
export const memberView = (member: MemberRow, { policy, account, heldTier, today }: Standing) => ({
  memberId: member.id,
  memberNo: memberNo(member.id),
  nickname: member.nickname,
  avatarUrl: member.avatarUrl,
  phoneMasked: member.phoneMasked,
  tags: member.tags,
  tierName: tierInForce(policy, account, heldTier, today)?.name ?? '',
  balance: account.balance,
  standing: account.standing,
  joinedAt: member.joinedAt,
})
