import { group } from '@pointbook/shared/money'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { log, put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type DecisionContext, move } from '../../../book/move.ts'
import { account, accounts, logged, lots, openLots, posted } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { endAll } from '../../../core/assets/changes.ts'
import type { Posting } from '../../../core/ledger/points.ts'
import { entryHeader, openAccountOf } from '../../points/ledger/moves.ts'
import { apology } from '../compensations/moves.ts'
import { caseMembers, caseSteps, type Decision, type StepKind } from './tables.ts'
import { decisionTexts } from './words.ts'

export interface InCase {
  caseId: number
  memberId: number
  actor: ActorRef
}

/** A part that reads the case row of one member. */
export const casePart = ({ caseId, memberId }: InCase) => ({
  touches: [row(caseMembers, caseId, memberId)],
  /** Throws `case.unknown` for a member outside the case, `case.decided` when the decision is made. */
  undecided(view: View) {
    const found = view.get(caseMembers, caseId, memberId)
    if (!found) throw new Refusal('case.unknown')
    if (found.decision !== '') throw new Refusal('case.decided')
    return found
  },
})

export const step = ({ caseId, memberId, actor }: InCase, kind: StepKind, text: string, at: string) =>
  log(caseSteps, { id: 0, caseId, memberId, kind, text, actor, at })

/** A line in the member's own log about what their case came to. */
export const loggedInCase = (
  { caseId, memberId, actor }: InCase,
  action: 'case.take' | 'case.decide',
  text: string,
  at: string,
) => logged(at, { actor, action, subject: memberRef(memberId), text: `调查 ${caseId}：${text}` })

/** Freezes a member during the investigation, with an audit log line; once per case. */
export const freezeInCase = move<InCase & { reason: string }, { standing: 'frozen' }>('cases.freeze', {
  member: ({ memberId }) => memberId,
  key: ({ caseId }) => `case-freeze/${caseId}`,
  same: ({ caseId }) => caseId,
  touches: (input) => [account(input.memberId), ...casePart(input).touches],
  decide(view, input, { now }) {
    casePart(input).undecided(view)
    const before = openAccountOf(view, input.memberId)
    const { caseId, memberId, actor, reason } = input
    const text = `冻结账户：${reason}（调查 ${caseId}）`
    const line = { actor, action: 'member.standing', subject: memberRef(memberId), text } as const
    const event = message(
      'member.standing-changed',
      { memberId, standing: 'frozen', reason, requestId: `case-${caseId}` },
      now,
    )
    return {
      changes: [
        put(accounts, { ...before, standing: 'frozen' }),
        step(input, 'frozen', reason, now),
        event,
        logged(now, line),
      ],
      outcome: { standing: 'frozen' },
    }
  },
})

export interface Verdict extends InCase {
  decision: Decision
  reason: string
  /** Points given as an apology to a cleared member; otherwise 0. */
  points: number
}

export interface Decided {
  standing: 'active' | 'cancelled'
  /** Points that ended with the membership. */
  endedPoints: number
  balance: number
}

/**
 * Ends the case for one member, once: the member becomes active again, is cancelled with all points, or is cleared with points as
 * an apology.
 */
export const decideCase = move<Verdict, Decided>('cases.decide', {
  member: ({ memberId }) => memberId,
  key: ({ caseId }) => `case-decision/${caseId}`,
  same: ({ decision, points }) => [decision, points],
  reused: 'case.decided',
  touches: (input) => [account(input.memberId), openLots(input.memberId), ...casePart(input).touches],
  decide(view, input, context) {
    const { caseId, memberId, decision, reason } = input
    const inCase = casePart(input).undecided(view)
    const before = openAccountOf(view, memberId)
    const standing = decision === 'cancelled' ? 'cancelled' : 'active'
    const judged = { ...before, standing } as const
    const posting = consequence(view, judged, input, context)
    const endedPoints = decision === 'cancelled' ? before.balance : 0
    const event = message('case.decided', { caseId, memberId, decision, reason, points: input.points }, context.now)
    return {
      changes: [
        ...(posting ? posted(posting) : [put(accounts, judged)]),
        put(caseMembers, { ...inCase, decision }),
        step(input, decision, stepText(input, endedPoints), context.now),
        event,
        loggedInCase(input, 'case.decide', `${decisionTexts[decision]}：${reason}`, context.now),
      ],
      outcome: { standing, endedPoints, balance: posting?.account.balance ?? before.balance },
    }
  },
})

function consequence(
  view: View,
  judged: ReturnType<typeof openAccountOf>,
  { caseId, memberId, decision, points, reason, actor }: Verdict,
  context: DecisionContext,
): Posting | null {
  if (decision === 'cancelled')
    return endAll(judged, view.range(lots, memberId), entryHeader(context, 'membership-end', String(caseId), actor))
  if (decision === 'cleared' && points > 0) return apology(judged, context, { points, reason, actor })
  return null
}

function stepText({ decision, reason, points }: Verdict, endedPoints: number): string {
  if (decision === 'cancelled' && endedPoints > 0) return `${reason}（${group(endedPoints)} 分同时失效）`
  if (decision === 'cleared' && points > 0) return `${reason}（致歉补偿 ${group(points)} 分）`
  return reason
}
