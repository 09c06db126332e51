import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import { row } from '../../../book/changes.ts'
import type { Change, Setting, Touch } from '../../../book/move.ts'
import { count, usedOf } from '../../../book/quotas.ts'
import { quotas } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import type { CapScope, CapUse } from '../../../core/earning/caps.ts'
import { earn } from '../../../core/earning/earning.ts'
import { act, type EarningEvent, nothingElse, type Who } from '../../../core/earning/event.ts'
import { rulesFor } from '../../../core/earning/plan.ts'
import type { Earned } from '../../../core/earning/purse.ts'
import { standingPurchases } from '../../../core/ledger/bought.ts'
import type { Account } from '../../../core/ledger/points.ts'
import { tierNow } from '../../points/tiers/part.ts'

/** What the rules may know of a member beyond the account; read before the move. */
export type Profile = Pick<Who, 'tags' | 'birthday' | 'joinedOn'>

/** Of a member about whom nothing else is known. */
export const noProfile: Profile = { tags: [], birthday: null, joinedOn: null }

interface Earning {
  memberId: number
  trigger: Trigger
  code: string
}

const counterOf = ({ cap, scope }: Pick<CapScope, 'cap' | 'scope'>, memberId: number) => ({
  memberId: cap === 'budget' ? 0 : memberId,
  scope,
})

/** The counters of the caps that an event's rules may use. */
export const capTouches = ({ policy, today }: Setting, { memberId, trigger, code }: Earning): Touch[] =>
  scopesOf(policy, { trigger, code }, today).map((scope) => {
    const counter = counterOf(scope, memberId)
    return row(quotas, counter.memberId, counter.scope)
  })

const scopesOf = (policy: Setting['policy'], event: Pick<EarningEvent, 'trigger' | 'code'>, on: string): CapScope[] =>
  rulesFor(policy, event).flatMap(({ scopesOn }) => scopesOn?.(on) ?? [])

/** What an event earns, and the counters of the caps it used as changes. */
export function earnWithin(
  view: View,
  { policy }: Setting,
  memberId: number,
  event: EarningEvent,
): { earned: Earned; counted: Change[] } {
  const counters = new Map(scopesOf(policy, event, event.on).map((scope) => [scope.scope, counterOf(scope, memberId)]))
  const used = (scope: string) => usedOf(view, counters.get(scope)!.memberId, scope)
  const earned = earn(policy, event, used)
  const counted = earned.used.flatMap(({ scope, points }) =>
    points > 0 ? count(view, counters.get(scope)!.memberId, scope, points) : [],
  )
  return { earned, counted }
}

export const capUseTouches = (uses: readonly CapUse[], memberId: number): Touch[] =>
  uses.map((use) => {
    const counter = counterOf(use, memberId)
    return row(quotas, counter.memberId, counter.scope)
  })

/** Gives back to the counters what goes back of the points that used them; `partOf` says how much of a number of points that is. */
export const freeCaps = (
  view: View,
  uses: readonly CapUse[],
  memberId: number,
  partOf: (points: number) => number,
): Change[] =>
  uses.flatMap((use) => {
    const counter = counterOf(use, memberId)
    const part = Math.min(partOf(use.points), usedOf(view, counter.memberId, counter.scope))
    return part > 0 ? count(view, counter.memberId, counter.scope, -part) : []
  })

/** All that the rules may know of a member. The move must touch the tier. */
export const whoEarns = (
  view: View,
  setting: Setting,
  { tags, birthday, joinedOn }: Profile,
  before: Account,
): Who => ({
  tags,
  birthday,
  joinedOn,
  purchases: standingPurchases(before),
  tierId: tierNow(view, setting, before)?.id ?? null,
})

type Done = Pick<EarningEvent, 'trigger'> & Partial<Pick<EarningEvent, 'code' | 'lines' | 'on' | 'given'>>

/** What a member earns by an act that is no purchase. The move must touch the tier. */
export const earnByAct = (
  view: View,
  setting: Setting,
  before: Account,
  profile: Profile,
  { trigger, code = '', lines = act(), on = setting.today, given = [] }: Done,
) =>
  earnWithin(view, setting, before.memberId, {
    trigger,
    code,
    lines,
    paid: nothingElse,
    storeId: 0,
    channel: null,
    payment: null,
    on,
    minute: setting.minute,
    who: whoEarns(view, setting, profile, before),
    given,
  })
