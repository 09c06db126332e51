import { Refusal, type RefusalCode } from '@pointbook/shared/refusals'

/** Counts what each caller has done within a stretch of time, in this process. */
export interface Tally {
  add(who: string): void
  /** Throws when the caller has reached the limit; the refusal has the number of minutes to wait. */
  requireAllowance(who: string): void
}

interface Options {
  most: number
  withinMs: number
  refusal: 'code.guessed' | 'look-up.limit-reached'
}

// Expired counters are deleted when this many exist.
const MANY = 10_000

export function openTally({ most, withinMs, refusal }: Options, now: () => number = Date.now): Tally {
  const counts = new Map<string, { endsMs: number; times: number }>()

  const current = (who: string) => {
    const count = counts.get(who)
    return count && count.endsMs > now() ? count : null
  }

  function forget() {
    for (const [who, { endsMs }] of counts) if (endsMs <= now()) counts.delete(who)
  }

  return {
    add: (who) => {
      const count = current(who)
      if (count) {
        count.times += 1
        return
      }
      if (counts.size >= MANY) forget()
      counts.set(who, { endsMs: now() + withinMs, times: 1 })
    },
    requireAllowance: (who) => {
      const count = current(who)
      if (count && count.times >= most)
        throw new Refusal(refusal, { minutes: Math.ceil((count.endsMs - now()) / 60_000) })
    },
  }
}

/** The refusal of an unknown code. */
const MISSES: readonly RefusalCode[] = [
  'code.unknown',
  'member-code.invalid',
  'card.unknown',
  'card.blank',
  'card.taken',
  'member.unknown',
]

/** Runs what looks a typed or scanned code up; who has missed too often is refused before. */
export async function guessing<T>(misses: Tally, who: string, work: () => Promise<T>): Promise<T> {
  misses.requireAllowance(who)
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && MISSES.includes(error.code)) misses.add(who)
    throw error
  }
}
