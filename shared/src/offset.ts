import type { Policy } from './contract/points/policy.ts'

type Offset = NonNullable<Policy['offset']>

/** What points are worth when they pay, fen, rounded down. */
export const offsetFen = ({ pointsPerYuan }: Offset, points: number): number =>
  Math.floor((points * 100) / pointsPerYuan)

/**
 * The most of an amount that can be paid with points, and the points for it: whole steps, worth no more than the share of what is
 * due and than what is still open, no more than there are; nothing below the minimum. Of several numbers of points worth the same
 * the smallest.
 */
export function mostOffset(
  offset: Offset,
  dueFen: number,
  points: number,
  openFen = dueFen,
): { points: number; fen: number } {
  const { pointsPerYuan, minimumPoints, stepPoints, maximumShareBp } = offset
  const mostFen = Math.min(openFen, Math.floor((dueFen * maximumShareBp) / 10_000))
  // Points whose worth, rounded down, is still no more than that.
  const reach = Math.min(points, Math.ceil(((mostFen + 1) * pointsPerYuan) / 100) - 1)
  const usable = reach - (reach % stepPoints)
  const fen = offsetFen(offset, usable)
  const steps = Math.ceil(Math.max(minimumPoints, (fen * pointsPerYuan) / 100) / stepPoints)
  const used = steps * stepPoints
  return fen === 0 || used > usable ? { points: 0, fen: 0 } : { points: used, fen }
}
