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

/** Facts about a member that rules use besides the account; read before the move. */
export type Profile = Pick<Who, 'tags' | 'noPersonalOffers' | 'birthday' | 'joinedOn'>

/** The profile of a member without further facts. */
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

/** A part in which rules give points: it counts their caps and reads the facts about the member. */
export function rulesPart(context: DecisionContext, { memberId, trigger, code = '', on = context.today }: Earning) {
  const { policy, minute } = context
  const tier = tierPart(memberId, context)
  const scopes = rulesFor(policy, { trigger, code }).flatMap(({ scopesOn }) => scopesOn?.(on) ?? [])
  const caps = new Map(scopes.map((scope) => [scope.scope, quotaOf(scope, memberId)]))

  /** All facts about a member that rules use. */
  const who = (view: View, { tags, noPersonalOffers, birthday, joinedOn }: Profile, before: Account): Who => ({
    tags,
    noPersonalOffers,
    birthday,
    joinedOn,
    purchases: standingPurchases(before),
    tierId: tier.inForce(view, before)?.id ?? null,
  })

  /** The points of an event, and the changes of the cap counters. */
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
    /** The points of an act that is not a purchase. */
    earnByAct: (view: View, before: Account, profile: Profile, { lines = act(), given = [] }: Done = {}) =>
      earnBy(view, { ...noPurchase, lines, who: who(view, profile, before), given }),
  }
}

/** The facts of an event except its trigger and time. */
export type EventFacts = Omit<EarningEvent, 'trigger' | 'code' | 'on' | 'minute'>

type Done = Partial<Pick<EarningEvent, 'lines' | 'given'>>

const noPurchase = { paid: nothingElse, storeId: 0, channel: null, payment: null } as const

/** A part that reduces cap counters when the points that used them are taken back. */
export function capUsePart(uses: readonly CapUse[], memberId: number) {
  const caps = uses.map((use) => ({ points: use.points, quota: quotaOf(use, memberId) }))
  return {
    touches: caps.flatMap(({ quota }) => quota.touches),
    /** `partOf` returns how many of a number of points are taken back. */
    free: (view: View, partOf: (points: number) => number): Change[] =>
      caps.flatMap(({ points, quota }) => {
        const part = Math.min(partOf(points), quota.used(view))
        return part > 0 ? quota.count(view, -part) : []
      }),
  }
}
