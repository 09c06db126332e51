import { type Rounding, share, yuan } from './money.ts'

/** The fields of a purchase line that a return uses. */
interface SoldLine {
  quantity: number
  amountFen: number
  returnedQuantity: number
  returnedFen: number
}

/** The part of a line that can still be returned. */
export const leftOf = (line: SoldLine) => ({
  quantity: line.quantity - line.returnedQuantity,
  amountFen: line.amountFen - line.returnedFen,
})

/** The price of a number of remaining pieces: their share of the remaining money. */
export function costOf(line: SoldLine, quantity: number, rounding: Rounding): number {
  const left = leftOf(line)
  return share(left.amountFen, quantity, left.quantity, rounding)
}

/** The fault of returning these pieces for this amount (null for an invalid amount), in words; '' when there is none. */
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

/** The figures of a return that a person sees before confirming it. */
export const claimSeen = ({ refundFen, points, forfeited, owed, letGo, offset }: Claim) => ({
  refundFen,
  points,
  forfeited,
  owed,
  letGo,
  lapsed: offset?.lapsed ?? 0,
})
