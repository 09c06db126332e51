import { type Rounding, share, yuan } from './money.ts'

/** A line of a purchase, as far as a return concerns it. */
interface SoldLine {
  quantity: number
  amountFen: number
  returnedQuantity: number
  returnedFen: number
}

/** What of a line can still come back. */
export const leftOf = (line: SoldLine) => ({
  quantity: line.quantity - line.returnedQuantity,
  amountFen: line.amountFen - line.returnedFen,
})

/** What so many of the pieces left cost: their share of the money left. */
export function costOf(line: SoldLine, quantity: number, rounding: Rounding): number {
  const left = leftOf(line)
  return share(left.amountFen, quantity, left.quantity, rounding)
}

/** What is wrong with returning so many pieces for this money (null when it is no sum), in words; '' when nothing is. */
export function oddReturn(line: SoldLine, quantity: number, amountFen: number | null): string {
  const left = leftOf(line)
  if (amountFen === null || amountFen > left.amountFen) return `最多退 ¥${yuan(left.amountFen)}，写到分为止`
  if (quantity === 0) return ''
  if (amountFen >= costOf(line, quantity, 'down') && amountFen <= costOf(line, quantity, 'up')) return ''
  return `退 ${quantity} 件应退 ¥${yuan(costOf(line, quantity, 'nearest'))}；只退差价时，件数选 0`
}

interface Claim {
  refundFen: number
  points: number
  forfeited: number
  owed: number
  letGo: number
  offset?: { lapsed: number }
}

/** What a person has seen of a return before they confirm it. */
export const claimSeen = ({ refundFen, points, forfeited, owed, letGo, offset }: Claim) => ({
  refundFen,
  points,
  forfeited,
  owed,
  letGo,
  lapsed: offset?.lapsed ?? 0,
})
