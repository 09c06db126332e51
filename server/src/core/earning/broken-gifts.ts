import type { Condition, EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Explanation } from '../ledger/points.ts'
import { couponBack, type SoldLine } from '../purchases/returns.ts'
import { sum } from './allocate.ts'
import { countedFen } from './basis.ts'
import type { Paid } from './event.ts'

/** A rule that gave by an amount which a return no longer leaves: what it gave on the rest stays. */
export interface BrokenGift {
  name: string
  neededFen: number
  leftFen: number
}

/**
 * The rules that gave points on a purchase and whose least amount is no longer reached after a return; none once nothing is left.
 */
export function brokenGifts(
  { earning }: Policy,
  why: readonly Explanation[],
  paid: Paid,
  before: readonly SoldLine[],
  after: readonly SoldLine[],
): BrokenGift[] {
  const [wasFen, leftFen] = [before, after].map((lines) => amountLeft(earning.basis, paid, lines)) as [number, number]
  if (leftFen === 0) return []
  const gave = new Set(why.filter(({ points }) => points > 0).map((part) => part.rule))
  return earning.rules.flatMap((rule) => {
    const neededFen = gave.has(rule.id) ? neededBy(rule, wasFen) : 0
    return neededFen <= wasFen && neededFen > leftFen ? { name: rule.name, neededFen, leftFen } : []
  })
}

/** The remaining amount of the lines that counts for rules. Other payments are reduced in proportion. */
function amountLeft(basis: Policy['earning']['basis'], paid: Paid, lines: readonly SoldLine[]): number {
  const left = lines.map((line) => ({
    ...line,
    amountFen: line.amountFen - line.returnedFen,
    couponFen: (line.couponFen ?? 0) - couponBack(line),
  }))
  const [wholeFen, leftFen] = [lines, left].map((all) => sum(all.map(({ amountFen }) => amountFen))) as [number, number]
  const part = (fen: number) => (wholeFen === 0 ? 0 : Math.round((fen * leftFen) / wholeFen))
  const paidLeft = {
    couponFen: part(paid.couponFen),
    pointsFen: part(paid.pointsFen),
    storedValueFen: part(paid.storedValueFen),
  }
  return sum(countedFen(basis, { lines: left, paid: paidLeft }))
}

/** The least amount of a rule, or of the band that was reached; 0 for none. */
function neededBy({ conditions, gift }: EarningRule, amountFen: number): number {
  const bands = gift.type === 'bands' ? gift.bands.map(({ fromFen }) => fromFen) : []
  return Math.max(0, ...conditions.map(leastOf), ...bands.filter((fromFen) => fromFen <= amountFen))
}

function leastOf(condition: Condition): number {
  if (condition.type === 'amount-at-least') return condition.amountFen
  return condition.type === 'all' ? Math.max(0, ...condition.of.map(leastOf)) : 0
}
