import { type Day, isDay, yearOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import { birthdayIn } from '../../../core/earning/conditions.ts'
import { gathered, oneOfKeys } from '../../../platform/database/gathered.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { members } from './tables.ts'

export type MemberRow = typeof members.$inferSelect

const membersOf = gathered(
  (db) => db.select().from(members).where(oneOfKeys(members.id)).prepare(),
  ({ id }) => id,
)

export async function readMember(db: Database | Transaction, memberId: number): Promise<MemberRow | null> {
  const [row] = await membersOf(db, memberId)
  return row ?? null
}

/** Throws `member.unknown`. */
export async function requireMember(db: Database, memberId: number): Promise<void> {
  if (!(await readMember(db, memberId))) throw new Refusal('member.unknown')
}

/** Throws `member.unknown`, or `member.cancelled` where the membership has ended. */
export async function requireMembership(db: Database | Transaction, memberId: number): Promise<void> {
  const { memberId: whose, standing } = pointsAccounts
  const [account] = await db.select({ standing }).from(pointsAccounts).where(eq(whose, memberId))
  if (!account) throw new Refusal('member.unknown')
  if (account.standing === 'cancelled') throw new Refusal('member.cancelled')
}

export async function findByOpenid(db: Database, openid: string): Promise<number | null> {
  const [row] = await db.select({ id: members.id }).from(members).where(eq(members.openid, openid))
  return row?.id ?? null
}

/** By the number's keyed hash, see `phoneHashOf`. */
export async function findByPhone(db: Database, phoneHash: string): Promise<number | null> {
  const [row] = await db.select({ id: members.id }).from(members).where(eq(members.phoneHash, phoneHash))
  return row?.id ?? null
}

export async function findByInviteCode(
  db: Database,
  inviteCode: string,
): Promise<{ memberId: number; nickname: string } | null> {
  const [row] = await db
    .select({ memberId: members.id, nickname: members.nickname })
    .from(members)
    .where(eq(members.inviteCode, inviteCode))
  return row ?? null
}

const FIRST_YEAR = 1900

/** The months and days of birth whose birthday falls on a day. */
function birthDaysFor(on: Day): Day[] {
  const isLeapDayToo = birthdayIn(on.slice(0, 4), '2000-02-29') === on
  const ends = new Set([on.slice(5), ...(isLeapDayToo ? ['02-29'] : [])])
  const years = Array.from({ length: yearOf(on) - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index)
  return years.flatMap((year) => [...ends].map((end) => `${year}-${end}`)).filter(isDay)
}

/** Active members whose birthday a day is, by number, after a given one. */
export function membersBornOn(db: Database, on: Day, after: number, limit: number): Promise<{ memberId: number }[]> {
  const born = inArray(members.birthday, birthDaysFor(on))
  return db
    .select({ memberId: members.id })
    .from(members)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, members.id))
    .where(and(born, gt(members.id, after), eq(pointsAccounts.standing, 'active')))
    .orderBy(asc(members.id))
    .limit(limit)
}
