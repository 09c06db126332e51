import { group } from '@pointbook/shared/money'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { put, row } from '../../../book/changes.ts'
import { move } from '../../../book/move.ts'
import { account, accounts, logged, lots, openLots, posted } from '../../../book/tables.ts'
import { endAll } from '../../../core/assets/changes.ts'
import type { Explanation, Posting } from '../../../core/ledger/points.ts'
import { activeAccountOf, entryHeader } from '../../points/ledger/moves.ts'
import { requestsToLeave } from './tables.ts'

export interface Leave {
  memberId: number
  leaveId: number
  actor: ActorRef
}

/**
 * Ends a membership at the member's wish: all points are forfeited by an entry of their own, and the account is cancelled. Null for
 * a request that was withdrawn meanwhile. Throws `member.frozen`, `member.cancelled`, and `leaving.barred` for a debt.
 */
export const endMembership = move<Leave, { points: number } | null>('members.leave', {
  member: ({ memberId }) => memberId,
  key: ({ leaveId }) => `leave/${leaveId}`,
  same: ({ leaveId }) => leaveId,
  touches: ({ memberId, leaveId }) => [account(memberId), openLots(memberId), row(requestsToLeave, leaveId)],
  decide(view, { memberId, leaveId, actor }, context) {
    const request = view.get(requestsToLeave, leaveId)
    if (request?.state !== 'waiting') return { changes: [], outcome: null }
    const before = { ...activeAccountOf(view, memberId), standing: 'cancelled' as const }
    if (before.debt > 0) throw new Refusal('leaving.barred', { text: debtText(before.debt) })
    const header = entryHeader(context, 'membership-end', `leave/${leaveId}`, actor)
    const posting = endAll(before, view.range(lots, memberId), header)
    const text = `会员注销，${group(before.balance)} 分同时失效`
    const line = { actor, action: 'member.leave', subject: memberRef(memberId), text } as const
    return {
      changes: [
        ...(posting ? posted(explained(posting)) : [put(accounts, before)]),
        put(requestsToLeave, { ...request, state: 'ending' as const }),
        logged(context.now, line),
      ],
      outcome: { points: before.balance },
    }
  },
})

export const debtText = (debt: number): string => `还有 ${group(debt)} 分待抵扣`

const explained = (posting: Posting): Posting => ({
  ...posting,
  entries: posting.entries.map((entry) => ({ ...entry, why: [leftWith(entry.delta)] })),
})

const leftWith = (points: number): Explanation => ({ rule: '@leaving', points, because: { type: 'left' } })
