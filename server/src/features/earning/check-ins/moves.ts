import { Refusal } from '@pointbook/shared/refusals'
import { add, row, save } from '../../../book/changes.ts'
import { move } from '../../../book/move.ts'
import { account, posted } from '../../../book/tables.ts'
import { checkIn as decideCheckIn } from '../../../core/check-in/streaks.ts'
import { credit } from '../../../core/ledger/points.ts'
import { activeAccountOf, earning, occasion } from '../../points/ledger/moves.ts'
import { raised, tierTouch } from '../../points/tiers/part.ts'
import { capTouches, earnByAct } from '../events/earn.ts'
import { extend, extendTouches } from '../events/extend.ts'
import { profileFor, traitsIn, traitsTouch } from '../events/traits.ts'
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
  same: () => null,
  reused: 'check-in.made',
  touches: ({ memberId }, setting) => [
    account(memberId),
    tierTouch(memberId),
    row(streaks, memberId),
    traitsTouch(memberId),
    ...capTouches(setting, { memberId, trigger: 'check-in', code: '' }),
    ...extendTouches(setting, memberId, 'check-in'),
  ],
  decide(view, { memberId, on }, setting) {
    const before = activeAccountOf(view, memberId)
    if (!setting.policy.checkIn.enabled) throw new Refusal('check-in.closed')
    const streak = view.get(streaks, memberId)
    // The day may have been paid on a record that was merged into this one.
    if (streak?.lastOn === on) throw new Refusal('check-in.done')
    const { days, why: scheme } = decideCheckIn(setting.policy, streak, on)
    const profile = profileFor(traitsIn(view, memberId), setting.dayOf)
    const done = { trigger: 'check-in', on, given: scheme } as const
    const { earned, counted } = earnByAct(view, setting, before, profile, done)
    const { points, why } = earned
    const given = credit(
      before,
      occasion(setting, 'check-in', on, `member/${memberId}`),
      earning(setting, 'check-in', points, why),
    )
    const posting = extend(view, setting, given, 'check-in')
    return {
      changes: [
        ...posted(posting),
        ...raised(view, setting, posting.account),
        ...counted,
        save(streaks, streak, { memberId, days, lastOn: on }),
        add(checkIns, { memberId, on, points }),
      ],
      outcome: { points, days, balance: posting.account.balance },
    }
  },
})
