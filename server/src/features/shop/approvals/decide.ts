import type { ActorRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { put, row } from '../../../book/changes.ts'
import { type Change, type DecisionContext, type Move, move } from '../../../book/move.ts'
import { logged } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { subjectOf } from './approvable.ts'
import type { ApprovalKind } from './kind.ts'
import { type ApprovalRow, type ApprovalState, approvals, type Figures, type Outcome } from './tables.ts'

/** A decision on an approval as the request for it found it; its member is compared again in the move. */
export interface Decision<Input> {
  approvalId: number
  approve: boolean
  reason: string
  /** The figures that the decider saw; null for a refusal. */
  figures: Figures | null
  by: ActorRef
  /** The decider and the asker by name, for the audit log. */
  byName: string
  askerName: string
  memberId: number | null
  request: Input
  /** Why the asker may not do it any more; null when they still may. */
  askerBar: string | null
  requestId: string
}

export interface Decided {
  state: ApprovalState
  outcome: string
}

interface Verdict {
  state: ApprovalState
  outcome: Outcome
  figures?: Figures
  changes?: Change[]
}

/**
 * Decides on an approval, once. Approving carries the operation out in the same move; when that is refused now, the approval ends
 * with the sentence of that refusal, and nothing else changes.
 */
export const decideOn = <Input, Done>(kind: ApprovalKind<Input, Done>): Move<Decision<Input>, Decided> =>
  move('approvals.decide', {
    member: () => 0,
    key: ({ requestId }) => `approval-decision/${requestId}`,
    same: ({ approvalId, approve, reason, by }) => [approvalId, approve, reason, by],
    touches: (decision, context) => [
      row(approvals, decision.approvalId),
      ...(decision.approve ? kind.move.touches(inputOf(kind, decision), context) : []),
    ],
    decide(view, decision, context) {
      const before = waitingOf(view, decision.approvalId)
      if (before.asker === decision.by) throw new Refusal('approval.own')
      return close(before, decision, context, judge(view, kind, before, decision, context))
    },
  })

const inputOf = <Input, Done>(kind: ApprovalKind<Input, Done>, { request, memberId, byName }: Decision<Input>) =>
  kind.approved(request, { memberId, byName })

/** Throws `approval.changed` when the effect is not what the decider saw. */
function judge<Input, Done>(
  view: View,
  kind: ApprovalKind<Input, Done>,
  before: ApprovalRow,
  decision: Decision<Input>,
  context: DecisionContext,
): Verdict {
  const { approve, memberId, askerBar } = decision
  if (!approve) return { state: 'refused', outcome: { text: '' } }
  if (before.memberId !== memberId) throw new Refusal('approval.changed')
  if (askerBar !== null) return { state: 'ended', outcome: { text: askerBar } }
  const input = inputOf(kind, decision)
  const made = attempt(() => kind.move.decide(view, input, context))
  if (made instanceof Refusal) return { state: 'ended', outcome: { text: made.text } }
  const figures = kind.figures(input, made.outcome)
  if (!isSame(figures, decision.figures)) throw new Refusal('approval.changed', { figures })
  return { state: 'approved', outcome: kind.outcome(made.outcome), figures, changes: made.changes }
}

function close<Input>(
  before: ApprovalRow,
  { by, reason, askerName, approvalId }: Decision<Input>,
  { now }: DecisionContext,
  { state, outcome, figures = before.figures, changes = [] }: Verdict,
) {
  const after: ApprovalRow = { ...before, state, figures, decider: by, decidedAt: now, reason, outcome }
  const verb = state === 'refused' ? '不同意' : '同意'
  const end = state === 'ended' ? `，但没有执行：${outcome.text}` : reason && `（${reason}）`
  const text = `${verb}${askerName}的申请：${before.title}${end}`
  const line = {
    actor: by,
    action: 'approval.decide',
    subject: subjectOf(before),
    text,
    detail: { approvalId },
  } as const
  return {
    changes: [...changes, put(approvals, after), logged(now, line)],
    outcome: { state, outcome: outcomeText(after) },
  }
}

/** What came of an approval, in a sentence: for a refusal, what the decider wrote. */
export const outcomeText = ({ state, reason, outcome }: Pick<ApprovalRow, 'state' | 'reason' | 'outcome'>): string =>
  state === 'refused' ? reason : outcome.text

export interface Withdrawal {
  approvalId: number
  by: ActorRef
  requestId: string
}

/** The asker takes back what still waits. */
export const withdraw = move<Withdrawal, Decided>('approvals.withdraw', {
  member: () => 0,
  key: ({ requestId }) => `approval-withdrawal/${requestId}`,
  touches: ({ approvalId }) => [row(approvals, approvalId)],
  decide(view, { approvalId, by }, { now }) {
    const before = waitingOf(view, approvalId)
    if (before.asker !== by) throw new Refusal('approval.not-own')
    const state = 'withdrawn'
    const text = `撤回申请：${before.title}`
    const line = {
      actor: by,
      action: 'approval.withdraw',
      subject: subjectOf(before),
      text,
      detail: { approvalId },
    } as const
    const after: ApprovalRow = { ...before, state, decider: by, decidedAt: now }
    return { changes: [put(approvals, after), logged(now, line)], outcome: { state, outcome: '' } }
  },
})

/** What was done with an approval, for a sentence. */
const verbs = { approved: '同意', refused: '拒绝', withdrawn: '撤回' } as const

/** Throws `approval.unknown`; or `approval.ended` or `approval.decided`, whose `by` is a reference. */
function waitingOf(view: View, approvalId: number): ApprovalRow {
  const approval = view.get(approvals, approvalId)
  if (!approval) throw new Refusal('approval.unknown')
  const { state, decider, outcome } = approval
  if (state === 'waiting') return approval
  if (state === 'ended') throw new Refusal('approval.ended', { text: outcome.text })
  throw new Refusal('approval.decided', { by: decider, what: verbs[state] })
}

function attempt<T>(work: () => T): T | Refusal {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const inOrder = (figures: Figures) =>
  JSON.stringify(Object.entries(figures).sort(([one], [other]) => (one < other ? -1 : 1)))

const isSame = (one: Figures, other: Figures | null): boolean => other !== null && inOrder(one) === inOrder(other)
