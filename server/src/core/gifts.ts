import type { Gift } from '@pointbook/shared/contract/earning-rule'
import { type Rounding, share } from '@pointbook/shared/money'
import type { Because } from '@pointbook/shared/words'
import { allocate, sum } from './allocate.ts'
import type { Facts } from './facts.ts'
import { type Fraction, fraction, roundTo } from './fraction.ts'

/** How fractions end: the policy's rounding, once for each line, each rule or the whole receipt. */
export interface Ending {
  rounding: Rounding
  each: 'line' | 'rule' | 'receipt'
}

/** What a rule without a multiplier gives on the lines it covers. */
export interface Given {
  points: number
  /** Its parts on the covered lines. */
  parts: number[]
  /** The parts before rounding, where the receipt is rounded as a whole. */
  exact: Fraction[] | null
  because: Because
}

export type BaseGift = Exclude<Gift, { type: 'multiply' | 'bands' }>

export const isBase = (gift: Gift): gift is BaseGift => gift.type !== 'multiply' && gift.type !== 'bands'

export function baseGift(gift: BaseGift, lines: readonly number[], facts: Facts, ending: Ending): Given {
  const amounts = lines === facts.allLines ? facts.countedFen : lines.map((line) => facts.countedFen[line]!)
  switch (gift.type) {
    case 'fixed':
      return whole(gift.points, amounts, FIXED)
    case 'per-unit': {
      const quantities = lines.map((line) => facts.lines[line]!.quantity)
      const quantity = sum(quantities)
      return whole(gift.points * quantity, quantities, { type: 'per-unit', points: gift.points, quantity })
    }
    case 'step': {
      const { type, points, perFen } = gift
      const amountFen = sum(amounts)
      const steps = Math.floor(amountFen / perFen)
      const because: Because = steps > 0 ? { type, points, perFen, amountFen } : tooLittle(amountFen, perFen)
      return whole(steps * points, amounts, because)
    }
    case 'rate': {
      const { type, points, perFen } = gift
      const amountFen = sum(amounts)
      const given = inProportion(amounts, points, perFen, ending)
      const because: Because = given.points > 0 ? { type, points, perFen, amountFen } : tooLittle(amountFen, perFen)
      return { points: given.points, parts: given.parts, exact: given.exact, because }
    }
    case 'percent': {
      const { type, percentBp } = gift
      const amountFen = sum(amounts)
      const given = inProportion(amounts, percentBp, 1_000_000, ending)
      const because: Because =
        given.points > 0 ? { type, percentBp, amountFen } : tooLittle(amountFen, Math.ceil(1_000_000 / percentBp))
      return { points: given.points, parts: given.parts, exact: given.exact, because }
    }
  }
}

const FIXED: Because = { type: 'fixed' }

const tooLittle = (amountFen: number, perFen: number): Because => ({ type: 'rounded-away', amountFen, perFen })

const whole = (points: number, weights: readonly number[], because: Because): Given => ({
  points,
  parts: allocate(points, weights),
  exact: null,
  because,
})

/** `numerator ÷ denominator` of each value, rounded as the policy says. */
export function inProportion(
  values: readonly number[],
  numerator: number,
  denominator: number,
  { rounding, each }: Ending,
): Omit<Given, 'because'> {
  if (each === 'line') {
    const parts = values.map((value) => share(value, numerator, denominator, rounding))
    return { points: sum(parts), parts, exact: null }
  }
  const points = share(sum(values), numerator, denominator, rounding)
  const exact = each === 'receipt' ? values.map((value) => fraction(value, numerator, denominator)) : null
  return { points, parts: allocate(points, values), exact }
}

/** Sums what a receipt gives before rounding, so that all of it is rounded once. */
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
