import type { Day } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, asc, eq, gt, inArray, or } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import { birthdayIn } from '../../../core/earning/conditions.ts'
import { gathered, oneOfKeys } from '../../../platform/database/gathered.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import type { Outside } from '../../../server.ts'
import { openidHashes } from './personal-data.ts'
import { type MemberRow, members } from './tables.ts'

export type { MemberRow }

type Readable = Pick<Outside, 'db' | 'keys'>

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

export async function findByOpenid({ db, keys }: Readable, openid: string): Promise<number | null> {
  const { openidHash, openidUnsealed } = members
  const [row] = await db
    .select({ id: members.id })
    .from(members)
    .where(or(inArray(openidHash, openidHashes(keys, openid)), eq(openidUnsealed, openid)))
  return row?.id ?? null
}

export async function findByPhone({ db, keys }: Readable, phone: string): Promise<number | null> {
  const [row] = await db
    .select({ id: members.id })
    .from(members)
    .where(inArray(members.phoneHash, keys.hashes(phone)))
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

/** The months and days of birth whose birthday falls on a day. */
function birthDaysFor(on: Day): string[] {
  const isLeapDayToo = birthdayIn(on.slice(0, 4), '2000-02-29') === on
  return [...new Set([on.slice(5), ...(isLeapDayToo ? ['02-29'] : [])])]
}

/** Active members whose birthday a day is, by number, after a given one. */
export function membersBornOn(db: Database, on: Day, after: number, limit: number): Promise<{ memberId: number }[]> {
  const born = inArray(members.birthMonthDay, birthDaysFor(on))
  return db
    .select({ memberId: members.id })
    .from(members)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, members.id))
    .where(and(born, gt(members.id, after), eq(pointsAccounts.standing, 'active')))
    .orderBy(asc(members.id))
    .limit(limit)
}
