import type { Rounding } from '@pointbook/shared/money'

/** An exact fraction ≥ 0. */
export interface Fraction {
  numerator: bigint
  denominator: bigint
  plus(other: Fraction): Fraction
  times(numerator: number, denominator: number): Fraction
}

const make = (numerator: bigint, denominator: bigint): Fraction => {
  const shared = greatestCommon(numerator, denominator)
  const [top, bottom] = [numerator / shared, denominator / shared]
  return {
    numerator: top,
    denominator: bottom,
    plus: (other) => make(top * other.denominator + other.numerator * bottom, bottom * other.denominator),
    times: (by, over) => make(top * BigInt(by), bottom * BigInt(over)),
  }
}

const greatestCommon = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommon(b, a % b))

/** `value × numerator ÷ denominator` of whole numbers. */
export const fraction = (value: number, numerator: number, denominator: number): Fraction =>
  make(BigInt(value) * BigInt(numerator), BigInt(denominator))

/** A whole number; half goes up when rounding to the nearest. */
export function roundTo({ numerator, denominator }: Fraction, rounding: Rounding): number {
  const whole = numerator / denominator
  const rest = numerator % denominator
  const up = rest > 0n && (rounding === 'up' || (rounding === 'nearest' && rest * 2n >= denominator))
  return Number(up ? whole + 1n : whole)
}
