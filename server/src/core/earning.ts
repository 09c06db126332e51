import type { EarningRule, Gift } from '@pointbook/shared/contract/earning-rule'
import type { Policy } from '@pointbook/shared/contract/policy'
import type { Because } from '@pointbook/shared/words'
import { countedFen } from './basis.ts'
import { capScopes, hasCaps, type Used } from './caps.ts'
import { coversAll, type Facts, factsOf, linesInScope, whyNot } from './conditions.ts'
import type { EarningEvent } from './earning-event.ts'
import { baseGift, isBase } from './gifts.ts'
import type { Why } from './points.ts'
import { type Base, type Candidate, type Earned, type Multiplier, openPurse, type Ranked } from './purse.ts'

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
  for (const base of ranked(bases, policy, (one) => one.points)) purse.give(base)
  for (const multiplier of inOrder(policy, multipliers)) purse.multiply(multiplier)
  return purse.close(refused)
}

/** The rules that apply, by what they do, and those that do not, with the reason. */
function sort(policy: Policy, facts: Facts) {
  const { rounding, roundEach: each, groups } = policy.earning
  const bases: Base[] = []
  const multipliers: Multiplier[] = []
  const refused: Why[] = []
  const allLines = facts.lines.map((_, line) => line)
  const exclusive = new Set(groups.filter(({ mode }) => mode === 'exclusive').map(({ id }) => id))
  const takenBy = new Map<string, string>()
  for (const rule of rulesFor(policy, facts)) {
    const lines = coversAll(rule.scope) ? allLines : linesInScope(rule.scope, facts.lines)
    const reason = refusal(rule, lines, takenBy, facts)
    if (reason) {
      refused.push({ rule: rule.id, points: 0, because: reason })
      continue
    }
    if (exclusive.has(rule.group)) takenBy.set(rule.group, rule.name)
    const candidate = { rule, lines, caps: hasCaps(rule) ? capScopes(rule, facts.on) : [] }
    if (isBase(rule.gift)) bases.push({ ...candidate, ...baseGift(rule.gift, lines, facts, { rounding, each }) })
    else multipliers.push({ ...candidate, multiplierBp: multiplierOf(rule.gift, facts.amountFen), type: 'multiply' })
  }
  return { bases, multipliers: [...multipliers, ...tierMultiplier(policy, facts, allLines)], refused }
}

const byTrigger = new WeakMap<Policy, Map<string, EarningRule[]>>()

/** The enabled rules for an event's trigger and code. A policy never changes, so they are sorted once. */
export function rulesFor(policy: Policy, { trigger, code }: Pick<EarningEvent, 'trigger' | 'code'>): EarningRule[] {
  const known = byTrigger.get(policy) ?? new Map<string, EarningRule[]>()
  byTrigger.set(policy, known)
  const found = known.get(trigger) ?? policy.earning.rules.filter((rule) => rule.enabled && rule.trigger === trigger)
  known.set(trigger, found)
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

function tierMultiplier(policy: Policy, { trigger, who }: Facts, lines: number[]): Multiplier[] {
  const tier = trigger === 'purchase' ? policy.tiers.levels.find((level) => level.id === who.tierId) : undefined
  if (!tier || tier.multiplierBp === 10_000) return []
  const rule = { id: '@tier', name: tier.name, group: '' }
  return [{ rule, caps: [], lines, multiplierBp: tier.multiplierBp, type: 'tier' }]
}

function inOrder(policy: Policy, multipliers: Multiplier[]): Ranked<Multiplier>[] {
  const all = ranked(multipliers, policy, (one) => one.multiplierBp)
  return policy.earning.multipliers === 'best' ? all.sort((a, b) => b.multiplierBp - a.multiplierBp) : all
}

/** Tells of each candidate which other one beats it, where only the best of a group counts; the earlier among equals. */
function ranked<C extends Candidate>(all: C[], policy: Policy, worth: (candidate: C) => number): Ranked<C>[] {
  const bestOnly = new Set(policy.earning.groups.filter(({ mode }) => mode === 'best').map(({ id }) => id))
  const best = new Map<string, C>()
  for (const candidate of all) {
    const { group } = candidate.rule
    const rival = best.get(group)
    if (bestOnly.has(group) && (!rival || worth(candidate) > worth(rival))) best.set(group, candidate)
  }
  return all.map((candidate) => {
    const winner = best.get(candidate.rule.group)
    return { ...candidate, beatenBy: winner && winner !== candidate ? winner.rule.name : null }
  })
}
