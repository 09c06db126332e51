import type { EarningRule } from '@pointbook/shared/contract/earning-rule'
import type { Policy } from '@pointbook/shared/contract/policy'
import type { Because } from '@pointbook/shared/words'
import { allocate } from './allocate.ts'
import { type CapScope, tightest, type Used } from './caps.ts'
import { type Fraction, fraction } from './fraction.ts'
import { type Ending, type Given, inProportion, receiptSum } from './gifts.ts'
import type { Why } from './points.ts'

export interface Earned {
  points: number
  /** Points of each line; they sum to `points`. A return takes them back in proportion. */
  linePoints: number[]
  why: Why[]
  /** What was used of the rules' caps, by scope. */
  used: Map<string, number>
}

/** A rule that applies, on the lines it covers. */
export interface Candidate {
  rule: Pick<EarningRule, 'id' | 'name' | 'group'>
  caps: CapScope[]
  lines: number[]
}

export type Base = Candidate & Given

export interface Multiplier extends Candidate {
  multiplierBp: number
  type: 'multiply' | 'tier'
}

/** Gathers what rules give, line by line, with the reasons. */
export function openPurse(policy: Policy, lines: number, before: Used) {
  const { rounding, roundEach: each, multipliers } = policy.earning
  const ending: Ending = { rounding, each }
  const linePoints = new Array<number>(lines).fill(0)
  // Multipliers work on what a line has before rounding, where the receipt is rounded as a whole.
  const lineExact = each === 'receipt' ? linePoints.map(() => fraction(0, 1, 1)) : null
  const receipt = lineExact && receiptSum(rounding)
  const used = new Map<string, number>()
  const multiplied = new Set<number>()
  const why: Why[] = []
  const say = (rule: string, points: number, because: Because) => why.push({ rule, points, because })

  /** Lays a gift on its lines, cut to what the caps leave. */
  function lay({ rule, caps }: Candidate, covered: number[], { points, parts, exact, because }: Given) {
    const wanted = exact && receipt ? receipt.add(exact) : points
    const tight = tightest(caps, (scope) => before(scope) + (used.get(scope) ?? 0))
    const laid = tight ? Math.min(wanted, tight.left) : wanted
    for (const { scope } of caps) used.set(scope, (used.get(scope) ?? 0) + laid)
    const whole = laid === points ? parts : allocate(laid, parts)
    for (let at = 0; at < covered.length; at++) {
      const line = covered[at]!
      linePoints[line]! += whole[at]!
      if (lineExact) lineExact[line] = lineExact[line]!.plus(partOf(laid === wanted ? exact : null, whole, at))
    }
    if (tight && laid < wanted) say(rule.id, laid, { type: 'capped', cap: tight.cap.cap, most: tight.cap.most, wanted })
    else say(rule.id, laid, because)
  }

  function multiply(one: Multiplier) {
    const open = multipliers === 'best' ? one.lines.filter((line) => !multiplied.has(line)) : one.lines
    if (open.length === 0) return say(one.rule.id, 0, { type: 'smaller-multiplier' })
    for (const line of open) multiplied.add(line)
    const base = open.map((line) => linePoints[line]!)
    const basePoints = base.reduce((sum, points) => sum + points, 0)
    if (basePoints === 0) return say(one.rule.id, 0, { type: 'no-base' })
    const more = one.multiplierBp - 10_000
    const added = inProportion(base, more, 10_000, ending)
    const exact = lineExact && open.map((line) => lineExact[line]!.times(more, 10_000))
    const because: Because = { type: one.type, multiplierBp: one.multiplierBp, basePoints }
    lay(one, open, { points: added.points, parts: added.parts, exact, because })
  }

  return {
    /** What the event gives by itself; it lies on the first line. */
    take(given: Why) {
      linePoints[0]! += given.points
      if (lineExact) lineExact[0] = lineExact[0]!.plus(fraction(given.points, 1, 1))
      why.push(given)
    },
    give: (base: Base) => lay(base, base.lines, base),
    multiply,
    /** Says of a rule that another one of its group counts instead. */
    beaten: ({ rule }: Candidate, by: string) => say(rule.id, 0, { type: 'beaten', by }),
    close: (refused: Why[]): Earned => ({
      points: linePoints.reduce((sum, points) => sum + points, 0),
      linePoints,
      why: why.concat(refused),
      used,
    }),
  }
}

const partOf = (exact: Fraction[] | null, whole: number[], at: number): Fraction =>
  exact?.[at] ?? fraction(whole[at]!, 1, 1)
