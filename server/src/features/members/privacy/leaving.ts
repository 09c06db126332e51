import { addDays, type Day, dayOf, type Instant, startOf, weekdayOf } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { type ActorRef, isOfKind, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import { pointsAccounts } from '../../../book/tables.ts'
import { record } from '../../../platform/audit-log.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readAccount } from '../../points/ledger/store.ts'
import { readShop } from '../../shop/settings/store.ts'
import { lockMembers } from '../directory/lock.ts'
import type { Obstacle, PersonalPart, PersonalSubject } from '../directory/personal-part.ts'
import { requireMembership } from '../directory/store.ts'
import { readGuardian, setWithdrawn } from '../guardians/store.ts'
import { identitiesOf } from '../identities/store.ts'
import { leaveRequests } from './tables.ts'

export type LeaveRequest = typeof leaveRequests.$inferSelect

// 《App 违法违规收集使用个人信息行为认定方法》第六条：更正、删除、注销的请求，15 个工作日内处理。
const WORKING_DAYS = 15
const SATURDAY = 6

/** The last day for the shop to carry a request out. Public holidays are not known here; they would only make it later. */
export function answerBy(askedAt: Instant, offsetMinutes: number): Day {
  let on = dayOf(askedAt, offsetMinutes)
  for (let left = WORKING_DAYS; left > 0; ) {
    on = addDays(on, 1)
    if (weekdayOf(on) < SATURDAY) left--
  }
  return on
}

export async function subjectOf({ db }: Server, memberId: number): Promise<PersonalSubject> {
  return { memberId, memberIds: await identitiesOf(db, memberId) }
}

/** What stands in the way of leaving now, as the features say. */
export async function obstaclesOf(
  server: Server,
  subject: PersonalSubject,
  parts: readonly PersonalPart[],
): Promise<Obstacle[]> {
  const found = await Promise.all(parts.map(({ obstacles }) => obstacles?.(server, subject) ?? []))
  return found.flat()
}

export async function readWaiting(db: Database | Transaction, memberId: number): Promise<LeaveRequest | null> {
  const [row] = await db
    .select()
    .from(leaveRequests)
    .where(and(eq(leaveRequests.memberId, memberId), eq(leaveRequests.state, 'waiting')))
  return row ?? null
}

/** The day on which a member's request to leave takes effect; null without one. */
export async function leavingOn({ db, offsetMinutes }: Server, memberId: number): Promise<Day | null> {
  const request = await readWaiting(db, memberId)
  return request && dayOf(request.dueAt, offsetMinutes)
}

/** What leaving costs a member, what stands in the way, and the request that waits. Throws `member.unknown`. */
export async function readLeaving(server: Server, memberId: number, parts: readonly PersonalPart[]) {
  const { db, offsetMinutes } = server
  const account = await readAccount(db, memberId)
  if (!account) throw new Refusal('member.unknown')
  // Not awaited within the list: when it failed there, the reads begun before it would have nobody to catch their failures.
  const subject = await subjectOf(server, memberId)
  const [{ leaveAfterDays, rejoinAfterMonths }, obstacles, request, guardian] = await Promise.all([
    readShop(db),
    obstaclesOf(server, subject, parts),
    readWaiting(db, memberId),
    readGuardian(db, memberId),
  ])
  return {
    points: account.balance,
    obstacles,
    waitingDays: leaveAfterDays,
    rejoinMonths: rejoinAfterMonths,
    request: request && {
      askedAt: request.askedAt,
      byShop: isOfKind(request.askedBy, 'admin'),
      byGuardian: Boolean(guardian?.withdrawnAt),
      dueOn: dayOf(request.dueAt, offsetMinutes),
      answerBy: answerBy(request.askedAt, offsetMinutes),
    },
  }
}

interface Asking {
  memberId: number
  /** The points that were shown. */
  points: number
  /** Why the merchant asks; '' for the member. */
  reason: string
  actor: ActorRef
  requestId: string
  /** Written in the same transaction. */
  also?(tx: Transaction): Promise<void>
}

/**
 * Records the request to leave, with an audit log line; it takes effect after the waiting time. Throws `member.unknown`,
 * `member.cancelled`, `leaving.asked`, `leaving.barred`, `leaving.changed`.
 */
export async function askToLeave(server: Server, parts: readonly PersonalPart[], asking: Asking): Promise<void> {
  const { db, clock, offsetMinutes } = server
  const { requestId, actor, also, ...wish } = asking
  const { memberId, points, reason } = wish
  const at = clock.now()
  const obstacles = await obstaclesOf(server, await subjectOf(server, memberId), parts)
  const { leaveAfterDays: waitingDays } = await readShop(db)
  await once(db, { name: 'members.leave', requestId, input: wish, at }, async (tx) => {
    // Locks the member, so that of two requests at once the second sees the first.
    await lockMembers(tx, [memberId])
    const [account] = await tx.select().from(pointsAccounts).where(eq(pointsAccounts.memberId, memberId))
    if (!account) throw new Refusal('member.unknown')
    if (account.standing === 'cancelled') throw new Refusal('member.cancelled')
    const before = await readWaiting(tx, memberId)
    if (before) throw new Refusal('leaving.asked', { day: dayOf(before.dueAt, offsetMinutes) })
    if (obstacles.length > 0)
      throw new Refusal('leaving.barred', { text: obstacles.map(({ text }) => text).join('，') })
    if (account.balance !== points) throw new Refusal('leaving.changed', { points: account.balance })
    const dueAt = startOf(addDays(dayOf(at, offsetMinutes), waitingDays), offsetMinutes)
    const row = {
      memberId,
      state: 'waiting',
      points,
      askedAt: at,
      askedBy: actor,
      reason,
      dueAt,
    } as const
    await also?.(tx)
    await tx.insert(leaveRequests).values(row)
    const text = `申请注销会员，${waitingDays} 天后生效，届时 ${group(points)} 分失效${reason && `：${reason}`}`
    await record(tx, at, { actor, action: 'member.leave', subject: memberRef(memberId), text })
    return null
  })
}

/**
 * Withdraws the request that waits, with an audit log line; without one nothing happens. Throws `member.cancelled` once the
 * membership has ended, although its data may not be erased yet. What a guardian has withdrawn, the member
 * cannot take back, with `leaving.by-guardian`; the shop can, and the guardian's consent then holds again.
 */
export async function withdraw({ db, clock }: Server, memberId: number, actor: ActorRef): Promise<void> {
  const at = clock.now()
  await inTransaction(db, async (tx) => {
    const guardian = await readGuardian(tx, memberId)
    if (guardian?.withdrawnAt && isOfKind(actor, 'member')) throw new Refusal('leaving.by-guardian')
    const [{ affectedRows }] = await tx
      .update(leaveRequests)
      .set({ state: 'withdrawn', endedAt: at })
      .where(and(eq(leaveRequests.memberId, memberId), eq(leaveRequests.state, 'waiting')))
    // Too late, also where the data are yet to be erased. A merge ends the double's account, and then the job withdraws.
    if (actor !== 'system') await requireMembership(tx, memberId)
    if (affectedRows === 0) return
    if (guardian?.withdrawnAt) await setWithdrawn(tx, memberId, null)
    const text = '撤回注销申请，会员资格保留'
    await record(tx, at, { actor, action: 'member.leave', subject: memberRef(memberId), text })
  })
}
