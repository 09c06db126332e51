import type { ActorRef } from '@pointbook/shared/references'
import { put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type DecisionContext, move } from '../../../book/move.ts'
import { type AccountRow, account, posted } from '../../../book/tables.ts'
import { credit, type Posting } from '../../../core/ledger/points.ts'
import { accountOf, earning, entryHeader } from '../../points/ledger/moves.ts'
import { compensated } from './tables.ts'

/** Points as an apology, with the dates of points earned today; they do not count for the tier. */
export const apology = (
  before: AccountRow,
  context: DecisionContext,
  { points, reason, actor }: { points: number; reason: string; actor: ActorRef },
): Posting =>
  credit(before, entryHeader(context, 'compensation', reason, actor), {
    ...earning(context, null, points, []),
    kind: 'adjust',
  })

export interface Compensate {
  compensationId: number
  memberId: number
  points: number
  reason: string
  actor: ActorRef
}

/** Gives one member the compensation, once. Members whose membership has ended are left out. */
export const compensate = move<Compensate, { points: number }>('compensations.give', {
  member: ({ memberId }) => memberId,
  key: ({ compensationId }) => `compensation/${compensationId}`,
  touches: ({ compensationId, memberId }) => [account(memberId), row(compensated, compensationId, memberId)],
  decide(view, { compensationId, memberId, points, reason, actor }, context) {
    const before = accountOf(view, memberId)
    const mark = { compensationId, memberId }
    if (before.standing === 'cancelled')
      return { changes: [put(compensated, { ...mark, state: 'left-out' })], outcome: { points: 0 } }
    const posting = apology(before, context, { points, reason, actor })
    const event = message('points.compensated', { ...mark, points, reason }, context.now)
    return { changes: [...posted(posting), put(compensated, { ...mark, state: 'given' }), event], outcome: { points } }
  },
})
