import { addMonths, type Day, type Instant, startOf } from '@pointbook/shared/day'
import { type LawId, laws, type Term } from '../directory/laws.ts'

export interface TimedLaw {
  id: LawId
  term: Term
}

/** The laws with a term, the shortest first. */
export const timedLaws: TimedLaw[] = (Object.keys(laws) as LawId[])
  .flatMap((id) => {
    const { term } = laws[id]
    return term ? [{ id, term }] : []
  })
  .sort((one, other) => one.term.years - other.term.years)

/**
 * A term is over on a day for who left before this instant. The last day of the term is the same day of the year as that of
 * leaving, or the last day of a year (民法典 201, 202).
 */
export function leftBefore({ years, from }: Term, today: Day, offsetMinutes: number): Instant {
  const sameDay = addMonths(today, -12 * years)
  return startOf(from === 'leaving' ? sameDay : `${sameDay.slice(0, 4)}-01-01`, offsetMinutes)
}
