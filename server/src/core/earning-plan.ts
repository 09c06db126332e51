import type { EarningRule, Gift } from '@pointbook/shared/contract/earning-rule'
import type { Policy } from '@pointbook/shared/contract/policy'
import type { Day } from '@pointbook/shared/day'
import type { Because } from '@pointbook/shared/words'
import { type CapScope, capScopes } from './caps.ts'
import { type Check, checkOf, inTurn } from './conditions.ts'
import type { EarningEvent } from './earning-event.ts'
import type { Facts } from './facts.ts'
import { type Giver, giverOf } from './gifts.ts'
import { type Covers, coversOf } from './scope.ts'

type Bands = Extract<Gift, { type: 'bands' }>['bands']

/** A rule made ready to be asked many times. */
export interface PlannedRule extends Pick<EarningRule, 'id' | 'name' | 'event' | 'group'> {
  /** Why it does not apply to an event, or null. */
  check: Check
  covers: Covers
  scopesOn: (on: Day) => readonly CapScope[]
  /** Null for a multiplier. */
  give: Giver | null
  multiplierOf: (amountFen: number) => number
  /** Only the first of its group that applies counts. */
  exclusive: boolean
  /** Only the best of its group counts. */
  bestOnly: boolean
}

type Plan = Map<EarningEvent['trigger'], PlannedRule[]>

// A policy never changes, so it is planned once.
const plans = new WeakMap<Policy, Plan>()

/** The enabled rules for an event's trigger and code. */
export function rulesFor(policy: Policy, { trigger, code }: Pick<EarningEvent, 'trigger' | 'code'>) {
  const found = (plans.get(policy) ?? plan(policy)).get(trigger) ?? []
  return code ? found.filter((rule) => rule.event === '' || rule.event === code) : found
}

function plan(policy: Policy): Plan {
  const { rules } = policy.earning
  const made: Plan = new Map(rules.map(({ trigger }) => [trigger, []]))
  for (const rule of rules) if (rule.enabled) made.get(rule.trigger)!.push(planned(rule, policy.earning))
  plans.set(policy, made)
  return made
}

function planned(rule: EarningRule, { groups, rounding, roundEach }: Policy['earning']): PlannedRule {
  const { id, name, event, group, gift, scope } = rule
  const mode = groups.find((one) => one.id === group)?.mode
  return {
    id,
    name,
    event,
    group,
    check: gift.type === 'bands' ? inTurn([checkOf(rule), reaches(gift.bands)]) : checkOf(rule),
    covers: coversOf(scope),
    scopesOn: scopesOf(rule),
    give: giverOf(gift, { rounding, each: roundEach }),
    multiplierOf: multiplierOf(gift),
    exclusive: mode === 'exclusive',
    bestOnly: mode === 'best',
  }
}

/** The caps of a rule on a day; those of the day asked for last are kept, as one purchase follows another. */
function scopesOf(rule: EarningRule): PlannedRule['scopesOn'] {
  let last = ''
  let scopes = capScopes(rule, last)
  if (scopes.length === 0) return () => scopes
  return (on) => {
    if (on !== last) scopes = capScopes(rule, on)
    last = on
    return scopes
  }
}

/** Bands give nothing to an amount below all of them. */
function reaches(bands: Bands): Check {
  const neededFen = Math.min(...bands.map(({ fromFen }) => fromFen))
  return ({ amountFen }: Facts): Because | null =>
    amountFen >= neededFen ? null : { type: 'amount-below', neededFen, amountFen }
}

function multiplierOf(gift: Gift): (amountFen: number) => number {
  if (gift.type === 'multiply') return () => gift.multiplierBp
  if (gift.type !== 'bands') return () => 10_000
  const fromTop = gift.bands.toSorted((a, b) => b.fromFen - a.fromFen)
  return (amountFen) => fromTop.find(({ fromFen }) => fromFen <= amountFen)?.multiplierBp ?? 10_000
}
