import { share } from './money.ts'

/** What points are worth, fen, to the nearest. */
export const worthFen = (points: number, pointsPerYuan: number): number => share(points, 100, pointsPerYuan, 'nearest')
