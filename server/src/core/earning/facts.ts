import { dateOf, dayNumber, monthOf, weekdayOf } from '@pointbook/shared/day'
import { lineNumbers, sum } from './allocate.ts'
import type { EarningEvent } from './event.ts'

/** What conditions look at. */
type Occasion = Pick<EarningEvent, 'lines' | 'storeId' | 'channel' | 'payment' | 'on' | 'minute' | 'who'>

/** An event and the values that several rules need, computed once. */
export interface Facts extends Occasion {
  /** The amount of each line that counts, and their sum, fen. */
  countedFen: readonly number[]
  amountFen: number
  /** Days from 1970-01-01 to the day. */
  epochDay: number
  /** 1 = Monday … 7 = Sunday. */
  weekday: number
  /** 1–12. */
  month: number
  /** Day of the month. */
  date: number
  /** The numbers of all lines. */
  allLines: readonly number[]
}

export function factsOf(event: Occasion, countedFen: readonly number[]): Facts {
  const { lines, storeId, channel, payment, on, minute, who } = event
  return {
    lines,
    storeId,
    channel,
    payment,
    on,
    minute,
    who,
    countedFen,
    amountFen: sum(countedFen),
    epochDay: dayNumber(on),
    weekday: weekdayOf(on),
    month: monthOf(on),
    date: dateOf(on),
    allLines: lineNumbers(lines.length),
  }
}
