import { Refusal } from '@pointbook/shared/refusals'
import { move } from '../../book/move.ts'
import { account, posted, put, row } from '../../book/tables.ts'
import { credit } from '../../core/points.ts'
import { checkIn as decideCheckIn } from '../../core/streaks.ts'
import { activeAccountOf, earning, occasion } from '../points/moves.ts'
import { checkIns, streaks } from './tables.ts'

export interface CheckIn {
  memberId: number
  /** The business day; part of the key, so that one day pays once. */
  on: string
}

export interface CheckedIn {
  points: number
  days: number
  balance: number
}

/** Checks in for a business day, extends the streak and pays what it reaches. */
export const checkIn = move<CheckIn, CheckedIn>('check-ins.check-in', {
  member: ({ memberId }) => memberId,
  key: ({ on }) => `check-in/${on}`,
  touches: ({ memberId }) => [account(memberId), row(streaks, memberId)],
  decide(view, { memberId, on }, setting) {
    const before = activeAccountOf(view, memberId)
    if (!setting.policy.checkIn.enabled) throw new Refusal('check-in.closed')
    const { days, points, why } = decideCheckIn(setting.policy, view.get(streaks, memberId), on)
    const posting = credit(
      before,
      occasion(setting, 'check-in', on, `member/${memberId}`),
      earning(setting, points, why),
    )
    return {
      changes: [
        ...posted(posting),
        put(streaks, { memberId, days, lastOn: on }),
        put(checkIns, { memberId, on, points }),
      ],
      outcome: { points, days, balance: posting.account.balance },
    }
  },
})
