import { share } from '@pointbook/shared/money'

/**
 * Splits integer `points` over lines by their weights: each line gets its share rounded down, and the remaining points go one by
 * one to the lines with the largest remainders, the earlier line first. The parts always sum to `points`. Equal parts when all
 * weights are 0.
 */
export function allocate(points: number, weights: readonly number[]): number[] {
  const parts = weights.map(() => 0)
  addParts(parts, lineNumbers(weights.length), points, weights)
  return parts
}

/** `allocate`, with the parts added to the totals of the given lines. */
export function addParts(totals: number[], lines: readonly number[], points: number, weights: readonly number[]): void {
  if (lines.length === 1) {
    totals[lines[0]!]! += points
    return
  }
  const all = sum(weights)
  const whole = all || lines.length
  const remainders: number[] = []
  let left = points
  for (let at = 0; at < lines.length; at++) {
    const weight = all === 0 ? 1 : weights[at]!
    const product = points * weight
    const isExact = product <= Number.MAX_SAFE_INTEGER
    const remainder = isExact ? product % whole : restOf(points, weight, whole)
    const part = isExact ? (product - remainder) / whole : share(points, weight, whole, 'down')
    totals[lines[at]!]! += part
    remainders.push(remainder)
    left -= part
  }
  for (; left > 0 && lines.length > 0; left--) {
    const at = largest(remainders)
    totals[lines[at]!]! += 1
    remainders[at] = -1
  }
}

const restOf = (points: number, weight: number, whole: number): number =>
  Number((BigInt(points) * BigInt(weight)) % BigInt(whole))

function largest(remainders: readonly number[]): number {
  let best = 0
  for (let at = 1; at < remainders.length; at++) if (remainders[at]! > remainders[best]!) best = at
  return best
}

export function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** 0, 1, … up to `count`. */
export function lineNumbers(count: number): number[] {
  const numbers: number[] = []
  for (let at = 0; at < count; at++) numbers.push(at)
  return numbers
}
