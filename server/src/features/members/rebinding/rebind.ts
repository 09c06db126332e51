import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { eq, inArray } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import { record } from '../../../platform/audit-log.ts'
import { isDuplicate } from '../../../platform/database/failures.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import { closeSessionsOf } from '../../../platform/session/member-session.ts'
import type { Server } from '../../../server.ts'
import { emptyAllCredits } from '../../care/messages/credits.ts'
import { lockMembers } from '../directory/lock.ts'
import { isWeChat, openidColumns, phoneColumns } from '../directory/personal-data.ts'
import { findByPhone, requireMembership } from '../directory/store.ts'
import { members } from '../directory/tables.ts'
import { memberNo } from '../directory/words.ts'
import { heirOf, identitiesOf } from '../identities/store.ts'
import { standIn, unbindWeChats } from './binding.ts'
import { endWaiting } from './requests.ts'

interface ByHand {
  memberId: number
  reason: string
  requestId: string
  actor: ActorRef
}

/** Binds another phone number and ends the member's sessions. Throws `phone.taken` when another member has the number. */
export async function rebindPhone(server: Server, { phone, requestId, ...by }: ByHand & { phone: string }) {
  const { db, keys, clock } = server
  const { memberId, reason, actor } = by
  const at = clock.now()
  await requireMembership(db, memberId)
  const columns = phoneColumns(keys, phone)
  try {
    await once(db, { name: 'members.phone', requestId, input: { ...by, phone: columns.phoneHash }, at }, async (tx) => {
      const [before] = await lockMembers(tx, [memberId])
      await freeNumber(server, tx, phone, memberId)
      await tx.update(members).set(columns).where(eq(members.id, memberId))
      await closeSessionsOf(tx, memberId)
      await endWaiting(tx, memberId)
      const detail = { before: { phone: before!.phoneMasked }, after: { phone: columns.phoneMasked } }
      const text = `换绑手机 ${before!.phoneMasked || '无'} → ${columns.phoneMasked}：${reason}`
      await record(tx, at, { actor, action: 'member.phone', subject: memberRef(memberId), text, detail })
      return null
    })
    return { phoneMasked: columns.phoneMasked }
  } catch (error) {
    // Somebody signed up with the number at the same moment.
    const ownerId = isDuplicate(error) ? await findByPhone(server, phone) : null
    throw ownerId ? new Refusal('phone.taken', { memberNo: memberNo(ownerId) }) : error
  }
}

/** Takes a number from a double merged into the member; throws `phone.taken` when another member has it. */
async function freeNumber({ db, keys }: Server, tx: Transaction, phone: string, memberId: number): Promise<void> {
  const [owner] = await tx
    .select({ id: members.id })
    .from(members)
    .where(inArray(members.phoneHash, keys.hashes(phone)))
    .for('update')
  if (!owner || owner.id === memberId) return
  if ((await heirOf(db, owner.id)) !== memberId) throw new Refusal('phone.taken', { memberNo: memberNo(owner.id) })
  const none = { phoneHash: standIn(), phoneSealed: '', phoneMasked: '', phoneTail: '' }
  await tx.update(members).set(none).where(eq(members.id, owner.id))
}

/**
 * Unbinds every WeChat account of the member and ends their sessions. The next WeChat account that proves the phone number is
 * bound instead, see `claimByPhone`. Throws `wechat.unbound` when there is none.
 */
export async function releaseWeChat(server: Server, { requestId, ...by }: ByHand): Promise<void> {
  const { db, keys, clock } = server
  const { memberId, reason, actor } = by
  const at = clock.now()
  await requireMembership(db, memberId)
  const identities = await identitiesOf(db, memberId)
  await once(db, { name: 'members.release-wechat', requestId, input: by, at }, async (tx) => {
    if (!(await unbindWeChats(tx, keys, await lockMembers(tx, identities)))) throw new Refusal('wechat.unbound')
    await emptyAllCredits(tx, memberId)
    await closeSessionsOf(tx, memberId)
    await endWaiting(tx, memberId)
    const text = `解除微信绑定：${reason}`
    await record(tx, at, { actor, action: 'member.wechat', subject: memberRef(memberId), text })
    return null
  })
}

/**
 * Binds a WeChat account to the member with that phone number and without WeChat account; null when there is none. `also` is
 * written in the same transaction.
 */
export async function claimByPhone(
  server: Server,
  phone: string,
  openid: string,
  also?: (tx: Transaction, memberId: number) => Promise<void>,
): Promise<number | null> {
  const { db, keys, clock } = server
  const ownerId = await findByPhone(server, phone)
  if (ownerId === null) return null
  const memberId = await heirOf(db, ownerId)
  return inTransaction(db, async (tx) => {
    const [member] = await lockMembers(tx, [memberId])
    if (!member || isWeChat(keys, member)) return null
    await tx.update(members).set(openidColumns(keys, openid)).where(eq(members.id, memberId))
    await endWaiting(tx, memberId)
    const line = { actor: memberRef(memberId), action: 'member.wechat', subject: memberRef(memberId) } as const
    await also?.(tx, memberId)
    await record(tx, clock.now(), { ...line, text: '用手机号登录，绑定了新的微信' })
    return memberId
  })
}
