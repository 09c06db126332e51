import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Day } from '@pointbook/shared/day'
import { entryRef } from '@pointbook/shared/references'
import { repay } from '../assets/changes.ts'
import { bySpendOrder, draw, isUsable, total } from '../assets/lots.ts'
import { joinPostings, type Lot, post } from '../assets/posting.ts'
import { addBought, standingPurchases } from '../ledger/bought.ts'
import {
  type Account,
  type EntryHeader,
  type Explanation,
  keptMonths,
  noTotals,
  type Posting,
} from '../ledger/points.ts'
import { type Claim, type Reclaimed, reclaim } from '../ledger/reclaim.ts'
import { type HeldTier, levelsUp } from '../tiers/tiers.ts'

/** The lot of the double from which a lot of the kept member was made. */
export interface Origin {
  memberId: number
  seq: number
  fromMember: number
  fromSeq: number
}

export interface PassedOn {
  /** The double, with an empty account. */
  from: Posting
  /** The member who is kept. */
  into: Posting
  origins: Origin[]
}

/**
 * Moves everything from one account to another: every open lot with the same dates, the debt and the lifetime totals. The debts
 * of both are then paid from points usable today, in the order in which a return takes them.
 */
export function passOn(
  from: Account,
  fromLots: readonly Lot[],
  into: Account,
  intoLots: readonly Lot[],
  today: Day,
  header: Omit<EntryHeader, 'cause' | 'ref'>,
): PassedOn {
  const open = fromLots.filter((lot) => lot.remaining > 0).sort((a, b) => a.seq - b.seq)
  const merged: EntryHeader = { ...header, cause: 'merge', ref: String(from.memberId) }
  let received: Posting = post(withTotals(into, from), merged, {
    kind: 'merge',
    delta: 0,
    debtDelta: from.debt,
    why: [whyOf('merged-from', from)],
  })
  const origins: Origin[] = []
  for (const lot of open) {
    received = joinPostings(
      received,
      receive(received.account, lot, { ...merged, ref: entryRef(from.memberId, lot.seq) }),
    )
    const { memberId, seq } = received.account
    origins.push({ memberId, seq, fromMember: from.memberId, fromSeq: lot.seq })
  }
  const giverPosting = giveAll(from, open, { ...merged, ref: String(into.memberId) }, into.memberId)
  return { from: giverPosting, into: payOwed(received, intoLots, today, merged), origins }
}

function giveAll(from: Account, open: readonly Lot[], header: EntryHeader, into: number): Posting {
  const takes = open.map((lot) => ({ lot, amount: lot.remaining }))
  const why = [whyOf('merged-into', from, into)]
  const left = post(from, header, { kind: 'merge', delta: -total(takes), debtDelta: -from.debt, why })
  const account = { ...left.account, ...noTotals() }
  return { ...left, account, ...draw(account, takes) }
}

function receive(account: Account, { remaining, usableOn, expiresOn }: Lot, header: EntryHeader): Posting {
  const posting = post(account, header, { kind: 'merge', delta: remaining, debtDelta: 0, why: [] })
  const { memberId, seq } = posting.account
  return { ...posting, lots: [{ memberId, seq, amount: remaining, remaining, expired: 0, usableOn, expiresOn }] }
}

function payOwed(posting: Posting, memberLots: readonly Lot[], today: Day, header: EntryHeader): Posting {
  const usable = [...memberLots, ...posting.lots].filter((lot) => isUsable(lot, today)).sort(bySpendOrder)
  return repay(posting, usable, header)
}

function withTotals(into: Account, from: Account): Account {
  const months = { ...into.earnedByMonth }
  for (const [month, points] of Object.entries(from.earnedByMonth)) months[month] = (months[month] ?? 0) + points
  return {
    ...into,
    earned: into.earned + from.earned,
    spent: into.spent + from.spent,
    expired: into.expired + from.expired,
    purchases: into.purchases + from.purchases,
    spendFen: into.spendFen + from.spendFen,
    earnedByMonth: keptMonths(months),
    boughtByMonth: addBought(into.boughtByMonth, from.boughtByMonth),
  }
}

/** Both entries have the totals that were moved, so that these are sealed and the audit can add them up. */
function whyOf(type: 'merged-from' | 'merged-into', from: Account, memberId = from.memberId): Explanation {
  const { earned, spent, expired, purchases, spendFen } = from
  return {
    rule: '@merge',
    points: 0,
    because: { type, memberId, earned, spent, expired, purchases, standing: standingPurchases(from), spendFen },
  }
}

/** The change of an account's lifetime totals by merges; negative for a double. */
export function carriedBy(why: readonly Explanation[]): { spent: number; expired: number; purchases: number } {
  const sum = { spent: 0, expired: 0, purchases: 0 }
  for (const { because } of why) {
    if (because.type !== 'merged-from' && because.type !== 'merged-into') continue
    const sign = because.type === 'merged-from' ? 1 : -1
    sum.spent += sign * because.spent
    sum.expired += sign * because.expired
    sum.purchases += sign * because.purchases
  }
  return sum
}

/** The kept member gets the higher of the two tiers, and a granted tier of the double if there was no other. */
export function joinHeldTiers(policy: Policy, memberId: number, mine: HeldTier | null, theirs: HeldTier | null) {
  if (!mine || !theirs) return mine ?? (theirs && { ...theirs, memberId })
  const rankOf = ({ tierId }: HeldTier) => levelsUp(policy).findIndex(({ id }) => id === tierId)
  const { tierId, since, keptUntil } = rankOf(theirs) > rankOf(mine) ? theirs : mine
  return { ...(mine.grantedTierId ? mine : theirs), memberId, tierId, since, keptUntil }
}

/** The destination of points earned before a merge. */
export interface Moved {
  /** The lot that received the remaining points; 0 when none remained. */
  lotSeq: number
  /** How many of them expired unused in other lots. */
  ranOut: number
}

/** Takes points back as `reclaim` does, including those whose lot was moved by a merge. */
export function reclaimMoved(
  account: Account,
  lots: readonly Lot[],
  today: Day,
  header: EntryHeader,
  claim: Omit<Claim, 'lotSeq'>,
  { lotSeq, ranOut }: Moved,
): Reclaimed {
  const { memberId } = account
  const gone = { memberId, seq: lotSeq, amount: 0, remaining: 0, expired: 0, usableOn: today, expiresOn: null }
  const memberLots = lots.some(({ seq }) => seq === lotSeq) ? lots : [gone, ...lots]
  return reclaim(account, memberLots, today, header, {
    ...claim,
    lotSeq,
    forfeitedBefore: claim.forfeitedBefore - ranOut,
  })
}
