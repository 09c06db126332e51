import { memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, row, save } from '../../../book/changes.ts'
import { type DecisionContext, move } from '../../../book/move.ts'
import { touchesOf } from '../../../book/part.ts'
import { account, posted } from '../../../book/tables.ts'
import { checkIn as decideCheckIn } from '../../../core/check-in/streaks.ts'
import { credit } from '../../../core/ledger/points.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'
import { activeAccountOf, earning, entryHeader } from '../../points/ledger/moves.ts'
import { tierPart } from '../../points/tiers/part.ts'
import { rulesPart } from '../events/earn.ts'
import { extensionPart } from '../events/extend.ts'
import { traitsPart } from '../events/traits.ts'
import { checkIns, streaks } from './tables.ts'

export interface CheckIn {
  memberId: number
  /** The business day; part of the key, so that one day pays once. */
  on: string
  /** The points that the member confirmed. */
  shown?: Shown<'points'>
}

export interface CheckedIn {
  points: number
  days: number
  balance: number
}

const partsOf = ({ memberId, on }: CheckIn, context: DecisionContext) => ({
  rules: rulesPart(context, { memberId, trigger: 'check-in', on }),
  traits: traitsPart(memberId, context),
  tier: tierPart(memberId, context),
  extension: extensionPart(context, memberId, 'check-in'),
})

/** Checks in for a business day, extends the streak and pays what it reaches. */
export const checkIn = move<CheckIn, CheckedIn>('check-ins.check-in', {
  member: ({ memberId }) => memberId,
  key: ({ on }) => `check-in/${on}`,
  same: () => null,
  reused: 'check-in.made',
  touches: (input, context) => [
    account(input.memberId),
    row(streaks, input.memberId),
    ...touchesOf(partsOf(input, context)),
  ],
  decide(view, input, context) {
    const { memberId, on, shown = {} } = input
    const before = activeAccountOf(view, memberId)
    if (!context.policy.checkIn.enabled) throw new Refusal('check-in.closed')
    const streak = view.get(streaks, memberId)
    // The day may have been paid on a record that was merged into this one.
    if (streak?.lastOn === on) throw new Refusal('check-in.done')
    // The server's clock was ahead and has been set back: the day gets its own points, and the streak does not change.
    const isBehind = streak !== undefined && streak.lastOn > on
    const { days, why: scheme } = decideCheckIn(context.policy, isBehind ? undefined : streak, on)
    const { rules, traits, tier, extension } = partsOf(input, context)
    const { earned, counted } = rules.earnByAct(view, before, traits.profile(view), { given: scheme })
    const { points, why } = earned
    requireShown('check-in.changed', shown, { points })
    const creditPosting = credit(
      before,
      entryHeader(context, 'check-in', on, memberRef(memberId)),
      earning(context, 'check-in', points, why),
    )
    const posting = extension.extend(view, creditPosting)
    return {
      changes: [
        ...posted(posting),
        ...tier.raise(view, posting.account),
        ...counted,
        ...(isBehind ? [] : [save(streaks, streak, { memberId, days, lastOn: on })]),
        add(checkIns, { memberId, on, points }),
      ],
      outcome: { points, days: isBehind ? streak.days : days, balance: posting.account.balance },
    }
  },
})
