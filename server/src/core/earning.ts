import type { Policy } from '@pointbook/shared/contract/policy'
import type { Because } from '@pointbook/shared/words'
import { countedFen } from './basis.ts'
import type { Used } from './caps.ts'
import type { EarningEvent } from './earning-event.ts'
import { type PlannedRule, rulesFor } from './earning-plan.ts'
import { type Facts, factsOf } from './facts.ts'
import type { Why } from './points.ts'
import { type Base, type Candidate, type Earned, type Multiplier, Purse } from './purse.ts'

const unused: Used = () => 0

/**
 * What an event earns under a policy. Rules without a multiplier give first, then the multipliers work on what they gave, line by
 * line. Groups decide which of their rules count, caps how much; fractions end as `policy.earning` says. `before` tells what has
 * been used of caps until now.
 */
export function earn(policy: Policy, event: EarningEvent, before: Used = unused): Earned {
  const facts = factsOf(event, countedFen(policy.earning.basis, event))
  const { bases, multipliers, refused } = sort(rulesFor(policy, event), facts)
  const tier = event.trigger === 'purchase' ? tierMultiplier(policy, facts) : null
  if (tier) multipliers.push(tier)
  if (policy.earning.multipliers === 'best') multipliers.sort((a, b) => b.multiplierBp - a.multiplierBp)

  const purse = new Purse(policy, facts.allLines, before)
  for (const given of event.given) purse.take(given)
  const bestBases = bestOfGroups(bases, ({ given }) => given.points)
  for (const one of bases) purse.give(one, winnerOver(one, bestBases))
  const bestMultipliers = bestOfGroups(multipliers, ({ multiplierBp }) => multiplierBp)
  for (const one of multipliers) purse.multiply(one, winnerOver(one, bestMultipliers))
  return purse.close(refused)
}

/** The rules that apply, by what they do, and those that do not, with the reason. */
function sort(rules: readonly PlannedRule[], facts: Facts) {
  const bases: Base[] = []
  const multipliers: Multiplier[] = []
  const refused: Why[] = []
  const taken: PlannedRule[] = []
  for (const rule of rules) {
    const lines = rule.covers(facts)
    const reason = rule.check(facts) ?? (lines.length === 0 ? NOTHING_IN_SCOPE : excluded(rule, taken))
    if (reason) {
      refused.push({ rule: rule.id, points: 0, because: reason })
      continue
    }
    const caps = rule.scopesOn(facts.on)
    if (rule.give) bases.push({ rule, lines, caps, given: rule.give(lines, facts) })
    else multipliers.push({ rule, lines, caps, multiplierBp: rule.multiplierOf(facts.amountFen), type: 'multiply' })
  }
  return { bases, multipliers, refused }
}

const NOTHING_IN_SCOPE: Because = { type: 'nothing-in-scope' }

/** Of an exclusive group only the first rule that applies counts. */
function excluded(rule: PlannedRule, taken: PlannedRule[]): Because | null {
  if (!rule.exclusive) return null
  const winner = taken.find(({ group }) => group === rule.group)
  if (winner) return { type: 'excluded-by', by: winner.name }
  taken.push(rule)
  return null
}

function tierMultiplier(policy: Policy, { who, allLines }: Facts): Multiplier | null {
  const tier = policy.tiers.levels.find((level) => level.id === who.tierId)
  if (!tier || tier.multiplierBp === 10_000) return null
  const rule = { id: '@tier', name: tier.name, group: '', bestOnly: false }
  return { rule, lines: allLines, caps: [], multiplierBp: tier.multiplierBp, type: 'tier' }
}

/** The best candidate of each group of which only the best counts; the earlier among equals. Null without such groups. */
function bestOfGroups<C extends Candidate>(all: readonly C[], worth: (candidate: C) => number): Map<string, C> | null {
  let best: Map<string, C> | null = null
  for (const candidate of all) {
    const { group, bestOnly } = candidate.rule
    if (!bestOnly) continue
    best ??= new Map()
    const rival = best.get(group)
    if (!rival || worth(candidate) > worth(rival)) best.set(group, candidate)
  }
  return best
}

/** The candidate that counts instead, or null. */
function winnerOver<C extends Candidate>(candidate: C, best: ReadonlyMap<string, C> | null): C | null {
  const winner = candidate.rule.bestOnly ? best?.get(candidate.rule.group) : candidate
  return winner === candidate ? null : (winner ?? null)
}
