import { addMs } from '@pointbook/shared/day'
import { clerkRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { ClerkCaller, Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import type { AnyApprovalKind } from '../approvals/kind.ts'
import type { ApprovalRow } from '../approvals/tables.ts'
import { decide, takeBack } from './decide.ts'
import { kindOf } from './routes.ts'
import { readApproval, readOwn, readToDecide, type Viewer } from './store.ts'
import { approvalDetail, approvalViews, barOf } from './view.ts'

const WEEK_MS = 7 * 24 * 3_600_000
const MOST = 100

/** The same at the till: clerks see what they asked for, store managers decide on the purchases of their stores. */
export function clerkDecisionRoutes(handle: Handle, server: Server, kinds: readonly AnyApprovalKind[]) {
  const { db, clock } = server

  handle('GET /clerk/approvals', async ({ caller }) => {
    const viewer = viewerOf(caller)
    const [own, toDecide] = await Promise.all([
      readOwn(db, viewer, addMs(clock.now(), -WEEK_MS), MOST),
      readToDecide(db, viewer, MOST),
    ])
    const views = await approvalViews(server, [...own, ...toDecide], viewer)
    return { own: views.slice(0, own.length), toDecide: views.slice(own.length) }
  })

  handle('GET /clerk/approvals/:approvalId', async ({ input: { approvalId }, caller }) => {
    const [row, viewer] = [await seen(approvalId, caller), viewerOf(caller)]
    return approvalDetail(server, kindOf(kinds, row), row, viewer)
  })

  handle('POST /clerk/approvals/:approvalId/decision', async ({ input: { approvalId, ...wish }, caller }) => {
    const row = await seen(approvalId, caller)
    const bar = barOf(row, viewerOf(caller))
    if (bar) throw bar
    return decide(server, kindOf(kinds, row), row, clerkRef(caller.memberId), wish)
  })

  handle('POST /clerk/approvals/:approvalId/withdrawal', ({ input: { approvalId, requestId }, caller }) =>
    takeBack(server, approvalId, clerkRef(caller.memberId), requestId),
  )

  /** Throws `approval.unknown` for what the caller neither asked for nor may decide on. */
  async function seen(approvalId: number, caller: ClerkCaller): Promise<ApprovalRow> {
    const row = await readApproval(db, approvalId)
    if (!row || barOf(row, viewerOf(caller))?.code === 'approval.unknown') throw new Refusal('approval.unknown')
    return row
  }
}

const viewerOf = ({ memberId, role, storeIds }: ClerkCaller): Viewer => ({
  ref: clerkRef(memberId),
  memberId,
  kinds: role === 'manager' ? ['purchase'] : [],
  storeIds,
})
