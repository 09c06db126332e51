import { type ActorRef, parseReference } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Server } from '../../../server.ts'
import { memberNo } from '../../members/directory/words.ts'
import { callerOf } from '../accounts/identify.ts'
import { readAdmin } from '../accounts/store.ts'
import { type Decided, decideOn, withdraw } from '../approvals/decide.ts'
import { permissionOf } from '../approvals/deciders.ts'
import type { AnyApprovalKind } from '../approvals/kind.ts'
import type { ApprovalRow, Figures } from '../approvals/tables.ts'
import { readStaffRole } from '../staff/store.ts'
import { readAround } from './store.ts'

export interface Wish {
  decision: 'approve' | 'refuse'
  reason: string
  figures?: Figures | undefined
  requestId: string
}

/** Carries a decision out. Throws `approval.decided` with the name of whoever was first. */
export async function decide(
  server: Server,
  kind: AnyApprovalKind,
  row: ApprovalRow,
  by: ActorRef,
  { decision, reason, figures, requestId }: Wish,
): Promise<Decided> {
  const approve = decision === 'approve'
  if (!approve && !reason) throw new Refusal('approval.reason-missing')
  const { personName } = await readAround(server.db, [row], [by])
  const asker = parseReference(row.asker)
  const clerkId = asker?.kind === 'clerk' ? asker.id : null
  const bar = approve ? await askerBar(server, row) : null
  const made = await naming(server, () =>
    server.book.make(decideOn(kind), {
      approvalId: row.approvalId,
      approve,
      reason,
      figures: figures ?? null,
      by,
      byName: personName(by),
      // By number: the log keeps the line after the clerk has left.
      askerName: clerkId === null ? personName(row.asker) : `店员 ${memberNo(clerkId)}`,
      memberId: row.memberId,
      request: row.request,
      askerBar: bar,
      requestId,
    }),
  )
  if (made.state === 'approved') await kind.after?.(server, row.request)
  return made
}

export const takeBack = (server: Server, approvalId: number, by: ActorRef, requestId: string): Promise<Decided> =>
  naming(server, () => server.book.make(withdraw, { approvalId, by, requestId }))

/** Why the asker could not do it any more, as a sentence; null when they could. */
async function askerBar({ db }: Server, { asker, kind, storeId }: ApprovalRow): Promise<string | null> {
  const person = parseReference(asker)
  if (person?.kind === 'clerk') {
    const post = await readStaffRole(db, person.id)
    const works = post?.active && (storeId === null || post.openStoreIds.includes(storeId))
    return works ? null : '提交的店员已被冻结，或不再在这家店任职'
  }
  const admin = person?.kind === 'admin' && person.id ? await readAdmin(db, person.id) : undefined
  const may = admin?.active && (await callerOf(db, admin)).permissions.has(permissionOf[kind])
  return may ? null : '提交的账号已停用，或不再有这项权限'
}

/** Puts the person's name into the refusal of a decision that comes too late. */
async function naming<T>({ db }: Server, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'approval.decided') throw error
    const { by, what } = error.detail as { by: ActorRef; what: string }
    const { personName } = await readAround(db, [], [by])
    throw new Refusal('approval.decided', { by: personName(by), what })
  }
}
