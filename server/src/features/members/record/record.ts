import { memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { pointsEntries, pointsLots } from '../../../book/tables.ts'
import { standing as streakStanding } from '../../../core/check-in/streaks.ts'
import { readLog } from '../../../platform/audit-log.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { newestFirst } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { messageCredits } from '../../care/messages/tables.ts'
import { readStreak } from '../../earning/check-ins/store.ts'
import { referralsTable } from '../../earning/referrals/tables.ts'
import { readLastActs } from '../../points/ledger/last-acts.ts'
import { pointsSummary } from '../../points/ledger/summary.ts'
import { entryTitle } from '../../points/ledger/words.ts'
import { readStanding } from '../../points/tiers/view.ts'
import { withNames } from '../../shop/audit-log/named-log.ts'
import { readMember } from '../directory/store.ts'
import { members } from '../directory/tables.ts'
import { isWeChat, sources } from '../directory/words.ts'
import { heirOf, identitiesOf } from '../identities/store.ts'
import { profileRevision } from '../profile/correction.ts'
import { profileOf } from '../profile/profile.ts'
import { tagsRevision } from '../tags/store.ts'
import { memberView } from './list.ts'

const FRIENDS = 100
const LOG_LINES = 50

const referralStates = {
  waiting: '等待首次消费',
  held: '待审核',
  rewarded: '已奖励',
  refused: '未奖励',
  'taken-back': '奖励已收回',
} as const

/** All that the merchant sees of one member besides the lists with pages of their own. Throws `member.unknown`. */
export async function readRecord(server: Server, memberId: number) {
  const { db, env } = server
  const [
    member,
    { policy, account, heldTier, today },
    lots,
    invitedBy,
    friends,
    streak,
    credits,
    log,
    freeze,
    merges,
    acts,
  ] = await Promise.all([
    readMember(db, memberId),
    readStanding(server, memberId),
    readLots(db, memberId),
    readInviter(db, memberId),
    readFriends(db, memberId),
    readStreak(db, memberId),
    readCredits(db, memberId),
    readLog(db, { subject: memberRef(memberId), limit: LOG_LINES }),
    readFreeze(db, memberId),
    readMerges(db, memberId),
    readLastActs(db, [memberId]),
  ])
  if (!member) throw new Refusal('member.unknown')
  const { reminderTemplateId, pickupTemplateId } = env.wechat
  return {
    ...memberView(member, { policy, account, heldTier, today, lastActiveAt: acts.get(memberId) ?? null }),
    profile: profileOf(member),
    revisions: { profile: profileRevision(member), tags: tagsRevision(member.tags) },
    wechat: isWeChat(member.openid),
    source: (sources as Record<string, string>)[member.source] ?? member.source,
    points: pointsSummary(
      account,
      lots.map(({ lot }) => lot),
      today,
    ),
    lots: lots.map(({ lot, entry }) => ({
      seq: lot.seq,
      title: entryTitle(entry.cause, entry.ref),
      points: lot.amount,
      remaining: lot.remaining,
      earnedAt: entry.at,
      usableOn: lot.usableOn,
      expiresOn: lot.expiresOn,
    })),
    invitedBy,
    invited: friends.map(({ state, ...friend }) => ({ ...friend, state: referralStates[state] })),
    streak: streakStanding(streak, today),
    lastCheckIn: streak?.lastOn ?? null,
    ...merges,
    messageCredits: { expiry: credits.get(reminderTemplateId) ?? 0, pickup: credits.get(pickupTemplateId) ?? 0 },
    frozen: account.standing === 'frozen' ? freeze : null,
    log: await withNames(db, log),
  }
}

/** The last freeze that was written down; null when the last word was another. */
async function readFreeze(db: Database, memberId: number) {
  const [line] = await withNames(
    db,
    await readLog(db, { subject: memberRef(memberId), action: 'member.standing', limit: 1 }),
  )
  const [, reason] = /^冻结账户：(.*)$/.exec(line?.text ?? '') ?? []
  return line && reason !== undefined ? { at: line.at, by: line.actorName || line.actor, reason } : null
}

/** Lots that hold points, in the order they are spent. */
const readLots = (db: Database, memberId: number) =>
  db
    .select({ lot: pointsLots, entry: { cause: pointsEntries.cause, ref: pointsEntries.ref, at: pointsEntries.at } })
    .from(pointsLots)
    .innerJoin(
      pointsEntries,
      and(eq(pointsEntries.memberId, pointsLots.memberId), eq(pointsEntries.seq, pointsLots.seq)),
    )
    .where(and(eq(pointsLots.memberId, memberId), gt(pointsLots.remaining, 0)))
    .orderBy(sql`${pointsLots.expiresOn} IS NULL`, asc(pointsLots.expiresOn), asc(pointsLots.seq))

async function readInviter(db: Database, memberId: number): Promise<{ memberId: number; nickname: string } | null> {
  const [found] = await db
    .select({ memberId: members.id, nickname: members.nickname })
    .from(referralsTable)
    .innerJoin(members, eq(members.id, referralsTable.inviterId))
    .where(eq(referralsTable.inviteeId, memberId))
  return found ?? null
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

/** Whom the member was merged into, and the doubles they took in. */
async function readMerges(db: Database, memberId: number) {
  const [heirId, [, ...doubleIds]] = await Promise.all([heirOf(db, memberId), identitiesOf(db, memberId)])
  const named = await db
    .select({ memberId: members.id, nickname: members.nickname })
    .from(members)
    .where(inArray(members.id, [heirId, ...doubleIds]))
  return {
    mergedInto: (heirId !== memberId && named.find((one) => one.memberId === heirId)) || null,
    doubles: named.filter((one) => doubleIds.includes(one.memberId)),
  }
}

async function readCredits(db: Database, memberId: number): Promise<Map<string, number>> {
  const rows = await db.select().from(messageCredits).where(eq(messageCredits.memberId, memberId))
  return new Map(rows.map(({ templateId, credits }) => [templateId, credits]))
}
