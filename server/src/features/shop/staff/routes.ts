import type { AuditAction } from '@pointbook/shared/audit-actions'
import { adminRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { asc, count, eq, inArray } from 'drizzle-orm'
import { differences, record } from '../../../platform/audit-log.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import { type AdminCaller, type Handle, requireOwnStore } from '../../../platform/http.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import type { Server } from '../../../server.ts'
import { readMember, requireMembership } from '../../members/directory/store.ts'
import { members } from '../../members/directory/tables.ts'
import { memberNo } from '../../members/directory/words.ts'
import { stores } from '../stores/tables.ts'
import { staff, staffStores } from './tables.ts'

const roles = { clerk: '店员', manager: '店长' } as const

/** The staff, managed by the merchant. */
export function staffRoutes(handle: Handle, { db, clock }: Server) {
  handle('GET /admin/staff', async ({ caller }) => {
    const rows = await readStaff(db)
    return { rows: rows.filter(({ storeIds }) => caller.storeIds?.some((own) => storeIds.includes(own)) ?? true) }
  })

  handle('PUT /admin/staff/:memberId', async ({ input: { memberId, role, storeIds: named, revision }, caller }) => {
    const storeIds = [...new Set(named)].sort((a, b) => a - b)
    await inTransaction(db, async (tx) => {
      const member = await readMember(tx, memberId)
      if (!member) throw new Refusal('member.unknown')
      await requireMembership(tx, memberId)
      await requireAll(tx, storeIds)
      const at = clock.now()
      const before = await lockPost(tx, memberId)
      requireOwnStore(caller, ...storeIds, ...(before?.storeIds ?? []))
      requireRevision(revision, before, { role, storeIds })
      const detail = differences({ role: null, storeIds: [], ...before }, { role, storeIds })
      if (!detail) return
      await tx.insert(staff).values({ memberId, role, since: at }).onDuplicateKeyUpdate({ set: { role } })
      await tx.delete(staffStores).where(eq(staffStores.memberId, memberId))
      await tx.insert(staffStores).values(storeIds.map((storeId) => ({ memberId, storeId })))
      const text = `任命 ${member.nickname} 为${roles[role]}，共 ${storeIds.length} 家门店`
      await record(tx, at, { ...act(caller, 'staff.give', memberId), text, detail })
    })
    return { done: true }
  })

  handle('DELETE /admin/staff/:memberId', async ({ input: { memberId }, caller }) => {
    await inTransaction(db, async (tx) => {
      const before = await lockPost(tx, memberId)
      if (!before) throw new Refusal('staff.unknown')
      requireOwnStore(caller, ...before.storeIds)
      await tx.delete(staff).where(eq(staff.memberId, memberId))
      await tx.delete(staffStores).where(eq(staffStores.memberId, memberId))
      const member = await readMember(tx, memberId)
      const text = `取消 ${member?.nickname ?? memberNo(memberId)} 的职务`
      const detail = { before, after: { role: null, storeIds: [] } }
      await record(tx, clock.now(), { ...act(caller, 'staff.take', memberId), text, detail })
    })
    return { done: true }
  })
}

const act = ({ login }: AdminCaller, action: AuditAction, memberId: number) => ({
  actor: adminRef(login),
  action,
  subject: memberRef(memberId),
})

/** A member's role and stores, locked until the transaction ends; null for members who are not staff. */
async function lockPost(tx: Transaction, memberId: number) {
  // The member's row is locked, because a staff row that is not there yet cannot be.
  await tx.select({ id: members.id }).from(members).where(eq(members.id, memberId)).for('update')
  const [first] = await tx.select({ role: staff.role }).from(staff).where(eq(staff.memberId, memberId))
  if (!first) return null
  const { storeId } = staffStores
  const places = await tx.select({ storeId }).from(staffStores).where(eq(staffStores.memberId, memberId))
  return { role: first.role, storeIds: places.map((place) => place.storeId).sort((a, b) => a - b) }
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
