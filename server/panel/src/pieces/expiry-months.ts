import { everyMonth } from './every-month.ts'

export interface ExpiryMonth {
  /** `2026-11`; null: never expires. */
  month: string | null
  points: number
  fen: number
}

export interface ExpiryBar extends ExpiryMonth {
  /** Stands for all months from this one on. */
  andLater?: boolean
}

const MOST_MONTHS = 36

/** One bar per month from the first to the last, including empty ones; points that expire after three years share one bar. */
export function barsOf(months: readonly ExpiryMonth[]): ExpiryBar[] {
  const dated = months.flatMap(({ month, ...sums }) => (month ? [{ month, ...sums }] : []))
  const never = months.filter(({ month }) => month === null)
  const bars = everyMonth(dated, (month) => ({ month, points: 0, fen: 0 }), MOST_MONTHS)
  const later = dated.filter(({ month }) => month > bars.at(-1)!.month)
  return [...bars, ...together(later), ...never]
}

function together(later: { month: string; points: number; fen: number }[]): ExpiryBar[] {
  if (later.length === 0) return []
  const sum = (value: (one: (typeof later)[number]) => number) => later.reduce((all, one) => all + value(one), 0)
  return [{ month: later[0]!.month, points: sum(({ points }) => points), fen: sum(({ fen }) => fen), andLater: true }]
}
