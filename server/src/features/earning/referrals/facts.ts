import { addMs, type Instant } from '@pointbook/shared/day'
import { clerkRef } from '@pointbook/shared/references'
import { and, between, count, eq, sql } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import { type InvitationFacts, LONGEST_RING } from '../../../core/referrals/doubts.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { heirOf } from '../../members/identities/store.ts'
import { readStaffRole } from '../../shop/staff/store.ts'
import type { Pair } from './moves.ts'
import { readReferral } from './store.ts'
import { referralsTable } from './tables.ts'

const HOUR_MS = 3_600_000

/** The facts by which an invitation is judged suspicious. */
export async function readFacts(
  db: Database,
  { inviterId, inviteeId }: Pair,
  joinedAt: Instant,
): Promise<InvitationFacts> {
  const forebears = await readForebears(db, inviterId)
  const [heirs, friendsJoinedAt, sales] = await Promise.all([
    readHeirs(db, [inviterId, inviteeId, ...forebears]),
    readFriendsAround(db, inviterId, joinedAt),
    readSales(db, inviterId),
  ])
  return { inviterId, inviteeId, forebears, heirs, joinedAt, friendsJoinedAt, sales }
}

async function readForebears(db: Database, memberId: number): Promise<number[]> {
  const ids: number[] = []
  for (let at: number | undefined = memberId; at !== undefined && ids.length < LONGEST_RING; ) {
    at = (await readReferral(db, at))?.inviterId
    if (at !== undefined) ids.push(at)
  }
  return ids
}

const readHeirs = async (db: Database, memberIds: number[]): Promise<Map<number, number>> =>
  new Map(await Promise.all(memberIds.map(async (memberId) => [memberId, await heirOf(db, memberId)] as const)))

async function readFriendsAround(db: Database, inviterId: number, joinedAt: Instant): Promise<Instant[]> {
  const { madeAt } = referralsTable
  const around = between(madeAt, addMs(joinedAt, -HOUR_MS), addMs(joinedAt, HOUR_MS))
  const rows = await db
    .select({ madeAt })
    .from(referralsTable)
    .where(and(eq(referralsTable.inviterId, inviterId), around))
  return rows.map((row) => row.madeAt)
}

/** For an inviter who is a clerk: the friends' purchases, and how many of them the inviter recorded. */
async function readSales(db: Database, inviterId: number): Promise<InvitationFacts['sales']> {
  if (!(await readStaffRole(db, inviterId))) return { all: 0, byInviter: 0 }
  const own = eq(pointsEntries.actor, clerkRef(inviterId))
  const [row] = await db
    .select({ all: count(), byInviter: sql`COALESCE(SUM(${own}), 0)`.mapWith(Number) })
    .from(referralsTable)
    .innerJoin(pointsEntries, eq(pointsEntries.memberId, referralsTable.inviteeId))
    .where(and(eq(referralsTable.inviterId, inviterId), eq(pointsEntries.cause, 'purchase')))
  return row!
}
