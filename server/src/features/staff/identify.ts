import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Outside } from '../../outside.ts'
import type { AdminCaller, ClerkCaller } from '../../platform/http.ts'
import { adminLoginOf } from '../../platform/session/admin-session.ts'
import { memberOf } from '../../platform/session/member-session.ts'
import { readStaffRole } from './store.ts'
import { admins } from './tables.ts'

/** A clerk is a member with a staff row, read on every request: whoever is taken off the list is out at once. */
export const clerkOf = ({ db }: Outside) => {
  const identify = memberOf(db)
  return async (request: FastifyRequest): Promise<ClerkCaller> => {
    const { memberId, familyId } = await identify(request)
    const found = await readStaffRole(db, memberId)
    if (!found) throw new Refusal('session.forbidden')
    const { role, storeIds, openStoreIds } = found
    return { memberId, familyId, role, storeIds, openStoreIds }
  }
}

export const adminOf =
  ({ db }: Outside) =>
  async (request: FastifyRequest): Promise<AdminCaller> => {
    const login = await adminLoginOf(db, request)
    const [admin] = await db.select({ name: admins.name }).from(admins).where(eq(admins.login, login))
    if (!admin) throw new Refusal('session.invalid')
    return { login, name: admin.name }
  }

/** Throws `store.foreign` when the clerk does not work at the store, `store.closed` when nobody does. */
export function requireStore({ storeIds, openStoreIds }: ClerkCaller, storeId: number): void {
  if (!storeIds.includes(storeId)) throw new Refusal('store.foreign')
  if (!openStoreIds.includes(storeId)) throw new Refusal('store.closed')
}
