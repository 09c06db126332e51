import { memberRef, type SubjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { cut } from '@pointbook/shared/text'
import { add, row, save } from '../../../book/changes.ts'
import type { Change, DecisionContext, Move } from '../../../book/move.ts'
import { logged } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import type { ApprovalKind } from './kind.ts'
import { type ApprovalRow, approvalNumbers, approvals, type Figures } from './tables.ts'

export interface Waiting {
  waiting: { approvalId: number; because: string }
}

const THE_ONE = 1

/**
 * The move of a kind for those who may need a second person: it carries the operation out, or stores it as an approval that waits.
 * It refuses what the operation itself would refuse now. Both have one key, so that a request sent again cannot do both.
 */
export function approvable<Input, Done>(kind: ApprovalKind<Input, Done>): Move<Input, Done | Waiting> {
  const { move } = kind
  const { reused } = move
  return {
    ...move,
    ...(typeof reused === 'function' && {
      reused: (first: Done | Waiting, on: string) =>
        isWaiting(first) ? new Refusal('move.key-reused') : reused(first, on),
    }),
    touches: (input, context) => [
      ...(kind.because(input, context) === null ? [] : [row(approvalNumbers, THE_ONE)]),
      ...move.touches(input, context),
    ],
    decide(view, input, context) {
      const because = kind.because(input, context)
      if (because === null) return move.decide(view, input, context)
      kind.requireWaitable?.(input)
      const { memberId } = kind.asked(input)
      const { outcome } = move.decide(view, kind.approved(input, { memberId, byName: '' }), context)
      return ask(view, kind, input, { because, figures: kind.figures(input, outcome) }, context)
    },
  } as Move<Input, Done | Waiting>
}

export const isWaiting = (outcome: unknown): outcome is Waiting =>
  typeof outcome === 'object' && outcome !== null && 'waiting' in outcome

interface Found {
  because: string
  figures: Figures
}

function ask<Input, Done>(
  view: View,
  kind: ApprovalKind<Input, Done>,
  input: Input,
  { because, figures }: Found,
  { now }: DecisionContext,
): { changes: Change[]; outcome: Waiting } {
  const before = view.get(approvalNumbers, THE_ONE)
  const approvalId = (before?.given ?? 0) + 1
  const { asker, storeId, memberId, title } = kind.asked(input)
  const approval: ApprovalRow = {
    approvalId,
    kind: kind.kind,
    state: 'waiting',
    asker,
    askedAt: now,
    storeId,
    memberId,
    title: cut(title, 200),
    because: cut(because, 100),
    request: kind.request(input) as object,
    figures,
    decider: '',
    decidedAt: null,
    reason: '',
    outcome: { text: '' },
  }
  const text = `提交审批：${title}`
  const line = {
    actor: asker,
    action: 'approval.ask',
    subject: subjectOf(approval),
    text,
    detail: { approvalId },
  } as const
  return {
    changes: [
      save(approvalNumbers, before, { one: THE_ONE, given: approvalId }),
      add(approvals, approval),
      logged(now, line),
    ],
    outcome: { waiting: { approvalId, because } },
  }
}

/** The subject of the audit log's lines about an approval. */
export const subjectOf = ({ memberId, kind }: Pick<ApprovalRow, 'memberId' | 'kind'>): SubjectRef =>
  memberId === null ? (kind === 'policy' ? 'policy' : 'settings') : memberRef(memberId)
