import { share } from '@pointbook/shared/money'
import type { EarningEvent } from './earning-event.ts'
import type { Why } from './points.ts'
import type { Earned } from './purse.ts'
import type { ReturnedLine, SoldLine } from './returns.ts'

/** A purchase as it was, and what it was given. */
export interface Past
  extends Pick<EarningEvent, 'lines' | 'paid' | 'storeId' | 'channel' | 'payment' | 'on' | 'minute'> {
  memberId: number
  given: number
  /** What each rule gave, as the entry keeps it. */
  givenBy: readonly Pick<Why, 'rule' | 'points'>[]
  /** Names it for the returns that will come; left out where none did. */
  mark?: string
}

/** Goods that came back, and the points that the return took. */
export interface CameBack {
  mark: string
  lines: readonly ReturnedLine[]
  points: number
}

/** A replayed purchase with what has come back of it. */
export interface Sale {
  past: Past
  tierId: string
  earned: Earned
  /** With the points that the other policy gives each line. */
  lines: SoldLine[]
  givenBack: number
  wouldBack: number
}

export const saleOf = (past: Past, tierId: string, earned: Earned): Sale => ({
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

/** What goes of a figure when points have gone back: `back` of `all`. */
export const partOf = (whole: number, back: number, all: number): number =>
  all === 0 ? 0 : share(whole, back, all, 'nearest')
