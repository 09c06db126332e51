import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { ApprovalsApi } from '@pointbook/shared/contract/shop/approvals'
import { Refusal } from '@pointbook/shared/refusals'
import type { Server } from '../../../server.ts'
import { memberNo } from '../../members/directory/words.ts'
import { outcomeText } from '../approvals/decide.ts'
import type { AnyApprovalKind } from '../approvals/kind.ts'
import type { ApprovalRow, Figures } from '../approvals/tables.ts'
import { readAround, type Viewer } from './store.ts'

type Detail = ApprovalsApi['GET /admin/approvals/:approvalId']['reply']

/** Why the viewer may not decide; null when they may. */
export function barOf({ asker, memberId, kind, storeId }: ApprovalRow, viewer: Viewer): Refusal | null {
  if (asker === viewer.ref || (memberId !== null && memberId === viewer.memberId)) return new Refusal('approval.own')
  const isInReach = viewer.storeIds === null || (storeId !== null && viewer.storeIds.includes(storeId))
  return viewer.kinds.includes(kind) && isInReach ? null : new Refusal('approval.unknown')
}

/** Approvals as lists show them. */
export async function approvalViews({ db }: Server, rows: readonly ApprovalRow[], viewer: Viewer) {
  const { personName, nickname, storeName } = await readAround(db, rows)
  return rows.map((row) => {
    const { approvalId, kind, state, title, because, askedAt, decidedAt, reason, memberId } = row
    return {
      ...{ approvalId, kind, state, title, because, askedAt, decidedAt, reason },
      askedBy: personName(row.asker),
      storeName: row.storeId === null ? '' : storeName(row.storeId),
      member: memberId === null ? null : { memberId, memberNo: memberNo(memberId), nickname: nickname(memberId) },
      decidedBy: personName(row.decider),
      outcome: outcomeText(row),
      own: row.asker === viewer.ref,
      bar: barOf(row, viewer)?.text ?? '',
    }
  })
}

/** One approval with what would happen now. */
export async function approvalDetail(
  server: Server,
  kind: AnyApprovalKind,
  row: ApprovalRow,
  viewer: Viewer,
): Promise<Detail> {
  const [view] = await approvalViews(server, [row], viewer)
  const { figures, obstacle } = await effectNow(server, kind, row)
  const facts = row.request ? await kind.facts(server, row, row.request, figures ?? row.figures) : []
  const policy = kind.kind === 'policy' && row.request ? { policy: (row.request as { policy: Policy }).policy } : {}
  return { ...view!, facts, figures, obstacle, ...policy }
}

/** What the operation would do now: its figures, or the sentence with which it would be refused. */
async function effectNow(
  { book }: Server,
  kind: AnyApprovalKind,
  { state, request, memberId }: ApprovalRow,
): Promise<{ figures: Figures | null; obstacle: string }> {
  if (state !== 'waiting') return { figures: null, obstacle: '' }
  const input = kind.approved(request, { memberId, byName: '' })
  try {
    return { figures: kind.figures(input, await book.preview(kind.move, input)), obstacle: '' }
  } catch (error) {
    if (error instanceof Refusal) return { figures: null, obstacle: error.text }
    throw error
  }
}
