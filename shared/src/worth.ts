import { share } from './money.ts'

/** The worth of points, fen, rounded to the nearest. */
export const worthFen = (points: number, pointsPerYuan: number): number => share(points, 100, pointsPerYuan, 'nearest')
