import { share } from '@pointbook/shared/money'
import { worthFen } from '@pointbook/shared/worth'

/**
 * The worth of several parts, which sums to the worth of all their points: each is rounded down, and the remaining fen go one by
 * one to the largest remainders, the earlier part first.
 */
export function worthOfEach(parts: readonly number[], pointsPerYuan: number): number[] {
  const fen = parts.map((points) => share(points, 100, pointsPerYuan, 'down'))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const left = worthFen(sum(parts), pointsPerYuan) - sum(fen)
  const remainder = (at: number) => parts[at]! * 100 - fen[at]! * pointsPerYuan
  const byRemainder = parts.map((_, at) => at).sort((a, b) => remainder(b) - remainder(a) || a - b)
  for (const at of byRemainder.slice(0, left)) fen[at]! += 1
  return fen
}
