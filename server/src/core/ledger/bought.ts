import { type Account, type Bought, keptMonths } from './points.ts'

/** Stands for all months before those kept; comes before every month. */
const EARLIER = '0000-00'

/** Counts a purchase for tiers, in its own month; below zero what a return takes back, and the purchase itself when nothing is left of it. */
export function countBought(account: Account, month: string, fen: number, purchases: number): Account {
  const { spendFen, boughtByMonth: before } = account
  // What goes back of a month no longer kept was counted among the earlier ones.
  const at = purchases <= 0 && !(month in before) ? EARLIER : month
  return { ...account, spendFen: spendFen + fen, boughtByMonth: addBought(before, { [at]: [fen, purchases] }) }
}

/** Adds up month by month; months no window reaches any more are kept as one sum, so that nothing bought is ever lost. */
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

/** Purchases of which something is left: the one count that rules, tiers and views go by. */
export const standingPurchases = (account: Pick<Account, 'boughtByMonth'>): number =>
  Math.max(0, boughtSince(account)[1])

/** What was bought since a month, with it; all there ever was when left out. */
export function boughtSince({ boughtByMonth }: Pick<Account, 'boughtByMonth'>, since = EARLIER): Bought {
  let [fen, purchases] = [0, 0]
  for (const month in boughtByMonth) {
    if (month < since) continue
    fen += boughtByMonth[month]![0]
    purchases += boughtByMonth[month]![1]
  }
  return [fen, purchases]
}
