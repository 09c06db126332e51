import { share } from '@pointbook/shared/money'
import type { Line } from '../earning/event.ts'

/** A line of a recorded purchase with its returns so far. */
export interface SoldLine extends Line {
  points: number
  returnedQuantity: number
  returnedFen: number
}

export interface ReturnedLine {
  /** Number of the line on the receipt, from 0. */
  line: number
  quantity: number
  amountFen: number
}

/** The lines after a return; null when the return exceeds what is left of a line. Each line may occur once. */
export function takeBack(lines: readonly SoldLine[], returned: readonly ReturnedLine[]): SoldLine[] | null {
  const after = lines.map((line) => ({ ...line }))
  if (new Set(returned.map(({ line }) => line)).size < returned.length) return null
  for (const { line, quantity, amountFen } of returned) {
    const sold = after[line]
    if (!sold) return null
    sold.returnedQuantity += quantity
    sold.returnedFen += amountFen
    if (sold.returnedQuantity > sold.quantity || sold.returnedFen > sold.amountFen) return null
  }
  return after
}

/** Whether nothing is left of a purchase: all the money has gone back or, where nothing was paid, all pieces. */
export const isAllBack = (lines: readonly SoldLine[]): boolean =>
  lines.some(({ amountFen }) => amountFen > 0)
    ? lines.every(({ amountFen, returnedFen }) => returnedFen === amountFen)
    : lines.every(({ quantity, returnedQuantity }) => returnedQuantity === quantity)

/**
 * The first line whose returned pieces have another amount than their price, with that price in fen: their share of the line's
 * remaining money, rounded either way, and all of it for the last pieces. An amount without pieces is a later price reduction.
 */
export function wrongAmount(
  lines: readonly SoldLine[],
  returned: readonly ReturnedLine[],
): { name: string; quantity: number; costFen: number } | null {
  for (const { line, quantity, amountFen } of returned) {
    const sold = lines[line]
    if (!sold || quantity === 0) continue
    const [leftFen, pieces] = [sold.amountFen - sold.returnedFen, sold.quantity - sold.returnedQuantity]
    const [least, most] = [share(leftFen, quantity, pieces, 'down'), share(leftFen, quantity, pieces, 'up')]
    if (amountFen < least || amountFen > most)
      return { name: sold.name, quantity, costFen: share(leftFen, quantity, pieces, 'nearest') }
  }
  return null
}

/**
 * The points that must have been taken back so far: in proportion to the money returned of each line (to the quantity where
 * nothing was paid), rounded to the nearest point per line. The figure is cumulative, so a line returned completely yields
 * exactly its points.
 */
export function pointsDue(lines: readonly SoldLine[]): number {
  return lines.reduce((sum, line) => {
    const [part, whole] =
      line.amountFen > 0 ? [line.returnedFen, line.amountFen] : [line.returnedQuantity, line.quantity]
    return sum + share(line.points, part, whole, 'nearest')
  }, 0)
}

/**
 * The money of the lines that their own coupons left to pay, and the part of it that has gone back: each line in proportion to
 * what was returned of it, rounded to the nearest fen, and all of it once all of the line was returned.
 */
export function netOf(lines: readonly SoldLine[]): { netFen: number; backFen: number } {
  let [netFen, backFen] = [0, 0]
  for (const { amountFen, returnedFen, couponFen = 0 } of lines) {
    netFen += amountFen - couponFen
    backFen += returnedFen - couponBack({ amountFen, returnedFen, couponFen })
  }
  return { netFen, backFen }
}

/** The part of a line's own coupons that belongs to what was returned of it, fen. */
export const couponBack = ({
  amountFen,
  returnedFen,
  couponFen = 0,
}: Pick<SoldLine, 'amountFen' | 'returnedFen' | 'couponFen'>): number =>
  amountFen === 0 ? 0 : share(couponFen, returnedFen, amountFen, 'nearest')
