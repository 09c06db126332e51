import type { Day } from '@pointbook/shared/day'
import type { Cause, ExplanationCode } from '@pointbook/shared/words'
import { creditLot } from '../assets/changes.ts'
import type {
  Account as AssetAccount,
  Entry as AssetEntry,
  EntryHeader as AssetEntryHeader,
  Posting as AssetPosting,
} from '../assets/posting.ts'

/** Money spent in fen and purchases made, both net of returns. */
export type Bought = [fen: number, purchases: number]

/** One member's points account. It also has the figures for tiers and the member's standing. */
export interface Account extends AssetAccount {
  standing: 'active' | 'frozen' | 'cancelled'
  /** Lifetime points earned, as they count for tiers: without adjustments, net of returns. */
  earned: number
  /** Receipts ever recorded, those that came back among them; `standingPurchases` counts what is left. */
  purchases: number
  spendFen: number
  /** Points earned by month, for tiers: `{ '2026-11': 120 }`, the newest 37 months. */
  earnedByMonth: Record<string, number>
  /** Money spent and purchases made by month, for tiers. */
  boughtByMonth: Record<string, Bought>
}

/** The points of one rule, or the reason why it gave none. */
export interface Explanation {
  rule: string
  points: number
  because: ExplanationCode
}

export type Entry = AssetEntry<Cause, Explanation>
export type Posting = AssetPosting<Account, Cause, Explanation>
export type EntryHeader = AssetEntryHeader<Cause>

/** A new account. */
export const emptyAccount = (memberId: number): Account => ({
  memberId,
  standing: 'active',
  balance: 0,
  debt: 0,
  seq: 0,
  ...noTotals(),
  lastAt: null,
})

/** The totals of a new account. */
export const noTotals = () => ({
  earned: 0,
  spent: 0,
  expired: 0,
  purchases: 0,
  spendFen: 0,
  earnedByMonth: {},
  boughtByMonth: {},
})

/** All points ever credited, net of returns, adjustments with their sign: the sum of balance, spent and expired. */
export const gained = ({ balance, spent, expired }: Pick<Account, 'balance' | 'spent' | 'expired'>): number =>
  balance + spent + expired

export interface Credit {
  kind: 'earn' | 'adjust'
  points: number
  why: Explanation[]
  usableOn: Day
  expiresOn: Day | null
  /** Month at the shop in which they count for the tier, `YYYY-MM`. */
  month: string
}

/** Gives points as a lot of their own, as `creditLot` does, and counts what was earned for the tier. */
export function credit(account: Account, header: EntryHeader, gift: Credit): Posting {
  const { kind, points: amount, why, usableOn, expiresOn, month } = gift
  const counted = kind === 'earn' && amount > 0 ? countEarned(account, month, amount) : account
  return creditLot(counted, header, { kind, amount, why, usableOn, expiresOn })
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
