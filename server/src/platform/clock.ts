import { type Instant, instant } from '@pointbook/shared/day'

/** The business's time. Tests set it, a demo may travel with it; sessions and tokens go by the machine's own. */
export interface Clock {
  now(): Instant
  travel(ms: number): void
}

/** The machine's time, `aheadMs` ahead. */
export function clockAhead(aheadMs = 0): Clock {
  let ahead = aheadMs
  return {
    now: () => instant(new Date(Date.now() + ahead)),
    travel: (ms) => {
      ahead += ms
    },
  }
}
