import type { Draw, Lot, Redate } from '@pointbook/server/core/assets/posting'
import { sum } from '@pointbook/server/core/earning/allocate'
import {
  type Credit,
  type Entry,
  type EntryHeader,
  emptyAccount,
  type Posting,
} from '@pointbook/server/core/ledger/points'
import { addDays, type Day } from '@pointbook/shared/day'
import { expect } from 'vitest'

export const START = '2026-01-01'

export const entryHeader = (cause: EntryHeader['cause'] = 'purchase', at = `${START}T04:00:00.000Z`): EntryHeader => ({
  cause,
  ref: '',
  actor: 'system',
  at,
  policyVersion: 1,
})

/** Points earned on a day; `validDays` null: for ever. */
export const gift = (points: number, today: Day, validDays: number | null = null, pendingDays = 0): Credit => ({
  kind: 'earn',
  points,
  why: [],
  usableOn: addDays(today, pendingDays),
  expiresOn: validDays === null ? null : addDays(today, validDays),
  month: today.slice(0, 7),
})

export type Ledger = ReturnType<typeof aLedger>

/** A member's books in memory: postings are applied as in the database. */
export function aLedger(memberId = 1) {
  let account = emptyAccount(memberId)
  const lots = new Map<number, Lot>()
  const entries: Entry[] = []
  const draws: Draw[] = []
  const redates: Redate[] = []
  return {
    get account() {
      return account
    },
    get lots() {
      return [...lots.values()]
    },
    entries,
    draws,
    redates,
    apply(posting: Posting | null) {
      if (!posting) return null
      account = posting.account
      for (const lot of posting.lots) lots.set(lot.seq, lot)
      entries.push(...posting.entries)
      draws.push(...posting.draws)
      redates.push(...posting.redates)
      return posting
    },
  }
}

/**
 * The invariants of every account: balance = Σ remaining = Σ delta, and each entry is the amount it opened minus the amount it
 * drew.
 */
export function expectToBalance({ account, lots, entries, draws }: Ledger) {
  const drawn = (matches: (draw: Draw) => boolean) => sum(draws.filter(matches).map(({ amount }) => amount))
  expect(account.balance).toBe(sum(lots.map(({ remaining }) => remaining)))
  expect(account.balance).toBe(sum(entries.map(({ delta }) => delta)))
  expect(account.debt).toBe(sum(entries.map(({ debtDelta }) => debtDelta)))
  expect(account.debt).toBeGreaterThanOrEqual(0)
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
  for (const { seq, amount, remaining } of lots) {
    expect(remaining).toBeGreaterThanOrEqual(0)
    expect(remaining).toBeLessThanOrEqual(amount)
    expect(remaining).toBe(amount - drawn(({ lotSeq }) => lotSeq === seq))
  }
  for (const { seq, delta } of entries) {
    const opened = lots.find((lot) => lot.seq === seq)?.amount ?? 0
    expect(delta + drawn(({ entrySeq }) => entrySeq === seq)).toBe(opened)
  }
}
