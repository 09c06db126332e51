import type { ActorRef } from '@pointbook/shared/references'
import { put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type DecisionContext, move } from '../../../book/move.ts'
import { type AccountRow, account, posted } from '../../../book/tables.ts'
import { credit, type Posting } from '../../../core/ledger/points.ts'
import { standInPart } from '../../members/identities/pass-on.ts'
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
  /** The member as listed. */
  memberId: number
  /** The record that receives the points: the member's own, or the one that it was merged into. */
  heirId: number
  points: number
  reason: string
  actor: ActorRef
}

/**
 * Gives a listed member the compensation, once. Members whose membership has ended are left out. Throws `member.merged` when the
 * member was merged meanwhile.
 */
export const compensate = move<Compensate, { points: number }>('compensations.give', {
  member: ({ heirId }) => heirId,
  key: ({ compensationId, memberId, heirId }) =>
    memberId === heirId ? `compensation/${compensationId}` : `compensation/${compensationId}/${memberId}`,
  same: ({ compensationId, memberId, points, reason, actor }) => ({ compensationId, memberId, points, reason, actor }),
  touches: ({ compensationId, memberId, heirId }) => [
    account(heirId),
    row(compensated, compensationId, memberId),
    ...standInPart(memberId, heirId).touches,
  ],
  decide(view, { compensationId, memberId, heirId, points, reason, actor }, context) {
    standInPart(memberId, heirId).require(view)
    const mark = { compensationId, memberId }
    // Given before the merge, under the key of the member's own record.
    if (view.get(compensated, compensationId, memberId)?.state === 'given')
      return { changes: [], outcome: { points: 0 } }
    const before = accountOf(view, heirId)
    if (before.standing === 'cancelled')
      return { changes: [put(compensated, { ...mark, state: 'left-out' })], outcome: { points: 0 } }
    const posting = apology(before, context, { points, reason, actor })
    const event = message('points.compensated', { compensationId, memberId: heirId, points, reason }, context.now)
    return { changes: [...posted(posting), put(compensated, { ...mark, state: 'given' }), event], outcome: { points } }
  },
})
