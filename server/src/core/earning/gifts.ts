import type { Gift } from '@pointbook/shared/contract/points/earning-rule'
import { type Rounding, share } from '@pointbook/shared/money'
import type { ExplanationCode } from '@pointbook/shared/words'
import { sum } from './allocate.ts'
import type { Facts } from './facts.ts'
import { type Fraction, fraction, roundTo } from './fraction.ts'

/** How fractions are rounded: per line, per rule or once for the whole receipt. */
export interface Ending {
  rounding: Rounding
  each: 'line' | 'rule' | 'receipt'
}

/** The points that a rule without a multiplier gives on the lines it covers. */
export interface Contribution {
  points: number
  /** How they are spread over the covered lines. */
  weights: readonly number[]
  /** The parts of the lines before rounding, where the receipt is rounded as a whole. */
  exact: Fraction[] | null
  because: ExplanationCode
}

/** False for a gift that multiplies what others give. */
export const isBase = (gift: Gift): boolean => gift.type !== 'multiply' && gift.type !== 'bands'

/** Computes the points of a rule on lines of an event. */
export type Giver = (lines: readonly number[], facts: Facts) => Contribution

/** Null for a gift that multiplies what others give. */
export function giverOf(gift: Gift, ending: Ending): Giver | null {
  switch (gift.type) {
    case 'fixed':
      return (lines, facts) => whole(gift.points, amountsOf(lines, facts), FIXED)
    case 'per-unit': {
      const { points } = gift
      return (lines, facts) => {
        const quantities = lines.map((line) => facts.lines[line]!.quantity)
        const quantity = sum(quantities)
        return whole(points * quantity, quantities, { type: 'per-unit', points, quantity })
      }
    }
    case 'step': {
      const { type, points, perFen } = gift
      return (lines, facts) => {
        const amounts = amountsOf(lines, facts)
        const amountFen = sum(amounts)
        const steps = Math.floor(amountFen / perFen)
        return whole(
          steps * points,
          amounts,
          steps > 0 ? { type, points, perFen, amountFen } : tooLittle(amountFen, perFen),
        )
      }
    }
    case 'rate': {
      const { type, points, perFen } = gift
      const because = (amountFen: number, given: number): ExplanationCode =>
        given > 0 ? { type, points, perFen, amountFen } : tooLittle(amountFen, perFen)
      return (lines, facts) => inProportion(amountsOf(lines, facts), points, perFen, ending, because)
    }
    case 'percent': {
      const { type, percentBp } = gift
      const because = (amountFen: number, given: number): ExplanationCode =>
        given > 0 ? { type, percentBp, amountFen } : tooLittle(amountFen, Math.ceil(1_000_000 / percentBp))
      return (lines, facts) => inProportion(amountsOf(lines, facts), percentBp, 1_000_000, ending, because)
    }
    default:
      return null
  }
}

const amountsOf = (lines: readonly number[], { allLines, countedFen }: Facts): readonly number[] =>
  lines === allLines ? countedFen : lines.map((line) => countedFen[line]!)

const FIXED: ExplanationCode = { type: 'fixed' }

const tooLittle = (amountFen: number, perFen: number): ExplanationCode => ({ type: 'rounded-away', amountFen, perFen })

const whole = (points: number, weights: readonly number[], because: ExplanationCode): Contribution => ({
  points,
  weights,
  exact: null,
  because,
})

/** `numerator ÷ denominator` of each value, rounded as the policy says. `because` says why, given their sum and the points. */
export function inProportion(
  values: readonly number[],
  numerator: number,
  denominator: number,
  { rounding, each }: Ending,
  because: (all: number, points: number) => ExplanationCode,
): Contribution {
  const all = sum(values)
  let parts: number[] | null = null
  if (each === 'line') parts = values.map((value) => share(value, numerator, denominator, rounding))
  const points = parts ? sum(parts) : share(all, numerator, denominator, rounding)
  return {
    points,
    weights: parts ?? values,
    exact: each === 'receipt' ? values.map((value) => fraction(value, numerator, denominator)) : null,
    because: because(all, points),
  }
}

/** Sums the unrounded points of a receipt, so that they are rounded once. */
export function receiptSum(rounding: Rounding) {
  let exact = fraction(0, 1, 1)
  let given = 0
  return {
    /** Points that one more gift adds to the rounded whole. */
    add(parts: readonly Fraction[]): number {
      exact = parts.reduce((total, part) => total.plus(part), exact)
      const points = roundTo(exact, rounding) - given
      given += points
      return points
    },
  }
}
