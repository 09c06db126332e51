import { clerkRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { asc, eq } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import { pointsAccounts } from '../../../book/tables.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readMember, requireMembership } from '../../members/directory/store.ts'
import { members } from '../../members/directory/tables.ts'
import { memberNo } from '../../members/directory/words.ts'
import { readAccount } from '../../points/ledger/store.ts'
import { changePost, inOrder, lockPost, type Post } from '../staff/posts.ts'
import { staff, staffStores } from '../staff/tables.ts'
import { readStore } from '../stores/store.ts'

/** Who works at a store, managers first, then by the time they began. */
export async function readStaffAt(db: Database, storeId: number) {
  const rows = await db
    .select({
      memberId: staff.memberId,
      nickname: members.nickname,
      avatarUrl: members.avatarUrl,
      phoneMasked: members.phoneMasked,
      role: staff.role,
      since: staff.since,
      standing: pointsAccounts.standing,
    })
    .from(staffStores)
    .innerJoin(staff, eq(staff.memberId, staffStores.memberId))
    .innerJoin(members, eq(members.id, staff.memberId))
    .leftJoin(pointsAccounts, eq(pointsAccounts.memberId, staff.memberId))
    .where(eq(staffStores.storeId, storeId))
    .orderBy(asc(staff.since), asc(staff.memberId))
  const listed = rows.map(({ standing, ...row }) => ({
    ...row,
    active: standing === 'active',
    removable: row.role === 'clerk',
  }))
  return [...listed.filter(({ role }) => role === 'manager'), ...listed.filter(({ role }) => role === 'clerk')]
}

interface Wish {
  managerId: number
  memberId: number
  storeId: number
  requestId: string
}

/** Makes a member a clerk of the store, besides the stores where they work already. */
export async function addClerk(server: Server, wish: Wish) {
  const { memberId, storeId } = wish
  await requireMembership(server.db, memberId)
  if ((await readAccount(server.db, memberId))?.standing === 'frozen') throw new Refusal('member.frozen')
  return changedOnce(server, 'staff.add', wish, (before) => ({
    after: { role: 'clerk', storeIds: inOrder([...(before?.storeIds ?? []), storeId]) },
    text: (nickname, storeName) => `任命 ${nickname} 为「${storeName}」店员`,
  }))
}

/** Ends a clerk's work at the store, and for the shop when it was their only one. */
export const removeClerk = (server: Server, wish: Wish) =>
  changedOnce(server, 'staff.remove', wish, (before) => {
    if (!before?.storeIds.includes(wish.storeId)) throw new Refusal('staff.unknown')
    const storeIds = before.storeIds.filter((id) => id !== wish.storeId)
    return {
      after: storeIds.length > 0 ? { role: 'clerk', storeIds } : null,
      text: (nickname, storeName) => `取消 ${nickname} 在「${storeName}」的职务`,
    }
  })

interface Decided {
  after: Post | null
  text(nickname: string, storeName: string): string
}

/** Changes a clerk's post once per request; the manager's own post and other managers' are the merchant's affair. */
function changedOnce(
  { db, clock }: Server,
  name: string,
  { managerId, requestId, ...wish }: Wish,
  decide: (before: Post | null) => Decided,
) {
  const { memberId, storeId } = wish
  if (memberId === managerId) throw new Refusal('staff.own')
  const at = clock.now()
  return once(db, { name, requestId, input: { managerId, ...wish }, at }, async (tx) => {
    const nickname = await nicknameOf(tx, memberId)
    const before = await lockPost(tx, memberId)
    if (before?.role === 'manager') throw new Refusal('staff.is-manager', { nickname })
    const { after, text } = decide(before)
    const store = await readStore(tx, storeId)
    const line = { actor: clerkRef(managerId), text: text(nickname, store?.name ?? ''), at }
    await changePost(tx, { memberId, before, after, ...line })
    return { done: true as const }
  })
}

const nicknameOf = async (tx: Transaction, memberId: number): Promise<string> =>
  (await readMember(tx, memberId))?.nickname ?? memberNo(memberId)
