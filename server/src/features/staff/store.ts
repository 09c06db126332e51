import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/pool.ts'
import { prepared } from '../../platform/database/prepared.ts'
import { staff, staffStores } from './tables.ts'

export interface StaffRole {
  role: 'clerk' | 'manager'
  storeIds: number[]
}

const roleOf = prepared((db) =>
  db
    .select({ role: staff.role, storeId: staffStores.storeId })
    .from(staff)
    .leftJoin(staffStores, eq(staffStores.memberId, staff.memberId))
    .where(eq(staff.memberId, sql.placeholder('memberId')))
    .prepare(),
)

/** The member's role and stores, as they are this moment; null when they have none. */
export async function readStaffRole(db: Database, memberId: number): Promise<StaffRole | null> {
  const rows = await roleOf(db).execute({ memberId })
  if (!rows[0]) return null
  return { role: rows[0].role, storeIds: rows.flatMap(({ storeId }) => storeId ?? []) }
}
