import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { asc, count, eq, inArray } from 'drizzle-orm'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import { type Handle, requireOwnStore } from '../../../platform/http.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import type { Server } from '../../../server.ts'
import { readMember, requireMembership } from '../../members/directory/store.ts'
import { members } from '../../members/directory/tables.ts'
import { memberNo } from '../../members/directory/words.ts'
import { stores } from '../stores/tables.ts'
import { changePost, inOrder, lockPost } from './posts.ts'
import { staff, staffStores } from './tables.ts'

const roles = { clerk: '店员', manager: '店长' } as const

/** The staff, managed by the merchant. */
export function staffRoutes(handle: Handle, { db, clock }: Server) {
  handle('GET /admin/staff', async ({ caller }) => {
    const rows = await readStaff(db)
    return { rows: rows.filter(({ storeIds }) => caller.storeIds?.some((own) => storeIds.includes(own)) ?? true) }
  })

  handle('PUT /admin/staff/:memberId', async ({ input: { memberId, role, storeIds: named, revision }, caller }) => {
    const after = { role, storeIds: inOrder(named) }
    await inTransaction(db, async (tx) => {
      const member = await readMember(tx, memberId)
      if (!member) throw new Refusal('member.unknown')
      await requireMembership(tx, memberId)
      await requireAll(tx, after.storeIds)
      const before = await lockPost(tx, memberId)
      requireOwnStore(caller, ...after.storeIds, ...(before?.storeIds ?? []))
      requireRevision(revision, before, after)
      const text = `任命 ${member.nickname} 为${roles[role]}，共 ${after.storeIds.length} 家门店`
      await changePost(tx, { memberId, before, after, actor: adminRef(caller.login), text, at: clock.now() })
    })
    return { done: true }
  })

  handle('DELETE /admin/staff/:memberId', async ({ input: { memberId }, caller }) => {
    await inTransaction(db, async (tx) => {
      const before = await lockPost(tx, memberId)
      if (!before) throw new Refusal('staff.unknown')
      requireOwnStore(caller, ...before.storeIds)
      const member = await readMember(tx, memberId)
      const text = `取消 ${member?.nickname ?? memberNo(memberId)} 的职务`
      await changePost(tx, { memberId, before, after: null, actor: adminRef(caller.login), text, at: clock.now() })
    })
    return { done: true }
  })
}

async function requireAll(tx: Transaction, storeIds: readonly number[]) {
  const [row] = await tx
    .select({ there: count() })
    .from(stores)
    .where(inArray(stores.id, [...storeIds]))
  if (row?.there !== storeIds.length) throw new Refusal('store.unknown')
}

async function readStaff(db: Database) {
  const [rows, places] = await Promise.all([
    db
      .select({
        memberId: staff.memberId,
        role: staff.role,
        since: staff.since,
        nickname: members.nickname,
        phoneMasked: members.phoneMasked,
      })
      .from(staff)
      .innerJoin(members, eq(members.id, staff.memberId))
      .orderBy(asc(staff.since), asc(staff.memberId)),
    db.select().from(staffStores).orderBy(asc(staffStores.storeId)),
  ])
  return rows.map(({ role, ...row }) => {
    const storeIds = places.filter(({ memberId }) => memberId === row.memberId).map(({ storeId }) => storeId)
    const post = { role, storeIds }
    return { ...row, ...post, memberNo: memberNo(row.memberId), revision: revisionOf(post) }
  })
}
