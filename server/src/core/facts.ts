import { weekdayOf } from '@pointbook/shared/day'
import { sum } from './allocate.ts'
import type { EarningEvent } from './earning-event.ts'

/** An event with what several rules ask of it, worked out once. */
export interface Facts
  extends Pick<EarningEvent, 'lines' | 'storeId' | 'channel' | 'payment' | 'on' | 'minute' | 'who'> {
  /** What of each line counts, and of all of them, fen. */
  countedFen: readonly number[]
  amountFen: number
  /** 1 = Monday … 7 = Sunday. */
  weekday: number
  /** Day of the month. */
  date: number
  /** The numbers of all lines. */
  allLines: readonly number[]
}

export function factsOf(event: EarningEvent, countedFen: readonly number[]): Facts {
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
    weekday: weekdayOf(on),
    date: Number(on.slice(8)),
    allLines: numbersUpTo(lines.length),
  }
}

const numbers: (readonly number[])[] = []

/** 0, 1, … up to `count`: the same array for the same count, as nobody changes it. */
function numbersUpTo(count: number): readonly number[] {
  numbers[count] ??= Array.from({ length: count }, (_, index) => index)
  return numbers[count]
}
