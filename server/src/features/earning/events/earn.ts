import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Day } from '@pointbook/shared/day'
import type { Change, DecisionContext } from '../../../book/move.ts'
import { quotaPart } from '../../../book/quotas.ts'
import type { View } from '../../../book/view.ts'
import type { CapScope, CapUse } from '../../../core/earning/caps.ts'
import { earn } from '../../../core/earning/earning.ts'
import { act, type EarningEvent, nothingElse, type Who } from '../../../core/earning/event.ts'
import { rulesFor } from '../../../core/earning/plan.ts'
import type { Earned } from '../../../core/earning/purse.ts'
import { standingPurchases } from '../../../core/ledger/bought.ts'
import type { Account } from '../../../core/ledger/points.ts'
import { tierPart } from '../../points/tiers/part.ts'

/** What the rules may know of a member beyond the account; read before the move. */
export type Profile = Pick<Who, 'tags' | 'birthday' | 'joinedOn'>

/** Of a member about whom nothing else is known. */
export const noProfile: Profile = { tags: [], birthday: null, joinedOn: null }

interface Earning {
  memberId: number
  trigger: Trigger
  code?: string
  /** The business day; today when left out. */
  on?: Day
}

const quotaOf = ({ cap, scope }: Pick<CapScope, 'cap' | 'scope'>, memberId: number) =>
  quotaPart(cap === 'budget' ? 0 : memberId, scope)

/** A part in which rules give points: it counts their caps and reads what they may know of the member. */
export function rulesPart(context: DecisionContext, { memberId, trigger, code = '', on = context.today }: Earning) {
  const { policy, minute } = context
  const tier = tierPart(memberId, context)
  const scopes = rulesFor(policy, { trigger, code }).flatMap(({ scopesOn }) => scopesOn?.(on) ?? [])
  const caps = new Map(scopes.map((scope) => [scope.scope, quotaOf(scope, memberId)]))

  /** All that the rules may know of a member. */
  const who = (view: View, { tags, birthday, joinedOn }: Profile, before: Account): Who => ({
    tags,
    birthday,
    joinedOn,
    purchases: standingPurchases(before),
    tierId: tier.inForce(view, before)?.id ?? null,
  })

  /** What an event earns, and the counters of the caps it used as changes. */
  function earnBy(view: View, facts: EventFacts): { earned: Earned; counted: Change[] } {
    const event = { ...facts, trigger, code, on, minute }
    const earned = earn(policy, event, (scope) => caps.get(scope)!.used(view))
    const counted = earned.used.flatMap(({ scope, points }) => (points > 0 ? caps.get(scope)!.count(view, points) : []))
    return { earned, counted }
  }

  return {
    touches: [...tier.touches, ...[...caps.values()].flatMap(({ touches }) => touches)],
    who,
    earnBy,
    /** What a member earns by an act that is no purchase. */
    earnByAct: (view: View, before: Account, profile: Profile, { lines = act(), given = [] }: Done = {}) =>
      earnBy(view, { ...noPurchase, lines, who: who(view, profile, before), given }),
  }
}

/** What is to be told of an event beside its kind and time. */
export type EventFacts = Omit<EarningEvent, 'trigger' | 'code' | 'on' | 'minute'>

type Done = Partial<Pick<EarningEvent, 'lines' | 'given'>>

const noPurchase = { paid: nothingElse, storeId: 0, channel: null, payment: null } as const

/** A part that gives back to the counters what goes back of the points that used them. */
export function capUsePart(uses: readonly CapUse[], memberId: number) {
  const caps = uses.map((use) => ({ points: use.points, quota: quotaOf(use, memberId) }))
  return {
    touches: caps.flatMap(({ quota }) => quota.touches),
    /** `partOf` says how much of a number of points goes back. */
    free: (view: View, partOf: (points: number) => number): Change[] =>
      caps.flatMap(({ points, quota }) => {
        const part = Math.min(partOf(points), quota.used(view))
        return part > 0 ? quota.count(view, -part) : []
      }),
  }
}
