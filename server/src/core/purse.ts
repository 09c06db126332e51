import type { Policy } from '@pointbook/shared/contract/policy'
import type { Because } from '@pointbook/shared/words'
import { allocate, sum } from './allocate.ts'
import { type CapScope, tightest, type Used } from './caps.ts'
import type { PlannedRule } from './earning-plan.ts'
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
  rule: Pick<PlannedRule, 'id' | 'name' | 'group' | 'bestOnly'>
  caps: readonly CapScope[]
  lines: readonly number[]
}

export type Base = Candidate & Given

export interface Multiplier extends Candidate {
  multiplierBp: number
  type: 'multiply' | 'tier'
}

/** Gathers what rules give, line by line, with the reasons. A class, as one is opened for every purchase there is. */
export class Purse {
  private readonly before: Used
  private readonly ending: Ending
  private readonly bestOnly: boolean
  private readonly linePoints: number[]
  /** What a line has before rounding, where the receipt is rounded as a whole: multipliers work on that. */
  private readonly lineExact: Fraction[] | null
  private readonly receipt: ReturnType<typeof receiptSum> | null
  private readonly used = new Map<string, number>()
  private readonly multiplied = new Set<number>()
  private readonly why: Why[] = []

  constructor({ earning: { rounding, roundEach: each, multipliers } }: Policy, lines: number, before: Used) {
    this.before = before
    this.ending = { rounding, each }
    this.bestOnly = multipliers === 'best'
    this.linePoints = new Array<number>(lines).fill(0)
    this.lineExact = each === 'receipt' ? this.linePoints.map(() => NONE) : null
    this.receipt = each === 'receipt' ? receiptSum(rounding) : null
  }

  /** What the event gives by itself; it lies on the first line. */
  take(given: Why) {
    this.linePoints[0]! += given.points
    if (this.lineExact) this.lineExact[0] = this.lineExact[0]!.plus(fraction(given.points, 1, 1))
    this.why.push(given)
  }

  give(base: Base) {
    this.lay(base, base.lines, base)
  }

  multiply(one: Multiplier) {
    const open = this.bestOnly ? one.lines.filter((line) => !this.multiplied.has(line)) : one.lines
    if (open.length === 0) return this.say(one, 0, { type: 'smaller-multiplier' })
    if (this.bestOnly) for (const line of open) this.multiplied.add(line)
    const base = open.map((line) => this.linePoints[line]!)
    const basePoints = sum(base)
    if (basePoints === 0) return this.say(one, 0, { type: 'no-base' })
    const more = one.multiplierBp - 10_000
    const { points, parts } = inProportion(base, more, 10_000, this.ending)
    const { lineExact } = this
    const exact = lineExact && open.map((line) => lineExact[line]!.times(more, 10_000))
    const because: Because = { type: one.type, multiplierBp: one.multiplierBp, basePoints }
    this.lay(one, open, { points, parts, exact, because })
  }

  /** Says of a rule that another one of its group counts instead. */
  beaten(one: Candidate, by: string) {
    this.say(one, 0, { type: 'beaten', by })
  }

  close(refused: Why[]): Earned {
    const { linePoints, why, used } = this
    return { points: sum(linePoints), linePoints, why: why.concat(refused), used }
  }

  private say({ rule }: Candidate, points: number, because: Because) {
    this.why.push({ rule: rule.id, points, because })
  }

  /** Lays a gift on its lines, cut to what the caps leave. */
  private lay(one: Candidate, covered: readonly number[], { points, parts, exact, because }: Given) {
    const wanted = exact && this.receipt ? this.receipt.add(exact) : points
    const laid = this.cut(one, wanted, because)
    const whole = laid === points ? parts : allocate(laid, parts)
    for (let at = 0; at < covered.length; at++) this.linePoints[covered[at]!]! += whole[at]!
    const { lineExact } = this
    if (!lineExact) return
    for (let at = 0; at < covered.length; at++) {
      const line = covered[at]!
      lineExact[line] = lineExact[line]!.plus(partOf(laid === wanted ? exact : null, whole, at))
    }
  }

  /** What of the wanted points the caps leave, counted and said. */
  private cut(one: Candidate, wanted: number, because: Because): number {
    if (one.caps.length === 0) {
      this.say(one, wanted, because)
      return wanted
    }
    const { left, cap } = tightest(one.caps, (scope) => this.usedOf(scope))!
    const laid = Math.min(wanted, left)
    for (const { scope } of one.caps) this.used.set(scope, (this.used.get(scope) ?? 0) + laid)
    this.say(one, laid, laid < wanted ? { type: 'capped', cap: cap.cap, most: cap.most, wanted } : because)
    return laid
  }

  private usedOf(scope: string): number {
    return this.before(scope) + (this.used.get(scope) ?? 0)
  }
}

const NONE = fraction(0, 1, 1)

const partOf = (exact: readonly Fraction[] | null, whole: readonly number[], at: number): Fraction =>
  exact?.[at] ?? fraction(whole[at]!, 1, 1)
