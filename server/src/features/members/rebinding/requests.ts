import { addMs, type Instant } from '@pointbook/shared/day'
import { memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, gte, inArray, lt } from 'drizzle-orm'
import { send } from '../../../book/events.ts'
import { record } from '../../../platform/audit-log.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import { closeSessionsOf } from '../../../platform/session/member-session.ts'
import type { Server } from '../../../server.ts'
import { emptyAllCredits } from '../../care/messages/credits.ts'
import { lockMembers } from '../directory/lock.ts'
import { openidColumns, openidHashes } from '../directory/personal-data.ts'
import { findByPhone, requireMembership } from '../directory/store.ts'
import { members } from '../directory/tables.ts'
import { heirOf, identitiesOf } from '../identities/store.ts'
import { unbindWeChats } from './binding.ts'
import { rebindings } from './tables.ts'

/** The time in which the member can refuse on the old WeChat account. */
const WAIT_MS = 3 * 86_400_000
/** For so long a WeChat account that was refused cannot ask for the same member. */
const REFUSED_MS = 30 * 86_400_000
/** A request that nobody used by then is removed, as is the trace of those that ended. */
const KEPT_MS = 60 * 86_400_000

export type Rebinding = typeof rebindings.$inferSelect

interface Asking {
  phone: string
  openid: string
  requestId: string
}

/** The waiting request of a WeChat account; null without one. */
export async function waitingOf({ db, keys }: Pick<Server, 'db' | 'keys'>, openid: string): Promise<Rebinding | null> {
  const hashes = openidHashes(keys, openid)
  const [row] = await db
    .select()
    .from(rebindings)
    .where(and(inArray(rebindings.openidHash, hashes), eq(rebindings.state, 'waiting')))
  return row ?? null
}

/** The waiting request for a member; null without one. */
export async function waitingFor(db: Database | Transaction, memberId: number): Promise<Rebinding | null> {
  const [row] = await db
    .select()
    .from(rebindings)
    .where(and(eq(rebindings.memberId, memberId), eq(rebindings.state, 'waiting')))
  return row ?? null
}

/**
 * Notes that a WeChat account which has proved a member's phone number wants to be bound, and tells the member; of two requests
 * the later one counts. Throws `rebinding.no-member`, `rebinding.refused` after a refusal, `member.cancelled`.
 */
export async function askRebinding(server: Server, { phone, openid, requestId }: Asking): Promise<Instant> {
  const { db, keys, clock } = server
  const ownerId = await findByPhone(server, phone)
  if (ownerId === null) throw new Refusal('rebinding.no-member')
  const memberId = await heirOf(db, ownerId)
  await requireMembership(db, memberId)
  const [at, { openidHash }] = [clock.now(), openidColumns(keys, openid)]
  const dueAt = addMs(at, WAIT_MS)
  await inTransaction(db, async (tx) => {
    await lockMembers(tx, [memberId])
    await requireUnrefused(tx, memberId, openidHashes(keys, openid), at)
    await endWaiting(tx, memberId)
    await tx
      .update(rebindings)
      .set({ state: 'ended' })
      .where(and(inArray(rebindings.openidHash, openidHashes(keys, openid)), eq(rebindings.state, 'waiting')))
    const row = { memberId, openidHash, state: 'waiting', requestId, askedAt: at, dueAt } as const
    await tx.insert(rebindings).values(row)
    await send(tx, 'rebinding.asked', { memberId, dueAt, requestId }, at)
    const line = { actor: 'system', action: 'member.wechat', subject: memberRef(memberId) } as const
    await record(tx, at, { ...line, text: '新的微信凭手机号申请换绑，已通知会员，三天内没有拒绝就生效' })
  })
  return dueAt
}

async function requireUnrefused(tx: Transaction, memberId: number, hashes: string[], now: Instant): Promise<void> {
  const refused = await tx.$count(
    rebindings,
    and(
      eq(rebindings.memberId, memberId),
      eq(rebindings.state, 'refused'),
      inArray(rebindings.openidHash, hashes),
      gte(rebindings.askedAt, addMs(now, -REFUSED_MS)),
    ),
  )
  if (refused > 0) throw new Refusal('rebinding.refused')
}

/** Ends the waiting request for a member, because another binding takes its place. */
export async function endWaiting(tx: Transaction, memberId: number): Promise<void> {
  await tx
    .update(rebindings)
    .set({ state: 'ended' })
    .where(and(eq(rebindings.memberId, memberId), eq(rebindings.state, 'waiting')))
}

/** Binds a WeChat account whose request is due to its member, whose other log-ins end; null when nothing is due. */
export async function bindIfDue(server: Server, openid: string): Promise<number | null> {
  const { db, keys, clock } = server
  const request = await waitingOf(server, openid)
  const at = clock.now()
  if (!request || request.dueAt > at) return null
  const memberId = await heirOf(db, request.memberId)
  await requireMembership(db, memberId)
  const identities = await identitiesOf(db, memberId)
  return inTransaction(db, async (tx) => {
    const bound = await lockMembers(tx, identities)
    // A refusal, or a second log-in, may have come first.
    const [{ affectedRows }] = await tx
      .update(rebindings)
      .set({ state: 'done' })
      .where(and(eq(rebindings.id, request.id), eq(rebindings.state, 'waiting')))
    if (affectedRows === 0) return null
    await unbindWeChats(tx, keys, bound)
    await tx.update(members).set(openidColumns(keys, openid)).where(eq(members.id, memberId))
    await emptyAllCredits(tx, memberId)
    await closeSessionsOf(tx, memberId)
    const line = { actor: memberRef(memberId), action: 'member.wechat', subject: memberRef(memberId) } as const
    await record(tx, at, { ...line, text: '换绑申请生效，绑定了新的微信，原来的登录已结束' })
    return memberId
  })
}

interface Decision {
  memberId: number
  rebindingId: number
  accept: boolean
}

/** The member's answer on the old WeChat account: refused, or bound at the next log-in. Throws `rebinding.over`. */
export async function decide({ db, clock }: Server, { memberId, rebindingId, accept }: Decision): Promise<void> {
  const at = clock.now()
  await inTransaction(db, async (tx) => {
    await lockMembers(tx, [memberId])
    const waiting = await waitingFor(tx, memberId)
    if (waiting?.id !== rebindingId) throw new Refusal('rebinding.over')
    const changes = accept ? { dueAt: at } : ({ state: 'refused' } as const)
    await tx.update(rebindings).set(changes).where(eq(rebindings.id, rebindingId))
    const line = { actor: memberRef(memberId), action: 'member.wechat', subject: memberRef(memberId) } as const
    await record(tx, at, { ...line, text: accept ? '同意新的微信马上换绑' : '拒绝了新的微信的换绑申请' })
  })
}

export async function sweepRebindings({ db, clock }: Server): Promise<number> {
  const [{ affectedRows }] = await db.delete(rebindings).where(lt(rebindings.askedAt, addMs(clock.now(), -KEPT_MS)))
  return affectedRows
}
