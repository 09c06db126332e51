import type { StoreManagersApi } from '@pointbook/shared/contract/shop/store-managers'
import type { FastifyInstance } from 'fastify'
import type { ClerkCaller, Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { openVisitOf, visitOf } from '../../members/codes/visits.ts'
import { asServed } from '../../members/identities/store.ts'
import { requirePost, requireStore } from '../staff/identify.ts'
import { makeAdjustment, previewAdjustment } from './adjustments.ts'
import { readStoreFigures } from './figures.ts'
import { addClerk, readStaffAt, removeClerk } from './staff.ts'

/** A store as its manager runs it on the phone. */
export function storeManagerRoutes(handle: Handle, server: Server, app: FastifyInstance) {
  const { db } = server

  handle('GET /clerk/store-figures', async ({ input: { storeId }, caller }) => {
    requirePost(caller, storeId)
    return readStoreFigures(server, storeId)
  })

  handle('GET /clerk/staff', async ({ input: { storeId }, caller }) => {
    requirePost(caller, storeId)
    return { rows: await readStaffAt(db, storeId) }
  })

  handle('POST /clerk/staff', async ({ input: { visit, storeId, requestId }, caller }) => {
    requireStore(caller, storeId)
    const memberId = visitOf(app, visit, caller.memberId)
    const wish = { managerId: caller.memberId, memberId, storeId, requestId }
    return asServed(db, memberId, () => addClerk(server, wish))
  })

  handle('POST /clerk/staff/:memberId/removal', async ({ input: { memberId, storeId, requestId }, caller }) => {
    requirePost(caller, storeId)
    return removeClerk(server, { managerId: caller.memberId, memberId, storeId, requestId })
  })

  handle('POST /clerk/adjustments/preview', async ({ input, caller }) => {
    const wish = adjustmentIn(input, caller)
    return asServed(db, wish.memberId, () => previewAdjustment(server, wish))
  })

  handle('POST /clerk/adjustments', async ({ input, caller }) => {
    const wish = adjustmentIn(input, caller)
    const { balance, reason, requestId } = input
    return asServed(db, wish.memberId, () => makeAdjustment(server, wish, { balance, reason, requestId }))
  })

  function adjustmentIn({ visit, storeId, points }: Adjusting, caller: ClerkCaller) {
    requireStore(caller, storeId)
    const { memberId, by: foundBy } = openVisitOf(app, visit, caller.memberId)
    return { managerId: caller.memberId, memberId, foundBy, storeId, points }
  }
}

type Adjusting = StoreManagersApi['POST /clerk/adjustments/preview']['input']
