import type { Policy } from '@pointbook/shared/contract/points/policy'
import { MOST_POINTS } from '@pointbook/shared/quantities'
import { Refusal } from '@pointbook/shared/refusals'
import type { ExplanationCode } from '@pointbook/shared/words'
import type { Explanation } from '../ledger/points.ts'
import { addParts, allocate, sum } from './allocate.ts'
import { type CapScope, tightest, type Used } from './caps.ts'
import { type Fraction, fraction } from './fraction.ts'
import { type Contribution, type Ending, inProportion, receiptSum } from './gifts.ts'
import type { PlannedRule } from './plan.ts'

export interface Earned {
  points: number
  /** Points of each line; they sum to `points`. A return takes them back in proportion. */
  linePoints: number[]
  why: Explanation[]
  /** The use of the rules' caps; each scope occurs at most once. */
  used: readonly { scope: string; points: number }[]
}

/** A rule that applies, on the lines it covers. */
export interface Candidate {
  rule: Pick<PlannedRule, 'id' | 'name' | 'group' | 'bestOnly'>
  caps: readonly CapScope[]
  lines: readonly number[]
}

export interface Base extends Candidate {
  given: Contribution
}

export interface Multiplier extends Candidate {
  multiplierBp: number
  type: 'multiply' | 'tier'
}

/**
 * Collects the points of rules, line by line, with their explanations. It is a class because one is created for every purchase.
 */
export class Purse {
  private readonly before: Used
  private readonly ending: Ending
  private readonly bestOnly: boolean
  private readonly linePoints: number[]
  /** The unrounded points of each line where the whole receipt is rounded once; multipliers apply to these. */
  private readonly lineExact: Fraction[] | null
  private readonly receipt: ReturnType<typeof receiptSum> | null
  private readonly used: { scope: string; points: number }[] = []
  /** The lines already multiplied, where only the best multiplier counts. */
  private multiplied: readonly number[] = NO_LINES
  private readonly why: Explanation[] = []

  constructor({ earning: { rounding, roundEach: each, multipliers } }: Policy, lines: readonly number[], before: Used) {
    this.before = before
    this.ending = { rounding, each }
    this.bestOnly = multipliers === 'best'
    this.linePoints = lines.map(() => 0)
    this.lineExact = each === 'receipt' ? this.linePoints.map(() => NONE) : null
    this.receipt = each === 'receipt' ? receiptSum(rounding) : null
  }

  /** Adds the points that the event itself gives, on the first line. */
  take(contribution: Explanation) {
    this.linePoints[0]! += contribution.points
    if (this.lineExact) this.lineExact[0] = this.lineExact[0]!.plus(fraction(contribution.points, 1, 1))
    this.why.push(contribution)
  }

  /** Does nothing when another rule of its group counts instead. */
  give(base: Base, winner: Candidate | null) {
    if (winner) this.beaten(base, winner)
    else this.lay(base, base.lines, base.given)
  }

  /** Does nothing when another rule of its group counts instead. */
  multiply(one: Multiplier, winner: Candidate | null) {
    if (winner) return this.beaten(one, winner)
    const open = this.open(one.lines)
    if (open.length === 0) return this.say(one, 0, SMALLER)
    if (this.bestOnly) this.multiplied = this.multiplied.length > 0 ? [...this.multiplied, ...open] : open
    const base = open.map((line) => this.linePoints[line]!)
    if (sum(base) === 0) return this.say(one, 0, NO_BASE)
    const { type, multiplierBp } = one
    const more = multiplierBp - 10_000
    const contribution = inProportion(base, more, 10_000, this.ending, (basePoints) => ({
      type,
      multiplierBp,
      basePoints,
    }))
    const { lineExact } = this
    contribution.exact = lineExact && open.map((line) => lineExact[line]!.times(more, 10_000))
    this.lay(one, open, contribution)
  }

  /** The lines that may still be multiplied. */
  private open(lines: readonly number[]): readonly number[] {
    const { multiplied } = this
    if (multiplied.length === 0) return lines
    if (multiplied.length === this.linePoints.length) return NO_LINES
    return lines.filter((line) => !multiplied.includes(line))
  }

  close(refused: Explanation[]): Earned {
    const { linePoints } = this
    return { points: sum(linePoints), linePoints, why: this.why.concat(refused), used: this.used }
  }

  private beaten(one: Candidate, { rule }: Candidate) {
    this.say(one, 0, { type: 'beaten', by: rule.name })
  }

  private say({ rule }: Candidate, points: number, because: ExplanationCode) {
    this.why.push({ rule: rule.id, points, because })
  }

  /** Lays a gift on its lines, cut to what the caps leave. */
  private lay(one: Candidate, covered: readonly number[], { points, weights, exact, because }: Contribution) {
    const wanted = exact && this.receipt ? this.receipt.add(exact) : points
    const laid = this.cut(one, wanted, because)
    // Numbers above the safe integers are not exact, and no account may exceed the limit.
    if (wanted > Number.MAX_SAFE_INTEGER || laid > MOST_POINTS)
      throw new Refusal('points.too-many', { most: MOST_POINTS })
    addParts(this.linePoints, covered, laid, weights)
    if (this.lineExact) layExact(this.lineExact, covered, exact && laid === wanted ? exact : wholes(laid, weights))
  }

  /** The points that the caps leave. Counts their use and adds the explanation. */
  private cut(one: Candidate, wanted: number, because: ExplanationCode): number {
    if (one.caps.length === 0) {
      this.say(one, wanted, because)
      return wanted
    }
    const { left, cap } = tightest(one.caps, this.before)!
    const laid = Math.min(wanted, left)
    // A scope belongs to one rule, and a rule gives once in an event: nothing of the scope was used earlier in the same event.
    for (const { scope } of one.caps) this.used.push({ scope, points: laid })
    this.say(one, laid, laid < wanted ? { type: 'capped', cap: cap.cap, most: cap.most, wanted } : because)
    return laid
  }
}

const NO_LINES: readonly number[] = []
const SMALLER: ExplanationCode = { type: 'smaller-multiplier' }
const NO_BASE: ExplanationCode = { type: 'no-base' }

const NONE = fraction(0, 1, 1)

const wholes = (points: number, weights: readonly number[]): Fraction[] =>
  allocate(points, weights).map((part) => fraction(part, 1, 1))

function layExact(totals: Fraction[], lines: readonly number[], parts: readonly Fraction[]) {
  for (let at = 0; at < lines.length; at++) totals[lines[at]!] = totals[lines[at]!]!.plus(parts[at]!)
}
