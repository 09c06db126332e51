import { group } from './money.ts'

export const MOST_POINTS = 1_000_000_000

/** The greatest amount of money, fen: ten million yuan. */
export const MOST_FEN = 10_000_000_00

/** 15 000 → `×1.5`. */
export const timesText = (multiplierBp: number): string => `×${multiplierBp / 10_000}`

export const pointsText = (points: number): string => `${group(points)} 分`
