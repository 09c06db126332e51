import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { ExplanationCode } from '@pointbook/shared/words'
import type { Explanation } from '../ledger/points.ts'
import { countedFen } from './basis.ts'
import type { Used } from './caps.ts'
import type { EarningEvent } from './event.ts'
import { type Facts, factsOf } from './facts.ts'
import { type PlannedRule, planFor, type TierRule } from './plan.ts'
import { type Base, type Candidate, type Earned, type Multiplier, Purse } from './purse.ts'

const unused: Used = () => 0

/**
 * The points of an event under a policy. Rules without a multiplier come first; multipliers then apply to their points, line by
 * line. Groups select rules, caps limit points, and `policy.earning` says how fractions are rounded. `before` returns the use of
 * caps so far.
 */
export function earn(policy: Policy, event: EarningEvent, before: Used = unused): Earned {
  const facts = factsOf(event, countedFen(policy.earning.basis, event))
  const { rules, tiers } = planFor(policy, event)
  const { bases, multipliers, refused } = sort(rules, facts)
  const tier = tiers?.get(facts.who.tierId)
  if (tier) multipliers.push(ofTier(tier, facts))
  if (policy.earning.multipliers === 'best') bestFirst(multipliers)

  const purse = new Purse(policy, facts.allLines, before)
  for (const explanation of event.given) purse.take(explanation)
  for (const one of bases) purse.give(one, winnerOver(one, bases, pointsOf))
  for (const one of multipliers) purse.multiply(one, winnerOver(one, multipliers, multiplierOf))
  return purse.close(refused)
}

const pointsOf = ({ given }: Base) => given.points
const multiplierOf = ({ multiplierBp }: Multiplier) => multiplierBp

/** The rules that apply, by what they do, and those that do not, with the reason. */
function sort(rules: readonly PlannedRule[], facts: Facts) {
  const bases: Base[] = []
  const multipliers: Multiplier[] = []
  const refused: Explanation[] = []
  const applied: PlannedRule[] = []
  for (const rule of rules) {
    const unmet = rule.check(facts)
    const lines = rule.covers && !unmet ? rule.covers(facts) : facts.allLines
    const reason = unmet ?? (lines.length === 0 ? NOTHING_IN_SCOPE : excluded(rule, applied))
    if (reason) {
      refused.push({ rule: rule.id, points: 0, because: reason })
      continue
    }
    const caps = rule.scopesOn ? rule.scopesOn(facts.on) : NOTHING
    if (rule.give) bases.push({ rule, lines, caps, given: rule.give(lines, facts) })
    else multipliers.push({ rule, lines, caps, multiplierBp: rule.multiplierOf(facts.amountFen), type: 'multiply' })
  }
  return { bases, multipliers, refused }
}

const NOTHING: readonly never[] = []

const NOTHING_IN_SCOPE: ExplanationCode = { type: 'nothing-in-scope' }

/** In an exclusive group only the first rule that applies counts. */
function excluded(rule: PlannedRule, applied: PlannedRule[]): ExplanationCode | null {
  if (!rule.exclusive) return null
  const winner = applied.find(({ group }) => group === rule.group)
  if (winner) return { type: 'excluded-by', by: winner.name }
  applied.push(rule)
  return null
}

const ofTier = ({ rule, multiplierBp }: TierRule, { allLines }: Facts): Multiplier => ({
  rule,
  lines: allLines,
  caps: NOTHING,
  multiplierBp,
  type: 'tier',
})

/** In place, the earlier first among equals. There are a few at most, for which `Array.sort` is slow. */
function bestFirst(multipliers: Multiplier[]) {
  for (let next = 1; next < multipliers.length; next++) {
    const one = multipliers[next]!
    let at = next
    for (; at > 0 && multipliers[at - 1]!.multiplierBp < one.multiplierBp; at--) multipliers[at] = multipliers[at - 1]!
    multipliers[at] = one
  }
}

/**
 * The rule that counts instead of this one in a group where only the best counts, the earlier among equals. Null when this one
 * counts.
 */
function winnerOver<C extends Candidate>(one: C, all: readonly C[], worth: (candidate: C) => number): C | null {
  const { group, bestOnly } = one.rule
  if (!bestOnly) return null
  let best: C | null = null
  for (const rival of all) if (rival.rule.group === group && (!best || worth(rival) > worth(best))) best = rival
  return best === one ? null : best
}
