import type { Policy } from './contract/points/policy.ts'

type Offset = NonNullable<Policy['offset']>

/** The worth of offset points, fen, rounded down. */
export const offsetFen = ({ pointsPerYuan }: Offset, points: number): number =>
  Math.floor((points * 100) / pointsPerYuan)

/**
 * The greatest part of an amount that points can pay, and the points for it: in whole steps, within the allowed share, the open
 * amount and the usable points; nothing below the minimum. Among numbers of points with the same worth it is the smallest.
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
