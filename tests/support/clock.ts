import { addMs, type Instant } from '@pointbook/shared/day'

const DAY_MS = 86_400_000

/** A clock that stands still until told otherwise. */
export function clockAt(start: Instant) {
  let at = start
  return {
    now: () => at,
    travel: (ms: number) => {
      at = addMs(at, ms)
    },
    travelDays: (days: number) => {
      at = addMs(at, days * DAY_MS)
    },
    set: (instant: Instant) => {
      at = instant
    },
  }
}
