import type { EarningRule, Gift, RuleGroup } from '@pointbook/shared/contract/earning-rule'
import type { Policy } from '@pointbook/shared/contract/policy'
import type { Because } from '@pointbook/shared/words'
import { countedFen } from './basis.ts'
import { capScopes, type Used } from './caps.ts'
import { coversAll, type Facts, factsOf, linesInScope, whyNot } from './conditions.ts'
import type { EarningEvent } from './earning-event.ts'
import { baseGift, isBase } from './gifts.ts'
import type { Why } from './points.ts'
import { type Base, type Candidate, type Earned, type Multiplier, openPurse } from './purse.ts'

const unused: Used = () => 0

/**
 * What an event earns under a policy. Rules without a multiplier give first, then the multipliers work on what they gave, line by
 * line. Groups decide which of their rules count, caps how much; fractions end as `policy.earning` says. `before` tells what has
 * been used of caps until now.
 */
export function earn(policy: Policy, event: EarningEvent, before: Used = unused): Earned {
  const facts = factsOf(event, countedFen(policy.earning.basis, event))
  const { bases, multipliers, refused } = sort(policy, facts)
  const purse = openPurse(policy, facts.lines.length, before)
  for (const given of event.given) purse.take(given)
  if (policy.earning.multipliers === 'best') multipliers.sort((a, b) => b.multiplierBp - a.multiplierBp)
  const { bestOnly } = planOf(policy)
  eachUnlessBeaten(bases, bestOnly, (one) => one.points, purse.give, purse.beaten)
  eachUnlessBeaten(multipliers, bestOnly, (one) => one.multiplierBp, purse.multiply, purse.beaten)
  return purse.close(refused)
}

/** The rules that apply, by what they do, and those that do not, with the reason. */
function sort(policy: Policy, facts: Facts) {
  const { rounding, roundEach: each } = policy.earning
  const ending = { rounding, each }
  const { exclusive } = planOf(policy)
  const bases: Base[] = []
  const multipliers: Multiplier[] = []
  const refused: Why[] = []
  const allLines = facts.lines.map((_, line) => line)
  const takenBy = new Map<string, string>()
  for (const rule of rulesFor(policy, facts)) {
    const lines = coversAll(rule.scope) ? allLines : linesInScope(rule.scope, facts.lines)
    const reason = refusal(rule, lines, takenBy, facts)
    if (reason) {
      refused.push({ rule: rule.id, points: 0, because: reason })
      continue
    }
    if (exclusive.has(rule.group)) takenBy.set(rule.group, rule.name)
    const caps = capScopes(rule, facts.on)
    const { gift } = rule
    if (isBase(gift)) {
      const { points, parts, exact, because } = baseGift(gift, lines, facts, ending)
      bases.push({ rule, lines, caps, points, parts, exact, because })
    } else multipliers.push({ rule, lines, caps, multiplierBp: multiplierOf(gift, facts.amountFen), type: 'multiply' })
  }
  const tier = tierMultiplier(policy, facts, allLines)
  if (tier) multipliers.push(tier)
  return { bases, multipliers, refused }
}

/** What of a policy does not depend on the event: which rules are for a trigger, and how groups share. */
interface Plan {
  byTrigger: Map<string, EarningRule[]>
  exclusive: Set<string>
  bestOnly: Set<string>
}

// A policy never changes, so it is planned once.
const plans = new WeakMap<Policy, Plan>()

function planOf(policy: Policy): Plan {
  const known = plans.get(policy)
  if (known) return known
  const { groups, rules } = policy.earning
  const byTrigger = new Map<string, EarningRule[]>()
  for (const rule of rules)
    if (rule.enabled) byTrigger.set(rule.trigger, [...(byTrigger.get(rule.trigger) ?? []), rule])
  const idsOf = (mode: RuleGroup['mode']) => new Set(groups.filter((group) => group.mode === mode).map(({ id }) => id))
  const plan = { byTrigger, exclusive: idsOf('exclusive'), bestOnly: idsOf('best') }
  plans.set(policy, plan)
  return plan
}

/** The enabled rules for an event's trigger and code. */
export function rulesFor(policy: Policy, { trigger, code }: Pick<EarningEvent, 'trigger' | 'code'>): EarningRule[] {
  const found = planOf(policy).byTrigger.get(trigger) ?? []
  return code ? found.filter((rule) => rule.event === '' || rule.event === code) : found
}

function refusal(rule: EarningRule, lines: number[], takenBy: Map<string, string>, facts: Facts): Because | null {
  const reason = whyNot(rule, facts) ?? belowBands(rule.gift, facts.amountFen)
  if (reason) return reason
  if (lines.length === 0) return { type: 'nothing-in-scope' }
  const winner = takenBy.get(rule.group)
  return winner === undefined ? null : { type: 'excluded-by', by: winner }
}

/** Why a rule's bands give nothing to this amount. */
function belowBands(gift: Gift, amountFen: number): Because | null {
  if (gift.type !== 'bands') return null
  const neededFen = Math.min(...gift.bands.map((band) => band.fromFen))
  return amountFen < neededFen ? { type: 'amount-below', neededFen, amountFen } : null
}

function multiplierOf(gift: Extract<Gift, { type: 'multiply' | 'bands' }>, amountFen: number): number {
  if (gift.type === 'multiply') return gift.multiplierBp
  const reached = gift.bands.filter((band) => band.fromFen <= amountFen)
  return reached.reduce((best, band) => (band.fromFen > best.fromFen ? band : best)).multiplierBp
}

function tierMultiplier(policy: Policy, { trigger, who }: Facts, lines: number[]): Multiplier | null {
  const tier = trigger === 'purchase' ? policy.tiers.levels.find((level) => level.id === who.tierId) : undefined
  if (!tier || tier.multiplierBp === 10_000) return null
  const rule = { id: '@tier', name: tier.name, group: '' }
  return { rule, caps: [], lines, multiplierBp: tier.multiplierBp, type: 'tier' }
}

/** Lets each candidate act, or be beaten where only the best of its group counts; the earlier among equals counts. */
function eachUnlessBeaten<C extends Candidate>(
  all: C[],
  bestOnly: ReadonlySet<string>,
  worth: (candidate: C) => number,
  act: (candidate: C) => void,
  beaten: (candidate: C, by: string) => void,
) {
  const best = new Map<string, C>()
  for (const candidate of all) {
    const { group } = candidate.rule
    if (!bestOnly.has(group)) continue
    const rival = best.get(group)
    if (!rival || worth(candidate) > worth(rival)) best.set(group, candidate)
  }
  for (const candidate of all) {
    const winner = best.get(candidate.rule.group) ?? candidate
    if (winner === candidate) act(candidate)
    else beaten(candidate, winner.rule.name)
  }
}
