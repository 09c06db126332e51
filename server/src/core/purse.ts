import type { Policy } from '@pointbook/shared/contract/policy'
import type { Because } from '@pointbook/shared/words'
import { addParts, allocate, sum } from './allocate.ts'
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
  used: ReadonlyMap<string, number>
}

/** A rule that applies, on the lines it covers. */
export interface Candidate {
  rule: Pick<PlannedRule, 'id' | 'name' | 'group' | 'bestOnly'>
  caps: readonly CapScope[]
  lines: readonly number[]
}

export interface Base extends Candidate {
  given: Given
}

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
  private used: Map<string, number> | null = null
  private readonly multiplied: boolean[] = []
  private readonly why: Why[] = []

  constructor({ earning: { rounding, roundEach: each, multipliers } }: Policy, lines: readonly number[], before: Used) {
    this.before = before
    this.ending = { rounding, each }
    this.bestOnly = multipliers === 'best'
    this.linePoints = lines.map(() => 0)
    this.lineExact = each === 'receipt' ? this.linePoints.map(() => NONE) : null
    this.receipt = each === 'receipt' ? receiptSum(rounding) : null
  }

  /** What the event gives by itself; it lies on the first line. */
  take(given: Why) {
    this.linePoints[0]! += given.points
    if (this.lineExact) this.lineExact[0] = this.lineExact[0]!.plus(fraction(given.points, 1, 1))
    this.why.push(given)
  }

  /** Unless another rule of its group counts instead. */
  give(base: Base, winner: Candidate | null) {
    if (winner) this.beaten(base, winner)
    else this.lay(base, base.lines, base.given)
  }

  /** Unless another rule of its group counts instead. */
  multiply(one: Multiplier, winner: Candidate | null) {
    if (winner) return this.beaten(one, winner)
    const open = this.bestOnly ? one.lines.filter((line) => !this.multiplied[line]) : one.lines
    if (open.length === 0) return this.say(one, 0, { type: 'smaller-multiplier' })
    if (this.bestOnly) for (const line of open) this.multiplied[line] = true
    const base = open.map((line) => this.linePoints[line]!)
    if (sum(base) === 0) return this.say(one, 0, { type: 'no-base' })
    const { type, multiplierBp } = one
    const more = multiplierBp - 10_000
    const given = inProportion(base, more, 10_000, this.ending, (basePoints) => ({ type, multiplierBp, basePoints }))
    const { lineExact } = this
    given.exact = lineExact && open.map((line) => lineExact[line]!.times(more, 10_000))
    this.lay(one, open, given)
  }

  close(refused: Why[]): Earned {
    const { linePoints, why } = this
    for (const one of refused) why.push(one)
    return { points: sum(linePoints), linePoints, why, used: this.used ?? NOTHING_USED }
  }

  private beaten(one: Candidate, { rule }: Candidate) {
    this.say(one, 0, { type: 'beaten', by: rule.name })
  }

  private say({ rule }: Candidate, points: number, because: Because) {
    this.why.push({ rule: rule.id, points, because })
  }

  /** Lays a gift on its lines, cut to what the caps leave. */
  private lay(one: Candidate, covered: readonly number[], { points, weights, exact, because }: Given) {
    const wanted = exact && this.receipt ? this.receipt.add(exact) : points
    const laid = this.cut(one, wanted, because)
    addParts(this.linePoints, covered, laid, weights)
    if (this.lineExact) layExact(this.lineExact, covered, exact && laid === wanted ? exact : wholes(laid, weights))
  }

  /** What of the wanted points the caps leave, counted and said. */
  private cut(one: Candidate, wanted: number, because: Because): number {
    if (one.caps.length === 0) {
      this.say(one, wanted, because)
      return wanted
    }
    const { left, cap } = tightest(one.caps, this.before)!
    const laid = Math.min(wanted, left)
    // A scope is one rule's own, and a rule gives once: nothing of it has been used within the event.
    this.used ??= new Map()
    for (const { scope } of one.caps) this.used.set(scope, laid)
    this.say(one, laid, laid < wanted ? { type: 'capped', cap: cap.cap, most: cap.most, wanted } : because)
    return laid
  }
}

const NOTHING_USED: ReadonlyMap<string, number> = new Map()

const NONE = fraction(0, 1, 1)

const wholes = (points: number, weights: readonly number[]): Fraction[] =>
  allocate(points, weights).map((part) => fraction(part, 1, 1))

function layExact(totals: Fraction[], lines: readonly number[], parts: readonly Fraction[]) {
  for (let at = 0; at < lines.length; at++) totals[lines[at]!] = totals[lines[at]!]!.plus(parts[at]!)
}
