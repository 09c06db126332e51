import { share } from '@pointbook/shared/money'
import type { Line } from './earning-event.ts'

/** A line of a recorded purchase with what has come back of it so far. */
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

/** The lines after a return; null when it asks for more than is left of a line. Each line may be named once. */
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
 * Points that should have come back by now: in proportion to the money returned of each line (to the quantity where nothing was
 * paid), each line rounded to the nearest point. Because it is cumulative, a line wholly returned gives exactly its points.
 */
export function pointsDue(lines: readonly SoldLine[]): number {
  return lines.reduce((sum, line) => {
    const [part, whole] =
      line.amountFen > 0 ? [line.returnedFen, line.amountFen] : [line.returnedQuantity, line.quantity]
    return sum + share(line.points, part, whole, 'nearest')
  }, 0)
}
