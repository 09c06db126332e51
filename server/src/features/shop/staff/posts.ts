import type { Instant } from '@pointbook/shared/day'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { eq } from 'drizzle-orm'
import { differences, record } from '../../../platform/audit-log.ts'
import type { Transaction } from '../../../platform/database/pool.ts'
import { members } from '../../members/directory/tables.ts'
import { staff, staffStores } from './tables.ts'

/** A member's role and the stores where they have it, in the order of their ids. */
export interface Post {
  role: 'clerk' | 'manager'
  storeIds: number[]
}

const nowhere = { role: null, storeIds: [] }

export const inOrder = (storeIds: readonly number[]): number[] => [...new Set(storeIds)].sort((a, b) => a - b)

/** A member's post, locked until the transaction ends; null for members who are not staff. */
export async function lockPost(tx: Transaction, memberId: number): Promise<Post | null> {
  // The member's row is locked, because a staff row that is not there yet cannot be.
  await tx.select({ id: members.id }).from(members).where(eq(members.id, memberId)).for('update')
  const [first] = await tx.select({ role: staff.role }).from(staff).where(eq(staff.memberId, memberId))
  if (!first) return null
  const { storeId } = staffStores
  const places = await tx.select({ storeId }).from(staffStores).where(eq(staffStores.memberId, memberId))
  return { role: first.role, storeIds: inOrder(places.map((place) => place.storeId)) }
}

export interface PostChange {
  memberId: number
  before: Post | null
  /** Null ends all work for the shop. */
  after: Post | null
  actor: ActorRef
  /** The sentence of the audit log. */
  text: string
  at: Instant
}

/** Changes a locked post, with its audit log line; nothing happens when it is so already. */
export async function changePost(tx: Transaction, { memberId, before, after, actor, text, at }: PostChange) {
  const detail = differences<Partial<Post> | typeof nowhere>(before ?? nowhere, after ?? nowhere)
  if (!detail) return
  await tx.delete(staffStores).where(eq(staffStores.memberId, memberId))
  if (after) {
    const { role, storeIds } = after
    await tx.insert(staff).values({ memberId, role, since: at }).onDuplicateKeyUpdate({ set: { role } })
    await tx.insert(staffStores).values(storeIds.map((storeId) => ({ memberId, storeId })))
  } else await tx.delete(staff).where(eq(staff.memberId, memberId))
  const action = after ? 'staff.give' : 'staff.take'
  await record(tx, at, { actor, action, subject: memberRef(memberId), text, detail })
}
