import { type Account, type Bought, keptMonths } from './points.ts'

/** The key for the sum of all months that are no longer kept; it sorts before every month. */
const EARLIER = '0000-00'

/**
 * Counts a purchase for tiers in its month. Negative figures are those of a return; `purchases` is −1 when nothing is left of the
 * purchase.
 */
export function countBought(account: Account, month: string, fen: number, purchases: number): Account {
  const { spendFen, boughtByMonth: before } = account
  // A return for a month that is no longer kept reduces the sum of the earlier months.
  const at = purchases <= 0 && !(month in before) ? EARLIER : month
  return { ...account, spendFen: spendFen + fen, boughtByMonth: addBought(before, { [at]: [fen, purchases] }) }
}

/** Adds two records month by month. Months that no tier window reaches any more are kept as one sum. */
export function addBought(one: Record<string, Bought>, other: Record<string, Bought>): Record<string, Bought> {
  const months = { ...one }
  for (const [month, bought] of Object.entries(other)) months[month] = sum(months[month], bought)
  const { [EARLIER]: rest, ...dated } = months
  const kept = keptMonths(dated)
  const dropped = Object.entries(dated).filter(([month]) => !(month in kept))
  const earlier = dropped.reduce((total, [, bought]) => sum(total, bought), rest)
  return earlier ? { [EARLIER]: earlier, ...kept } : kept
}

const sum = ([fen, purchases]: Bought = [0, 0], [moreFen, more]: Bought): Bought => [fen + moreFen, purchases + more]

/** The number of purchases that were not returned completely. Rules, tiers and screens all use this count. */
export const standingPurchases = (account: Pick<Account, 'boughtByMonth'>): number =>
  Math.max(0, boughtSince(account)[1])

/** The money and purchases since a month, including it; since the beginning when `since` is left out. */
export function boughtSince({ boughtByMonth }: Pick<Account, 'boughtByMonth'>, since = EARLIER): Bought {
  let [fen, purchases] = [0, 0]
  for (const month in boughtByMonth) {
    if (month < since) continue
    fen += boughtByMonth[month]![0]
    purchases += boughtByMonth[month]![1]
  }
  return [fen, purchases]
}
