import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, addMonths, type Day } from '@pointbook/shared/day'
import { sum } from '../earning/allocate.ts'
import { earn } from '../earning/earning.ts'
import type { EarningEvent, Who } from '../earning/event.ts'
import { lastUsableDay, usableFrom } from '../ledger/expiry.ts'
import { type Account, emptyAccount } from '../ledger/points.ts'
import { isAllBack, pointsDue, takeBack } from '../purchases/returns.ts'
import { type HeldTier, riseTier, settleTier, tierInForce } from '../tiers/tiers.ts'
import { Books, type ReplayedLot } from './books.ts'
import { beActive, type Named, type Other, replayOther } from './other.ts'
import { correct, note, unread } from './result.ts'
import { type CameBack, type Past, partOf, type Sale, type SaleBooks, saleOf } from './sale.ts'

/** Facts about a member that the rules need and that do not come from the replay. */
export type Known = Pick<Who, 'tags' | 'noPersonalOffers' | 'birthday' | 'joinedOn'>

interface Replayed {
  known: Known
  purchases: number
  account: Account
  books: Books
  heldTier: HeldTier | null
  settledOn: Day
  /** The used amounts of caps, and the month of the last purchase: counters of earlier months and days are never needed again. */
  used: Map<string, number>
  month: string
}

/** True when members can be replayed apart from each other: no rule has a budget that all of them share. */
export const isDivisible = ({ earning }: Policy): boolean => earning.rules.every(({ caps }) => caps.budget === null)

/**
 * Replays purchases under a policy as if it had always been in force. They come in chronological order from the shop's first
 * purchase: those before the period count for tiers, caps and the number of a purchase, but not for the result. Returns and other
 * entries come in between, at their time, and change the points as the moves of the ledger would.
 */
export function openBacktest(policy: Policy, from: Day) {
  const members = new Map<number, Replayed>()
  const budgets = new Map<string, number>()
  const result = unread()
  const sales = new Map<string, Sale>()
  const named = new Map<string, Named>()
  const waiting = new Map<string, ReplayedLot>()
  const datesOn = purchaseDates(policy)
  const ended = (on: Day, points: number) => {
    if (on >= from) result.ended += points
  }

  function take(past: Past) {
    const member = members.get(past.memberId)!
    member.books.endUntil(past.on)
    const tierId = tierOn(policy, member, past.on)
    forgetOldMonths(member, past.on.slice(0, 7))
    const earned = earn(policy, eventOf(past, member, tierId), (scope) => countersOf(scope, member).get(scope) ?? 0)
    for (const { scope, points } of earned.used) {
      const counters = countersOf(scope, member)
      counters.set(scope, (counters.get(scope) ?? 0) + points)
    }
    count(policy, member, past, earned.points)
    if (past.on >= from) note(result, past, tierId ?? '', earned)
    const sale = enter(past, member.books, earned.points)
    if (past.mark) sales.set(past.mark, saleOf(past, tierId ?? '', earned, sale))
    if (past.name) named.set(past.name, { sale })
    return earned
  }

  /** Adds the points of a purchase to the books, and extends the other points where a purchase counts as activity. */
  function enter({ on, ref, mark, name, lines, paid }: Past, books: Books, points: number): SaleBooks {
    const dates = datesOn(on)
    const waits = dates.usableOn > on
    // Its own points are not extended.
    beActive(policy, books, 'purchase', on, moneyOf(lines, paid), ref)
    const lot = books.open({ points, ...dates, isNamed: waits || mark !== undefined || name !== undefined })
    if (lot && waits) waiting.set(ref, lot)
    return { lot, points, month: on.slice(0, 7), claimed: 0, forfeited: 0 }
  }

  /**
   * Takes back what the ledger took back: points by line, the use of caps with them, and the purchase itself once nothing is left
   * of it.
   */
  function giveBack({ mark, lines, points, on }: CameBack) {
    const sale = sales.get(mark)
    const left = sale && takeBack(sale.lines, lines)
    if (!sale || !left) return
    const { past, earned } = sale
    const member = members.get(past.memberId)!
    const after = { ...sale, lines: left, givenBack: sale.givenBack + points, wouldBack: pointsDue(left) }
    for (const { scope, points: used } of earned.used) {
      const counters = countersOf(scope, member)
      const freed = partOf(used, after.wouldBack, earned.points) - partOf(used, sale.wouldBack, earned.points)
      if (counters.has(scope)) counters.set(scope, counters.get(scope)! - freed)
    }
    uncount(policy, member, sale, after)
    reclaim(after, member.books, on)
    if (past.on >= from) correct(result, sale, after)
    sales.set(mark, after)
  }

  function reclaim({ past, lines, wouldBack, books: sold }: Sale, books: Books, on: Day) {
    books.endUntil(on)
    const points = Math.max(0, wouldBack - sold.claimed)
    sold.forfeited += books.reclaim(sold.lot, points, sold.forfeited, policy.returns, on)
    sold.claimed += points
    books.shorten(policy, past.ref, moneyLeft(past, lines))
  }

  function other(one: Other) {
    const member = members.get(one.memberId)!
    const { books } = member
    books.endUntil(one.on)
    if (one.type === 'confirmed') return confirm(one.ref, one.on)
    if (one.type === 'merged') return merge(member, members.get(one.intoId)!, one.on)
    tierOn(policy, member, one.on)
    const count = (points: number, month: string) => countEarned(policy, member, points, month, one.on)
    result.missing += replayOther({ policy, books, named, count }, one)
  }

  function confirm(ref: string, on: Day) {
    const lot = waiting.get(ref)
    if (lot && lot.usableOn > on) lot.usableOn = on
    waiting.delete(ref)
  }

  function merge(double: Replayed, kept: Replayed, on: Day) {
    if (double.books === kept.books) return
    kept.books.endUntil(on)
    kept.books.takeIn(double.books, on)
    double.books = kept.books
  }

  /** Ends what the nights up to the last day's end, and counts what is left. */
  function close(until: Day) {
    for (const books of new Set([...members.values()].map((member) => member.books))) {
      books.endUntil(until)
      result.left += books.balance
    }
  }

  function countersOf(scope: string, member: Replayed): Map<string, number> {
    return scope.startsWith('budget/') ? budgets : member.used
  }

  return {
    /** True when the member has to be introduced before the first purchase. */
    isNew: (memberId: number) => !members.has(memberId),
    introduce: (memberId: number, known: Known) => members.set(memberId, stranger(memberId, known, new Books(ended))),
    take,
    giveBack,
    other,
    close,
    result,
  }
}

const eventOf = (past: Past, { known, purchases }: Replayed, tierId: string | null): EarningEvent => ({
  trigger: 'purchase',
  code: '',
  lines: past.lines,
  paid: past.paid,
  storeId: past.storeId,
  channel: past.channel,
  payment: past.payment,
  on: past.on,
  minute: past.minute,
  who: {
    purchases,
    tierId,
    tags: known.tags,
    noPersonalOffers: known.noPersonalOffers,
    birthday: known.birthday,
    joinedOn: known.joinedOn,
  },
  given: [],
})

const stranger = (memberId: number, known: Known, books: Books): Replayed => ({
  books,
  known,
  purchases: 0,
  account: emptyAccount(memberId),
  heldTier: null,
  settledOn: '',
  used: new Map(),
  month: '',
})

function forgetOldMonths(member: Replayed, month: string) {
  if (member.month === month) return
  member.month = month
  for (const scope of member.used.keys()) if (isDated(scope)) member.used.delete(scope)
}

/** `rule/ID/MONTH` or `rule/ID/DAY`. */
const isDated = (scope: string) => scope.indexOf('/') !== scope.lastIndexOf('/')

/** The tier in force on a day, after the nights since the purchase before. */
function tierOn(policy: Policy, member: Replayed, on: Day): string | null {
  if (policy.tiers.levels.length === 0) return null
  while (member.heldTier?.tierId && mayFall(member, on)) {
    member.settledOn = nextNight(member)
    member.heldTier = settleTier(policy, member.account, member.heldTier, member.settledOn)?.heldTier ?? member.heldTier
  }
  member.settledOn = on
  return tierInForce(policy, member.account, member.heldTier, on)?.id ?? null
}

/** A tier falls only when a month begins or its grace has ended. */
const mayFall = ({ settledOn, heldTier }: Replayed, on: Day): boolean =>
  settledOn.slice(0, 7) < on.slice(0, 7) ||
  (heldTier?.keptUntil != null && heldTier.keptUntil >= settledOn && heldTier.keptUntil < on)

function nextNight({ settledOn, heldTier }: Replayed): Day {
  const month = `${addMonths(settledOn, 1).slice(0, 7)}-01`
  if (!heldTier?.keptUntil || heldTier.keptUntil < settledOn) return month
  const graceEnds = addDays(heldTier.keptUntil, 1)
  return graceEnds < month ? graceEnds : month
}

/**
 * Counts a purchase for the tier. Changes the replay's own account in place: copying its months for each purchase would take most
 * of the time.
 */
function count(policy: Policy, member: Replayed, { on, lines }: Past, points: number) {
  member.purchases += 1
  if (policy.tiers.levels.length === 0) return
  const { account } = member
  const month = on.slice(0, 7)
  const [fen, purchases] = account.boughtByMonth[month] ?? [0, 0]
  const amountFen = sum(lines.map((line) => line.amountFen))
  account.spendFen += amountFen
  account.boughtByMonth[month] = [fen + amountFen, purchases + 1]
  account.earned += points
  account.earnedByMonth[month] = (account.earnedByMonth[month] ?? 0) + points
  member.heldTier = riseTier(policy, account, member.heldTier, on)?.heldTier ?? member.heldTier
}

/** Subtracts a return from the figures that rules and tiers use. */
function uncount(policy: Policy, member: Replayed, before: Sale, after: Sale) {
  const isGone = isAllBack(after.lines) && !isAllBack(before.lines)
  if (isGone) member.purchases -= 1
  if (policy.tiers.levels.length === 0) return
  const { account } = member
  const month = before.past.on.slice(0, 7)
  const returnedFen = (sale: Sale) => sum(sale.lines.map((line) => line.returnedFen))
  const fen = returnedFen(after) - returnedFen(before)
  const points = after.wouldBack - before.wouldBack
  const [bought, purchases] = account.boughtByMonth[month] ?? [0, 0]
  account.spendFen -= fen
  account.boughtByMonth[month] = [bought - fen, purchases - (isGone ? 1 : 0)]
  account.earned -= points
  account.earnedByMonth[month] = Math.max(0, (account.earnedByMonth[month] ?? 0) - points)
}

/** The dates of points earned on a day. Days come in chronological order, so each is computed once. */
function purchaseDates(policy: Policy) {
  let dates = { on: '', usableOn: '', expiresOn: null as Day | null }
  return (on: Day) => {
    if (dates.on !== on)
      dates = { on, usableOn: usableFrom(policy, on), expiresOn: lastUsableDay(policy, on, 'purchase') }
    return dates
  }
}

/** The part that neither coupons nor points paid, fen. */
function moneyOf(lines: Past['lines'], { couponFen, pointsFen }: Past['paid']): number {
  const amountFen = sum(lines.map((line) => line.amountFen))
  const ownFen = sum(lines.map((line) => line.couponFen ?? 0))
  return amountFen - Math.min(amountFen, ownFen + couponFen + pointsFen)
}

/** The part of that money that is left after returns, in proportion to the price. */
function moneyLeft({ lines, paid }: Past, sold: Sale['lines']): number {
  const amountFen = sum(lines.map((line) => line.amountFen))
  const leftFen = amountFen - sum(sold.map((line) => line.returnedFen))
  return amountFen === 0 ? 0 : Math.floor((moneyOf(lines, paid) * leftFen) / amountFen)
}

/** Counts points of other sources for the tier, as `count` does those of purchases. */
function countEarned(policy: Policy, member: Replayed, points: number, month: string, on: Day) {
  if (policy.tiers.levels.length === 0) return
  const { account } = member
  account.earned += points
  account.earnedByMonth[month] = Math.max(0, (account.earnedByMonth[month] ?? 0) + points)
  if (points > 0) member.heldTier = riseTier(policy, account, member.heldTier, on)?.heldTier ?? member.heldTier
}
