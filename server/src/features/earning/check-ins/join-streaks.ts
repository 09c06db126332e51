import { row, save } from '../../../book/changes.ts'
import type { Events } from '../../../book/events.ts'
import { move } from '../../../book/move.ts'
import { account } from '../../../book/tables.ts'
import { longerStreak } from '../../../core/check-in/streaks.ts'
import { streaks } from './tables.ts'

/** The longer streak of two records continues; a day on which either has checked in is not paid again. */
export const joinStreaks = move<Pick<Events['member.merged'], 'keptId' | 'doubleId'>, { days: number }>(
  'check-ins.join-streaks',
  {
    member: ({ keptId }) => keptId,
    key: ({ doubleId }) => `streak-of/${doubleId}`,
    touches: ({ keptId, doubleId }) => [
      account(keptId),
      account(doubleId),
      row(streaks, keptId),
      row(streaks, doubleId),
    ],
    decide(view, { keptId, doubleId }, { today }) {
      const kept = view.get(streaks, keptId)
      const better = longerStreak(kept, view.get(streaks, doubleId), today)
      if (!better) return { changes: [], outcome: { days: 0 } }
      return { changes: [save(streaks, kept, { ...better, memberId: keptId })], outcome: { days: better.days } }
    },
  },
)
