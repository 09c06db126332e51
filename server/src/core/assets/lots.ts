import { compareEnds, type Day } from '@pointbook/shared/day'
import type { Account, Draw, Lot } from './posting.ts'

/** An amount drawn from a lot. */
export interface Take {
  lot: Lot
  amount: number
}

export const total = (takes: readonly Take[]): number => takes.reduce((sum, take) => sum + take.amount, 0)

export const isUsable = (lot: Lot, today: Day): boolean =>
  lot.remaining > 0 && lot.usableOn <= today && (lot.expiresOn === null || today <= lot.expiresOn)

export const usableAmount = (lots: readonly Lot[], today: Day): number =>
  lots.reduce((sum, lot) => (isUsable(lot, today) ? sum + lot.remaining : sum), 0)

// First the lot that expires first; lots that never expire last; the older first among equals.
export const bySpendOrder = (a: Lot, b: Lot) => compareEnds(a.expiresOn, b.expiresOn) || a.seq - b.seq

/** Draws an amount from lots in the given order; less when the lots have less in total. */
export function takeFrom(lots: readonly Lot[], amount: number): Take[] {
  const takes: Take[] = []
  let left = amount
  for (const lot of lots) {
    if (left === 0) break
    const part = Math.min(left, lot.remaining)
    if (part > 0) takes.push({ lot, amount: part })
    left -= part
  }
  return takes
}

/** Lowers the lots and writes the draws of the account's latest entry. */
export function draw(account: Account, takes: readonly Take[]): { lots: Lot[]; draws: Draw[] } {
  const { memberId, seq: entrySeq } = account
  return {
    lots: takes.map(({ lot, amount }) => ({ ...lot, remaining: lot.remaining - amount })),
    draws: takes.map(({ lot, amount }) => ({ memberId, entrySeq, lotSeq: lot.seq, amount })),
  }
}
