import { offsetFen } from '@pointbook/shared/offset'
import { Refusal } from '@pointbook/shared/refusals'
import { and, desc, eq, gt, lte } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { visitOf } from '../../members/codes/visits.ts'
import { asServed } from '../../members/identities/store.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { requireStore } from '../../shop/staff/identify.ts'
import { readStore } from '../../shop/stores/store.ts'
import { answerToSpend, askToSpend, isOpen, latestAsked } from './spending.ts'
import { type SpendRequest, spendRequestsTable } from './tables.ts'

/** A clerk requests to spend points of a member without scanning the member code, and the member answers on the phone. */
export function spendingRoutes(handle: Handle, { db, book, clock }: Server, app: FastifyInstance) {
  handle(
    'POST /clerk/spend-requests',
    async ({ input: { visit, storeId, draftId, points, requestId }, caller }) => {
      requireStore(caller, storeId)
      const memberId = visitOf(app, visit, caller.memberId)
      const ask = { memberId, draftId, clerkId: caller.memberId, storeId, points, requestId }
      await asServed(db, memberId, () => book.make(askToSpend, ask))
      return viewOf(await requestOf(draftId, caller.memberId))
    },
    { perMinute: 20 },
  )

  handle('GET /clerk/spend-requests/:draftId', async ({ input: { draftId }, caller }) =>
    viewOf(await requestOf(draftId, caller.memberId)),
  )

  handle('GET /me/spend-request', async ({ caller: { memberId } }) => {
    const { memberId: whose, state, endsAt, askedAt } = spendRequestsTable
    const now = clock.now()
    const [asked] = await db
      .select()
      .from(spendRequestsTable)
      .where(and(eq(whose, memberId), eq(state, 'asked'), lte(askedAt, latestAsked(now)), gt(endsAt, now)))
      .orderBy(desc(askedAt))
      .limit(1)
    if (!asked) return { request: null }
    const [store, { document }] = await Promise.all([readStore(db, asked.storeId), policyInForce(db, now)])
    const { draftId, points } = asked
    const worthFen = document.offset ? offsetFen(document.offset, points) : 0
    return { request: { draftId, storeName: store?.name ?? '', points, worthFen, secondsLeft: secondsLeft(asked) } }
  })

  handle(
    'POST /me/spend-requests/:draftId',
    ({ input: { draftId, points, worthFen, accept, requestId }, caller: { memberId } }) =>
      book.make(answerToSpend, { memberId, draftId, points, shown: { worthFen }, accept, requestId }),
  )

  async function requestOf(draftId: string, clerkId: number): Promise<SpendRequest> {
    const mine = and(eq(spendRequestsTable.draftId, draftId), eq(spendRequestsTable.clerkId, clerkId))
    const [row] = await db.select().from(spendRequestsTable).where(mine)
    if (!row) throw new Refusal('spend-request.unknown')
    return row
  }

  function viewOf(request: SpendRequest) {
    const { draftId, points, state } = request
    const left = secondsLeft(request)
    const isOver = left === 0 && (state === 'asked' || state === 'accepted')
    return { draftId, points, state: isOver ? ('over' as const) : state, secondsLeft: left }
  }

  function secondsLeft(request: SpendRequest): number {
    const now = clock.now()
    return isOpen(request, now) ? Math.ceil((Date.parse(request.endsAt) - Date.parse(now)) / 1_000) : 0
  }
}
