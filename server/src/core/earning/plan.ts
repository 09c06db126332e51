import type { EarningRule, Gift } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Day } from '@pointbook/shared/day'
import type { ExplanationCode } from '@pointbook/shared/words'
import { type CapScope, capScopes } from './caps.ts'
import { type Check, checkOf, inTurn } from './conditions.ts'
import type { EarningEvent } from './event.ts'
import type { Facts } from './facts.ts'
import { type Giver, giverOf } from './gifts.ts'
import { type Covers, coversOf } from './scope.ts'

type Bands = Extract<Gift, { type: 'bands' }>['bands']

/** A compiled rule, for many events. */
export interface PlannedRule extends Pick<EarningRule, 'id' | 'name' | 'event' | 'group'> {
  /** Why it does not apply to an event, or null. */
  check: Check
  /** Null for all lines. */
  covers: Covers | null
  /** Null without caps. */
  scopesOn: ((on: Day) => readonly CapScope[]) | null
  /** Null for a multiplier. */
  give: Giver | null
  multiplierOf: (amountFen: number) => number
  /** Only the first of its group that applies counts. */
  exclusive: boolean
  /** Only the best of its group counts. */
  bestOnly: boolean
}

/** The multiplier of a tier, as a rule of its own. */
export interface TierRule {
  rule: Pick<PlannedRule, 'id' | 'name' | 'group' | 'bestOnly'>
  multiplierBp: number
}

interface Plan {
  rules: Map<EarningEvent['trigger'], PlannedRule[]>
  tiers: Map<string | null, TierRule>
}

// Memoised by the policy, which never changes: the result is the same, and the bench decides four times as many purchases a second.
const plans = new WeakMap<Policy, Plan>()

/** The enabled rules for an event's trigger and code. */
export function rulesFor(policy: Policy, { trigger, code }: Pick<EarningEvent, 'trigger' | 'code'>) {
  const entry = planOf(policy).rules.get(trigger) ?? NO_RULES
  return code ? entry.filter((rule) => rule.event === '' || rule.event === code) : entry
}

/** The rules, and the tier multipliers by tier id; only purchases are multiplied by tier. */
export const planFor = (policy: Policy, event: EarningEvent) => ({
  rules: rulesFor(policy, event),
  tiers: event.trigger === 'purchase' ? planOf(policy).tiers : null,
})

const NO_RULES: readonly PlannedRule[] = []

const planOf = (policy: Policy): Plan => plans.get(policy) ?? plan(policy)

function plan(policy: Policy): Plan {
  const made: Plan = { rules: new Map(), tiers: new Map() }
  for (const rule of policy.earning.rules) {
    if (!rule.enabled) continue
    const alike = made.rules.get(rule.trigger) ?? []
    made.rules.set(rule.trigger, alike)
    alike.push(planned(rule, policy.earning))
  }
  for (const { id, name, multiplierBp } of policy.tiers.levels) {
    if (multiplierBp === 10_000) continue
    made.tiers.set(id, { rule: { id: '@tier', name, group: '', bestOnly: false }, multiplierBp })
  }
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

/** The caps of a rule on a day. */
const scopesOf = (rule: EarningRule): PlannedRule['scopesOn'] =>
  Object.values(rule.caps).some((most) => most !== null) ? (on) => capScopes(rule, on) : null

/** An amount below all bands earns nothing. */
function reaches(bands: Bands): Check {
  const neededFen = Math.min(...bands.map(({ fromFen }) => fromFen))
  return ({ amountFen }: Facts): ExplanationCode | null =>
    amountFen >= neededFen ? null : { type: 'amount-below', neededFen, amountFen }
}

function multiplierOf(gift: Gift): (amountFen: number) => number {
  if (gift.type === 'multiply') return () => gift.multiplierBp
  if (gift.type !== 'bands') return () => 10_000
  const fromTop = gift.bands.toSorted((a, b) => b.fromFen - a.fromFen)
  return (amountFen) => fromTop.find(({ fromFen }) => fromFen <= amountFen)?.multiplierBp ?? 10_000
}
