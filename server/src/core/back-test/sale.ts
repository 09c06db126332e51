import type { Day } from '@pointbook/shared/day'
import { share } from '@pointbook/shared/money'
import type { EarningEvent } from '../earning/event.ts'
import type { Earned } from '../earning/purse.ts'
import type { Explanation } from '../ledger/points.ts'
import type { ReturnedLine, SoldLine } from '../purchases/returns.ts'
import type { ReplayedLot } from './books.ts'

/** A recorded purchase and the points it earned. */
export interface Past
  extends Pick<EarningEvent, 'lines' | 'paid' | 'storeId' | 'channel' | 'payment' | 'on' | 'minute'> {
  memberId: number
  given: number
  /** The explanations stored with the entry. */
  givenBy: readonly Pick<Explanation, 'rule' | 'points'>[]
  /** As the ledger's entries refer to it. */
  ref: string
  /** Identifies the purchase for later returns; left out when there are none. */
  mark?: string
  /** Identifies the entry for a later taking of its points in a case; left out when there is none. */
  name?: string
}

/** Goods that came back, and the points that the return took. */
export interface CameBack {
  mark: string
  lines: readonly ReturnedLine[]
  points: number
  on: Day
}

/** A replayed purchase and its returns so far. */
export interface Sale {
  past: Past
  tierId: string
  earned: Earned
  /** With the points that the other policy gives each line. */
  lines: SoldLine[]
  givenBack: number
  wouldBack: number
  books: SaleBooks
}

/** The points of a replayed purchase in its member's books; one for all states of the sale. */
export interface SaleBooks {
  lot: ReplayedLot | null
  points: number
  /** Month in which they count for the tier. */
  month: string
  /** The points taken back so far, and how many of these had expired unused. */
  claimed: number
  forfeited: number
}

export const saleOf = (past: Past, tierId: string, earned: Earned, books: SaleBooks): Sale => ({
  books,
  past,
  tierId,
  earned,
  lines: past.lines.map((line, at) => ({
    ...line,
    points: earned.linePoints[at]!,
    returnedQuantity: 0,
    returnedFen: 0,
  })),
  givenBack: 0,
  wouldBack: 0,
})

/** The part of a figure that belongs to the points taken back: `back` of `all`. */
export const partOf = (whole: number, back: number, all: number): number =>
  all === 0 ? 0 : share(whole, back, all, 'nearest')
