import { Refusal } from '@pointbook/shared/refusals'
import { asc, count, eq, inArray } from 'drizzle-orm'
import type { House } from '../../outside.ts'
import { record } from '../../platform/audit-log.ts'
import { type Database, inTransaction, type Transaction } from '../../platform/database/pool.ts'
import type { AdminCaller, Handle } from '../../platform/http.ts'
import { readMember } from '../members/store.ts'
import { members } from '../members/tables.ts'
import { memberNo } from '../members/words.ts'
import { staff, staffStores } from '../staff/tables.ts'
import { stores } from '../stores/tables.ts'

const roles = { clerk: '店员', manager: '店长' } as const

/** Who may work at the tills, as the merchant decides it. Up here and not in staff, because it names members. */
export function staffAdminRoutes(handle: Handle, { db, clock }: House) {
  handle('GET /admin/staff', async () => ({ rows: await readStaff(db) }))

  handle('PUT /admin/staff/:memberId', async ({ input: { memberId, role, storeIds: named }, caller }) => {
    const storeIds = [...new Set(named)]
    await inTransaction(db, async (tx) => {
      const member = await readMember(tx, memberId)
      if (!member) throw new Refusal('member.unknown')
      await requireAll(tx, storeIds)
      const at = clock.now()
      await tx.insert(staff).values({ memberId, role, since: at }).onDuplicateKeyUpdate({ set: { role } })
      await tx.delete(staffStores).where(eq(staffStores.memberId, memberId))
      await tx.insert(staffStores).values(storeIds.map((storeId) => ({ memberId, storeId })))
      const text = `任命 ${member.nickname} 为${roles[role]}，共 ${storeIds.length} 家门店`
      await record(tx, at, { ...act(caller, 'staff.give', memberId), text, detail: { role, storeIds } })
    })
    return { done: true }
  })

  handle('DELETE /admin/staff/:memberId', async ({ input: { memberId }, caller }) => {
    await inTransaction(db, async (tx) => {
      const [{ affectedRows }] = await tx.delete(staff).where(eq(staff.memberId, memberId))
      if (affectedRows === 0) throw new Refusal('staff.unknown')
      await tx.delete(staffStores).where(eq(staffStores.memberId, memberId))
      const member = await readMember(tx, memberId)
      const text = `取消 ${member?.nickname ?? memberNo(memberId)} 的职务`
      await record(tx, clock.now(), { ...act(caller, 'staff.take', memberId), text })
    })
    return { done: true }
  })
}

const act = ({ login }: AdminCaller, action: string, memberId: number) => ({
  actor: `admin/${login}`,
  action,
  subject: `member/${memberId}`,
})

async function requireAll(tx: Transaction, storeIds: readonly number[]) {
  const [found] = await tx
    .select({ there: count() })
    .from(stores)
    .where(inArray(stores.id, [...storeIds]))
  if (found?.there !== storeIds.length) throw new Refusal('store.unknown')
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
  return rows.map((row) => ({
    ...row,
    memberNo: memberNo(row.memberId),
    storeIds: places.filter(({ memberId }) => memberId === row.memberId).map(({ storeId }) => storeId),
  }))
}
