import { compareEnds, type Day, type Instant } from '@pointbook/shared/day'
import type { Because, Cause, EntryKind } from '@pointbook/shared/words'

/** Money spent, fen, and purchases made, without what went back. */
export type Bought = [fen: number, purchases: number]

/** One member's account: the row to lock. `balance` = Σ remaining of lots; `debt` is owed and paid by later earnings. */
export interface Account {
  memberId: number
  standing: 'active' | 'frozen' | 'cancelled'
  balance: number
  debt: number
  /** Number of the last entry. */
  seq: number
  /** Lifetime totals. `earned` is what counts for tiers: without adjustments, net of what returns took back. */
  earned: number
  spent: number
  expired: number
  /** Receipts ever recorded, those that came back among them; `standingPurchases` counts what is left. */
  purchases: number
  spendFen: number
  /** Points earned by month, for tiers: `{ '2026-11': 120 }`, the newest 37 months. */
  earnedByMonth: Record<string, number>
  /** Money spent and purchases made by month, for tiers. */
  boughtByMonth: Record<string, Bought>
  lastAt: Instant | null
}

/** What one rule did: its points, or the reason it gave none. */
export interface Why {
  rule: string
  points: number
  because: Because
}

export interface Entry {
  memberId: number
  seq: number
  kind: EntryKind
  cause: Cause
  ref: string
  delta: number
  debtDelta: number
  balanceAfter: number
  policyVersion: number
  why: Why[]
  actor: string
  at: Instant
}

/** Points of one earning, with their dates. `seq` is that of the entry that opened it. */
export interface Lot {
  memberId: number
  seq: number
  points: number
  remaining: number
  /** How much of it ran out unused. */
  expired: number
  usableOn: Day
  /** Last usable day; null: never expires. */
  expiresOn: Day | null
}

/** What an entry took from a lot; negative when it gave back. */
export interface Draw {
  memberId: number
  entrySeq: number
  lotSeq: number
  points: number
}

/** How an entry moved the dates of a lot. */
export interface Redate {
  memberId: number
  entrySeq: number
  lotSeq: number
  usableFrom: Day
  usableOn: Day
  expiresFrom: Day | null
  expiresOn: Day | null
}

/** The rows that a decision changes or adds, as values. */
export interface Posting {
  account: Account
  entries: Entry[]
  lots: Lot[]
  draws: Draw[]
  redates: Redate[]
}

/** Who and why, the same for all entries of one decision. */
export interface Occasion {
  cause: Cause
  ref: string
  actor: string
  at: Instant
  policyVersion: number
}

/** An account on which nothing has happened yet. */
export const emptyAccount = (memberId: number): Account => ({
  memberId,
  standing: 'active',
  balance: 0,
  debt: 0,
  seq: 0,
  ...noTotals(),
  lastAt: null,
})

/** The totals of somebody who has done nothing. */
export const noTotals = () => ({
  earned: 0,
  spent: 0,
  expired: 0,
  purchases: 0,
  spendFen: 0,
  earnedByMonth: {},
  boughtByMonth: {},
})

/** All that ever came in, adjustments with their sign and without what was taken back: what is held, was used or has run out. */
export const gained = ({ balance, spent, expired }: Pick<Account, 'balance' | 'spent' | 'expired'>): number =>
  balance + spent + expired

/** A posting that changes nothing. */
export const nothing = (account: Account): Posting => ({ account, entries: [], lots: [], draws: [], redates: [] })

/** Adds a posting made on the account that the first one left. */
export const joinPostings = (first: Posting, second: Posting): Posting => ({
  account: second.account,
  entries: [...first.entries, ...second.entries],
  lots: [...first.lots.filter((lot) => !second.lots.some((later) => later.seq === lot.seq)), ...second.lots],
  draws: [...first.draws, ...second.draws],
  redates: [...first.redates, ...second.redates],
})

export function post(
  account: Account,
  occasion: Occasion,
  entry: Pick<Entry, 'kind' | 'delta' | 'debtDelta' | 'why'>,
): Posting {
  const seq = account.seq + 1
  const balance = account.balance + entry.delta
  const after = { ...account, seq, balance, debt: account.debt + entry.debtDelta, lastAt: occasion.at }
  return {
    ...nothing(after),
    entries: [{ memberId: account.memberId, seq, balanceAfter: balance, ...occasion, ...entry }],
  }
}

export interface Credit {
  kind: 'earn' | 'adjust'
  points: number
  why: Why[]
  usableOn: Day
  expiresOn: Day | null
  /** Month at the shop in which they count for the tier, `YYYY-MM`. */
  month: string
}

/** Gives points as a lot of their own; 0 points leave an entry all the same, so that "why nothing" can be read. A debt is paid from them at once. */
export function credit(account: Account, occasion: Occasion, gift: Credit): Posting {
  const { kind, points, why, usableOn, expiresOn } = gift
  const posting = post(account, occasion, { kind, delta: points, debtDelta: 0, why })
  if (points === 0) return posting
  const lot = {
    memberId: account.memberId,
    seq: posting.account.seq,
    points,
    remaining: points,
    expired: 0,
    usableOn,
    expiresOn,
  }
  const after = kind === 'earn' ? countEarned(posting.account, gift.month, points) : posting.account
  return payDebt({ ...posting, account: after, lots: [lot] }, occasion)
}

/** What has just come in pays what is owed, as an entry of its own. */
function payDebt(posting: Posting, occasion: Occasion): Posting {
  const takes = takeFrom(posting.lots, posting.account.debt)
  const points = total(takes)
  if (points === 0) return posting
  const cause = { ...occasion, cause: 'debt', ref: String(posting.account.seq) } as const
  const payment = post(posting.account, cause, { kind: 'repay', delta: -points, debtDelta: -points, why: [] })
  return joinPostings(posting, { ...payment, ...draw(payment.account, takes) })
}

/** Counts earned points for tiers, in the month they belong to; negative when a return takes them back. */
export function countEarned(account: Account, month: string, points: number): Account {
  const months = { ...account.earnedByMonth, [month]: Math.max(0, (account.earnedByMonth[month] ?? 0) + points) }
  return { ...account, earned: account.earned + points, earnedByMonth: keptMonths(months) }
}

/** The newest 37 months: as far back as any tier's window reaches. */
export function keptMonths<T>(months: Record<string, T>): Record<string, T> {
  const kept = Object.keys(months).sort().slice(-37)
  return Object.fromEntries(kept.map((key) => [key, months[key]!]))
}

interface Take {
  lot: Lot
  points: number
}

/** Lowers the lots and writes the draws of the account's latest entry. */
export function draw(account: Account, takes: Take[]): Pick<Posting, 'lots' | 'draws'> {
  const { memberId, seq: entrySeq } = account
  return {
    lots: takes.map(({ lot, points }) => ({ ...lot, remaining: lot.remaining - points })),
    draws: takes.map(({ lot, points }) => ({ memberId, entrySeq, lotSeq: lot.seq, points })),
  }
}

export const isUsable = (lot: Lot, today: Day): boolean =>
  lot.remaining > 0 && lot.usableOn <= today && (lot.expiresOn === null || today <= lot.expiresOn)

export const usablePoints = (lots: readonly Lot[], today: Day): number =>
  lots.reduce((sum, lot) => (isUsable(lot, today) ? sum + lot.remaining : sum), 0)

// First the lot that expires first; lots that never expire last; the older first among equals.
export const bySpendOrder = (a: Lot, b: Lot) => compareEnds(a.expiresOn, b.expiresOn) || a.seq - b.seq

/** Takes `points` from lots in the given order; fewer when they hold fewer. */
export function takeFrom(lots: readonly Lot[], points: number): Take[] {
  const takes: Take[] = []
  let left = points
  for (const lot of lots) {
    if (left === 0) break
    const taken = Math.min(left, lot.remaining)
    if (taken > 0) takes.push({ lot, points: taken })
    left -= taken
  }
  return takes
}

export const total = (takes: Take[]) => takes.reduce((sum, take) => sum + take.points, 0)

/** Spends usable points, or takes them by hand (`adjust`). Null when today's usable points do not reach. */
export function spend(
  account: Account,
  lots: readonly Lot[],
  today: Day,
  occasion: Occasion,
  points: number,
  kind: 'spend' | 'adjust' = 'spend',
  why: Why[] = [],
): Posting | null {
  const usable = lots.filter((lot) => isUsable(lot, today)).sort(bySpendOrder)
  const takes = takeFrom(usable, points)
  if (total(takes) < points) return null
  const posting = post(account, occasion, { kind, delta: -points, debtDelta: 0, why })
  const spent = kind === 'spend' ? { ...posting.account, spent: account.spent + points } : posting.account
  return { ...posting, account: spent, ...draw(spent, takes) }
}

/** Ends every lot whose last usable day is before `today`. Null when there is none. */
export function expire(account: Account, lots: readonly Lot[], today: Day, occasion: Occasion): Posting | null {
  const over = lots.filter((lot) => lot.remaining > 0 && lot.expiresOn !== null && lot.expiresOn < today)
  return over.length === 0 ? null : runOut(account, over, occasion)
}

/** Ends all points, usable or not, as when a membership ends. Null when there are none. */
export function endAll(account: Account, lots: readonly Lot[], occasion: Occasion): Posting | null {
  const held = lots.filter((lot) => lot.remaining > 0)
  return held.length === 0 ? null : runOut(account, held, occasion)
}

function runOut(account: Account, over: readonly Lot[], occasion: Occasion): Posting {
  const takes = over.map((lot) => ({ lot, points: lot.remaining }))
  const points = total(takes)
  const posting = post(account, occasion, { kind: 'expire', delta: -points, debtDelta: 0, why: [] })
  const after = { ...posting.account, expired: account.expired + points }
  const { draws } = draw(after, takes)
  return {
    ...posting,
    account: after,
    draws,
    lots: over.map((lot) => ({ ...lot, remaining: 0, expired: lot.expired + lot.remaining })),
  }
}

/** Undoes a spend: each point goes back to the lot it came from and keeps that lot's dates. `taken` are the spend's draws. */
export function giveBack(account: Account, lots: readonly Lot[], taken: readonly Draw[], occasion: Occasion): Posting {
  const takes = taken.map(({ lotSeq, points }) => ({ lot: lotOf(lots, lotSeq), points: -points }))
  const points = -total(takes)
  const posting = post(account, occasion, { kind: 'give-back', delta: points, debtDelta: 0, why: [] })
  const after = { ...posting.account, spent: account.spent - points }
  return payDebt({ ...posting, account: after, ...draw(after, takes) }, occasion)
}

function lotOf(lots: readonly Lot[], seq: number): Lot {
  const lot = lots.find((candidate) => candidate.seq === seq)
  if (!lot) throw new Error(`lot ${seq} was not loaded`)
  return lot
}
