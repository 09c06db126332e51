import type { EarningRule, Gift, Policy } from '@pointbook/shared/contract/policy'
import { share } from '@pointbook/shared/money'
import type { Because } from '@pointbook/shared/words'
import { allocate } from './allocate.ts'
import { linesInScope, type Purchase, whyNot } from './conditions.ts'
import type { Why } from './points.ts'

export interface Earned {
  points: number
  /** Points of each line; they sum to `points`. A return takes them back in proportion. */
  linePoints: number[]
  why: Why[]
}

/** A rule that applies, on the lines it covers. */
interface Candidate {
  rule: Pick<EarningRule, 'id' | 'name' | 'group'>
  lines: number[]
}

interface Base extends Candidate {
  points: number
  because: Because
  /** How the points spread over the covered lines. */
  weights: number[]
}

interface Multiplier extends Candidate {
  multiplierBp: number
  type: 'multiply' | 'tier'
}

/**
 * What a purchase earns under a policy. Rules without a multiplier give first (the best of each group), then the multipliers work
 * on what they gave, line by line. Fractions end once for each rule, as `policy.earning.rounding` says.
 */
export function earn(policy: Policy, purchase: Purchase): Earned {
  const refused: Why[] = []
  const bases: Base[] = []
  const multipliers: Multiplier[] = []
  for (const rule of policy.earning.rules) {
    const no = (because: Because) => refused.push({ rule: rule.id, points: 0, because })
    const reason = whyNot(rule, purchase) ?? belowBands(rule.gift, purchase.amountFen)
    if (reason) {
      no(reason)
      continue
    }
    const lines = linesInScope(rule.scope, purchase.lines)
    if (lines.length === 0) {
      no({ type: 'nothing-in-scope' })
      continue
    }
    const multiplierBp = multiplierOf(rule.gift, purchase.amountFen)
    if (multiplierBp === null) bases.push(baseOf(policy, purchase, rule, lines))
    else multipliers.push({ rule, lines, multiplierBp, type: 'multiply' })
  }
  multipliers.push(...tierMultiplier(policy, purchase))
  const linePoints = purchase.lines.map(() => 0)
  const given = [...giveBases(bases, linePoints), ...multiply(policy, multipliers, linePoints)]
  return { points: linePoints.reduce((sum, points) => sum + points, 0), linePoints, why: [...given, ...refused] }
}

/** The multiplier of a rule that has one; null for the others. */
function multiplierOf(gift: Gift, amountFen: number): number | null {
  if (gift.type === 'multiply') return gift.multiplierBp
  if (gift.type !== 'bands') return null
  const reached = gift.bands.filter((band) => band.fromFen <= amountFen)
  return reached.reduce((best, band) => (band.fromFen > best.fromFen ? band : best), reached[0]!).multiplierBp
}

/** Why a rule's bands give nothing to this amount. */
function belowBands(gift: Gift, amountFen: number): Because | null {
  if (gift.type !== 'bands') return null
  const neededFen = Math.min(...gift.bands.map((band) => band.fromFen))
  return amountFen < neededFen ? { type: 'amount-below', neededFen, amountFen } : null
}

function tierMultiplier(policy: Policy, purchase: Purchase): Multiplier[] {
  const tier = policy.tiers.levels.find((level) => level.id === purchase.tierId)
  if (!tier || tier.multiplierBp === 10_000) return []
  const lines = purchase.lines.map((_, index) => index)
  return [{ rule: { id: '@tier', name: tier.name, group: '' }, lines, multiplierBp: tier.multiplierBp, type: 'tier' }]
}

function baseOf(policy: Policy, purchase: Purchase, rule: EarningRule, lines: number[]): Base {
  const covered = lines.map((line) => purchase.lines[line]!)
  const amountFen = covered.reduce((sum, line) => sum + line.amountFen, 0)
  const quantity = covered.reduce((sum, line) => sum + line.quantity, 0)
  const byAmount = covered.map((line) => line.amountFen)
  const { gift } = rule
  if (gift.type === 'rate') {
    const points = share(amountFen, gift.points, gift.perFen, policy.earning.rounding)
    const because: Because =
      points === 0 ? { type: 'rounded-away', amountFen, perFen: gift.perFen } : { ...gift, amountFen }
    return { rule, lines, points, because, weights: byAmount }
  }
  if (gift.type === 'per-unit') {
    const because: Because = { type: 'per-unit', points: gift.points, quantity }
    return { rule, lines, points: gift.points * quantity, because, weights: covered.map((line) => line.quantity) }
  }
  const points = gift.type === 'fixed' ? gift.points : 0
  return { rule, lines, points, because: { type: 'fixed' }, weights: byAmount }
}

function giveBases(bases: Base[], linePoints: number[]): Why[] {
  const best = new Map<string, Base>()
  for (const base of bases) {
    const rival = best.get(base.rule.group)
    if (!rival || base.points > rival.points) best.set(base.rule.group, base)
  }
  return bases.map((base) => {
    const winner = base.rule.group ? best.get(base.rule.group)! : base
    if (winner !== base) return { rule: base.rule.id, points: 0, because: { type: 'beaten', by: winner.rule.name } }
    add(linePoints, base.lines, allocate(base.points, base.weights))
    return { rule: base.rule.id, points: base.points, because: base.because }
  })
}

function add(linePoints: number[], lines: number[], parts: number[]) {
  lines.forEach((line, index) => {
    linePoints[line]! += parts[index]!
  })
}

function multiply(policy: Policy, multipliers: Multiplier[], linePoints: number[]): Why[] {
  const best = policy.earning.multipliers === 'best'
  const largestFirst = [...multipliers].sort((a, b) => b.multiplierBp - a.multiplierBp)
  const taken = new Set<number>()
  return (best ? largestFirst : multipliers).map(({ rule, lines, multiplierBp, type }): Why => {
    const open = best ? lines.filter((line) => !taken.has(line)) : lines
    if (open.length === 0) return { rule: rule.id, points: 0, because: { type: 'smaller-multiplier' } }
    for (const line of open) taken.add(line)
    const base = open.map((line) => linePoints[line]!)
    const basePoints = base.reduce((sum, points) => sum + points, 0)
    if (basePoints === 0) return { rule: rule.id, points: 0, because: { type: 'no-base' } }
    const points = share(basePoints, multiplierBp - 10_000, 10_000, policy.earning.rounding)
    add(linePoints, open, allocate(points, base))
    return { rule: rule.id, points, because: { type, multiplierBp, basePoints } }
  })
}
