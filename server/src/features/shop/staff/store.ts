import { eq } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import { gathered, oneOfKeys } from '../../../platform/database/gathered.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { stores } from '../stores/tables.ts'
import { staff, staffStores } from './tables.ts'

export interface StaffRole {
  role: 'clerk' | 'manager'
  storeIds: number[]
  openStoreIds: number[]
  /** Whether the member's own account is in order: a frozen or closed one may not work for the shop. */
  active: boolean
}

const rolesOf = gathered(
  (db) =>
    db
      .select({
        memberId: staff.memberId,
        role: staff.role,
        storeId: stores.id,
        open: stores.open,
        standing: pointsAccounts.standing,
      })
      .from(staff)
      .leftJoin(pointsAccounts, eq(pointsAccounts.memberId, staff.memberId))
      .leftJoin(staffStores, eq(staffStores.memberId, staff.memberId))
      .leftJoin(stores, eq(stores.id, staffStores.storeId))
      .where(oneOfKeys(staff.memberId))
      .prepare(),
  ({ memberId }) => memberId,
)

/** The member's present role and stores; null when they have none. */
export async function readStaffRole(db: Database, memberId: number): Promise<StaffRole | null> {
  const rows = await rolesOf(db, memberId)
  if (!rows[0]) return null
  return {
    role: rows[0].role,
    storeIds: rows.flatMap(({ storeId }) => storeId ?? []),
    openStoreIds: rows.flatMap(({ storeId, open }) => (open && storeId) || []),
    active: rows[0].standing === 'active',
  }
}
