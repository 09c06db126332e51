import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyRequest } from 'fastify'
import type { Database } from '../../../platform/database/pool.ts'
import type { ClerkCaller } from '../../../platform/http.ts'
import { memberOf } from '../../../platform/session/member-session.ts'
import type { Outside } from '../../../server.ts'
import { readStore } from '../stores/store.ts'
import { readStaffRole } from './store.ts'

/** A clerk is an active member with a staff row. Both are read on every request, so that losing either takes effect at once. */
export const clerkOf = ({ db }: Outside) => {
  const identify = memberOf(db)
  return async (request: FastifyRequest): Promise<ClerkCaller> => {
    const { memberId, familyId } = await identify(request)
    const staffRole = await readStaffRole(db, memberId)
    if (!staffRole) throw new Refusal('session.forbidden')
    const { role, storeIds, openStoreIds, active } = staffRole
    if (!active) throw new Refusal('staff.suspended')
    return { memberId, familyId, role, storeIds, openStoreIds }
  }
}

/**
 * The store at which a clerk records a return: the selling store, or for a closed one any store of the clerk, preferably
 * `preferred`. Throws as `requireStore` when there is none.
 */
export async function storeForReturns(
  db: Database,
  caller: ClerkCaller,
  storeId: number,
  preferred = 0,
): Promise<number> {
  const { openStoreIds } = caller
  if (openStoreIds.includes(storeId)) return storeId
  const here = openStoreIds.includes(preferred) ? preferred : openStoreIds[0]
  if (here !== undefined && (await readStore(db, storeId))?.open === false) return here
  throw new Refusal(caller.storeIds.includes(storeId) ? 'store.closed' : 'store.foreign')
}

/** Throws `store.foreign` when the clerk does not work at the store, open or closed. */
export function requirePost({ storeIds }: ClerkCaller, storeId: number): void {
  if (!storeIds.includes(storeId)) throw new Refusal('store.foreign')
}

/** Throws `store.foreign` when the clerk does not work at the store, `store.closed` when the store is closed. */
export function requireStore(caller: ClerkCaller, storeId: number): void {
  requirePost(caller, storeId)
  if (!caller.openStoreIds.includes(storeId)) throw new Refusal('store.closed')
}
