import type { AdminEndpoint } from '@pointbook/shared/contract/http'
import { permissionText } from '@pointbook/shared/permissions'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { pageOf } from '../../../platform/cursor.ts'
import { type AdminCaller, type Handle, requireOwnStore } from '../../../platform/http.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { permissionOf } from '../approvals/deciders.ts'
import type { AnyApprovalKind } from '../approvals/kind.ts'
import type { ApprovalRow, KindName } from '../approvals/tables.ts'
import { decide, takeBack } from './decide.ts'
import { countApprovals, readApproval, readApprovals, type Viewer } from './store.ts'
import { approvalDetail, approvalViews, barOf } from './view.ts'

/** What waits for a second person, for the accounts of the panel. */
export function decisionRoutes(handle: Handle, server: Server, kinds: readonly AnyApprovalKind[]) {
  const { db } = server

  handle('GET /admin/approvals', async ({ input: { state = 'waiting', cursor, limit = 20 }, caller }) => {
    const viewer = viewerOf(caller)
    const before = timeCursor(cursor)
    const found = await readApprovals(db, viewer, { waiting: state === 'waiting', before, limit: limit + 1 })
    const { rows, next } = pageOf(found, limit, ({ askedAt, approvalId }) =>
      timeCursorOf({ at: askedAt, id: approvalId }),
    )
    return { rows: await approvalViews(server, rows, viewer), next }
  })

  handle('GET /admin/approvals-count', ({ caller }) => countApprovals(db, viewerOf(caller)))

  handle('GET /admin/approvals/:approvalId', async ({ input: { approvalId }, caller }) => {
    const [row, viewer] = [await readApproval(db, approvalId), viewerOf(caller)]
    if (!row || barOf(row, viewer)?.code === 'approval.unknown') throw new Refusal('approval.unknown')
    return approvalDetail(server, kindOf(kinds, row), row, viewer)
  })

  handle('POST /admin/approvals/:approvalId/decision', async ({ input: { approvalId, ...wish }, caller }) => {
    const row = await readApproval(db, approvalId)
    if (!row) throw new Refusal('approval.unknown')
    requireMayDecide(row, caller)
    return decide(server, kindOf(kinds, row), row, adminRef(caller.login), wish)
  })

  handle('POST /admin/approvals/:approvalId/withdrawal', ({ input: { approvalId, requestId }, caller }) =>
    takeBack(server, approvalId, adminRef(caller.login), requestId),
  )
}

export function kindOf(kinds: readonly AnyApprovalKind[], { kind: name }: ApprovalRow): AnyApprovalKind {
  const kind = kinds.find((one) => one.kind === name)
  if (!kind) throw new Error(`no feature registers the approval kind ${name}`)
  return kind
}

function viewerOf({ login, permissions, storeIds }: AdminCaller): Viewer {
  const all = permissions.has('approvals.decide') ? (Object.keys(permissionOf) as KindName[]) : []
  const kinds = all.filter((kind) => permissions.has(permissionOf[kind]))
  return { ref: adminRef(login), memberId: null, kinds, storeIds }
}

/** Throws `approval.own`, `account.not-allowed`, `account.confined` or `account.other-store`. */
function requireMayDecide(row: ApprovalRow, caller: AdminCaller): void {
  if (row.asker === adminRef(caller.login)) throw new Refusal('approval.own')
  const permission: AdminEndpoint['permission'] = permissionOf[row.kind]
  if (!caller.permissions.has(permission))
    throw new Refusal('account.not-allowed', { permission: permissionText(permission) })
  if (caller.storeIds && row.storeId === null) throw new Refusal('account.confined')
  if (row.storeId !== null) requireOwnStore(caller, row.storeId)
}
