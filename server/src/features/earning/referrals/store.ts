import { dayOf, type Instant } from '@pointbook/shared/day'
import type { PurchaseRef } from '@pointbook/shared/references'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import { movesTable, pointsEntries } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { receiptNoIn, storeIdIn } from '../../../platform/database/reference-sql.ts'
import { newestFirst, olderThan, type TimeMark } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { members } from '../../members/directory/tables.ts'
import { stores } from '../../shop/stores/tables.ts'
import { readCapsUsed } from '../events/caps.ts'
import { purchasesTable } from '../purchases/tables.ts'
import { roundKey } from './moves.ts'
import { referralsTable } from './tables.ts'
import type { ReferralReward } from './take-back.ts'

export type ReferralRow = typeof referralsTable.$inferSelect

export async function readReferral(db: Database, inviteeId: number): Promise<ReferralRow | null> {
  const [row] = await db.select().from(referralsTable).where(eq(referralsTable.inviteeId, inviteeId))
  return row ?? null
}

/** The members among these whose invitation may be rewarded. */
export async function openInvitees(db: Database, memberIds: number[]): Promise<number[]> {
  const rows = await db
    .select({ memberId: referralsTable.inviteeId })
    .from(referralsTable)
    .where(and(inArray(referralsTable.inviteeId, memberIds), inArray(referralsTable.state, ['waiting', 'taken-back'])))
  return rows.map(({ memberId }) => memberId)
}

/** The time of the friend's reward, which determines its policy. */
export async function rewardedAt(
  db: Database,
  { inviteeId, round }: Pick<ReferralRow, 'inviteeId' | 'round'>,
): Promise<Instant | null> {
  const [row] = await db
    .select({ at: movesTable.at })
    .from(movesTable)
    .where(and(eq(movesTable.memberId, inviteeId), eq(movesTable.key, roundKey('referral-invitee', round))))
  return row?.at ?? null
}

/** The purchases a member has made, oldest first, as `store/receipt`. */
export async function purchaseRefs(db: Database, memberId: number): Promise<PurchaseRef[]> {
  const rows = await db
    .select({ ref: pointsEntries.ref })
    .from(pointsEntries)
    .where(and(eq(pointsEntries.memberId, memberId), eq(pointsEntries.cause, 'purchase')))
    .orderBy(pointsEntries.seq)
  return rows.map(({ ref }) => ref as PurchaseRef)
}

/** A reward of an invitation, read from its entry. */
export async function readReward(
  server: Pick<Server, 'db' | 'offsetMinutes'>,
  { memberId, seq }: { memberId: number; seq: number },
): Promise<Pick<ReferralReward, 'memberId' | 'seq' | 'points' | 'month' | 'caps'>> {
  const [caps, [entry]] = await Promise.all([
    readCapsUsed(server, memberId, seq),
    server.db
      .select({ points: pointsEntries.delta, at: pointsEntries.at })
      .from(pointsEntries)
      .where(and(eq(pointsEntries.memberId, memberId), eq(pointsEntries.seq, seq))),
  ])
  const { points, at } = entry!
  return { memberId, seq, points, month: dayOf(at, server.offsetMinutes).slice(0, 7), caps }
}

/** Whether an entry is a reward of this invitation that has not been taken back; each round has its own rewards. */
export const standsFor = (
  { inviteeId, state, inviteeSeq, entrySeq }: Pick<ReferralRow, 'inviteeId' | 'state' | 'inviteeSeq' | 'entrySeq'>,
  memberId: number,
  seq: number,
): boolean => state !== 'taken-back' && seq === (memberId === inviteeId ? inviteeSeq : entrySeq)

/** The number and the points of a member's rewarded invitations. */
export async function sumRewards(db: Database, inviterIds: number[]): Promise<{ rewarded: number; points: number }> {
  const [row] = await db
    .select({ rewarded: sql<string>`COUNT(*)`, points: sql<string>`COALESCE(SUM(${referralsTable.points}), 0)` })
    .from(referralsTable)
    .where(and(inArray(referralsTable.inviterId, inviterIds), eq(referralsTable.state, 'rewarded')))
  return { rewarded: Number(row?.rewarded), points: Number(row?.points) }
}

export type Friend = Awaited<ReturnType<typeof readFriends>>[number]

/** The friends a member invited, the latest first. */
export const readFriends = (db: Database, inviterIds: number[], limit: number) =>
  db
    .select({
      nickname: members.nickname,
      joinedAt: members.joinedAt,
      state: referralsTable.state,
      points: referralsTable.points,
      doubts: referralsTable.doubts,
    })
    .from(referralsTable)
    .innerJoin(members, eq(members.id, referralsTable.inviteeId))
    .where(inArray(referralsTable.inviterId, inviterIds))
    .orderBy(...newestFirst(referralsTable.madeAt, referralsTable.inviteeId))
    .limit(limit)

export type HeldReferralRow = Awaited<ReturnType<typeof readHeldReferrals>>[number]

/** Held rewards, the latest friend first, older than a given one. */
export async function readHeldReferrals(db: Database, before: TimeMark | undefined, limit: number) {
  const inviters = alias(members, 'inviters')
  const shown = ({ id, nickname, avatarUrl }: typeof members | typeof inviters) => ({
    memberId: id,
    nickname,
    avatarUrl,
  })
  const { storeId, receiptNo, amountFen } = purchasesTable
  return db
    .select({
      referral: referralsTable,
      inviter: shown(inviters),
      invitee: shown(members),
      purchase: { receiptNo, amountFen },
      storeName: stores.name,
    })
    .from(referralsTable)
    .innerJoin(inviters, eq(inviters.id, referralsTable.inviterId))
    .innerJoin(members, eq(members.id, referralsTable.inviteeId))
    .leftJoin(
      purchasesTable,
      and(
        eq(storeId, sql.raw(storeIdIn('referrals.purchase_ref'))),
        eq(receiptNo, sql.raw(receiptNoIn('referrals.purchase_ref'))),
      ),
    )
    .leftJoin(stores, eq(stores.id, storeId))
    .where(and(eq(referralsTable.state, 'held'), olderThan(referralsTable.madeAt, referralsTable.inviteeId, before)))
    .orderBy(...newestFirst(referralsTable.madeAt, referralsTable.inviteeId))
    .limit(limit)
}
