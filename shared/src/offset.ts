import type { Policy } from './contract/policy.ts'

type Offset = NonNullable<Policy['offset']>

/** What points are worth when they pay, fen, rounded down. */
export const offsetFen = ({ pointsPerYuan }: Offset, points: number): number =>
  Math.floor((points * 100) / pointsPerYuan)

/**
 * The most of an amount that can be paid with points, and the points for it: whole steps, no more than the share of the amount,
 * no more than there are; nothing below the minimum.
 */
export function mostOffset(offset: Offset, amountFen: number, points: number): { points: number; fen: number } {
  const { pointsPerYuan, minimumPoints, stepPoints, maximumShareBp } = offset
  const mostFen = Math.floor((amountFen * maximumShareBp) / 10_000)
  const reach = Math.min(points, Math.floor((mostFen * pointsPerYuan) / 100))
  const used = reach - (reach % stepPoints)
  return used === 0 || used < minimumPoints ? { points: 0, fen: 0 } : { points: used, fen: offsetFen(offset, used) }
}
