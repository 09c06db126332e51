import type { Gift } from '@pointbook/shared/contract/earning-rule'
import { type Rounding, share } from '@pointbook/shared/money'
import type { Because } from '@pointbook/shared/words'
import { allocate } from './allocate.ts'
import type { Facts } from './conditions.ts'
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

type BaseGift = Exclude<Gift, { type: 'multiply' | 'bands' }>

export const isBase = (gift: Gift): gift is BaseGift => gift.type !== 'multiply' && gift.type !== 'bands'

export function baseGift(gift: BaseGift, lines: readonly number[], facts: Facts, ending: Ending): Given {
  const isAll = lines.length === facts.lines.length
  const amounts = isAll ? facts.countedFen : lines.map((line) => facts.countedFen[line]!)
  const amountFen = sum(amounts)
  switch (gift.type) {
    case 'fixed':
      return whole(gift.points, amounts, { type: 'fixed' })
    case 'per-unit': {
      const quantities = lines.map((line) => facts.lines[line]!.quantity)
      const quantity = sum(quantities)
      return whole(gift.points * quantity, quantities, { type: 'per-unit', points: gift.points, quantity })
    }
    case 'step': {
      const points = Math.floor(amountFen / gift.perFen) * gift.points
      return whole(points, amounts, points > 0 ? { ...gift, amountFen } : tooLittle(amountFen, gift.perFen))
    }
    case 'rate': {
      const given = inProportion(amounts, gift.points, gift.perFen, ending)
      const because: Because = given.points > 0 ? { ...gift, amountFen } : tooLittle(amountFen, gift.perFen)
      return { ...given, because }
    }
    case 'percent': {
      const given = inProportion(amounts, gift.percentBp, 1_000_000, ending)
      const because: Because =
        given.points > 0 ? { ...gift, amountFen } : tooLittle(amountFen, Math.ceil(1_000_000 / gift.percentBp))
      return { ...given, because }
    }
  }
}

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

const sum = (values: readonly number[]) => {
  let total = 0
  for (const value of values) total += value
  return total
}
