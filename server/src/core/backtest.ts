import type { Policy } from '@pointbook/shared/contract/policy'
import { addDays, addMonths, type Day } from '@pointbook/shared/day'
import { share } from '@pointbook/shared/money'
import { sum } from './allocate.ts'
import { earn } from './earning.ts'
import type { EarningEvent, Who } from './earning-event.ts'
import { type Account, emptyAccount, type Why } from './points.ts'
import type { Earned } from './purse.ts'
import { isAllBack, pointsDue, type ReturnedLine, type SoldLine, takeBack } from './returns.ts'
import { type HeldTier, riseTier, settleTier, tierInForce } from './tiers.ts'

/** What the rules may know of a member from elsewhere. */
export type Known = Pick<Who, 'tags' | 'birthday' | 'joinedOn'>

/** A purchase as it was, and what it was given. */
export interface Past
  extends Pick<EarningEvent, 'lines' | 'paid' | 'storeId' | 'channel' | 'payment' | 'on' | 'minute'> {
  memberId: number
  given: number
  /** What each rule gave, as the entry keeps it. */
  givenBy: readonly Pick<Why, 'rule' | 'points'>[]
  /** Names it for the returns that will come; left out where none did. */
  mark?: string
}

/** Goods that came back, and the points that the return took. */
export interface CameBack {
  mark: string
  lines: readonly ReturnedLine[]
  points: number
}

/** A replayed purchase with what has come back of it. */
interface Sale {
  past: Past
  tierId: string
  earned: Earned
  /** With the points that the other policy gives each line. */
  lines: SoldLine[]
  givenBack: number
  wouldBack: number
}

/** Points given and points under the other policy. */
export interface Compared {
  purchases: number
  given: number
  would: number
}

export interface Backtest {
  all: Compared
  /** Purchases that earn more, less and the same. */
  more: number
  less: number
  same: number
  months: Map<string, Compared>
  /** By the tier the other policy would give; '' for none. */
  tiers: Map<string, Compared>
  /** By rule: in how many purchases it would give, what it would, and what it gave. */
  rules: Map<string, Compared>
  members: Map<number, Compared>
}

interface Replayed {
  known: Known
  purchases: number
  account: Account
  held: HeldTier | null
  settledOn: Day
  /** What has been used of caps, and the month of the last purchase: earlier months and days are never asked for again. */
  used: Map<string, number>
  month: string
}

/** True when members can be replayed apart from each other: no rule has a budget that all of them share. */
export const isDivisible = ({ earning }: Policy): boolean => earning.rules.every(({ caps }) => caps.budget === null)

const unread = (): Backtest => ({
  all: nothing(),
  more: 0,
  less: 0,
  same: 0,
  months: new Map(),
  tiers: new Map(),
  rules: new Map(),
  members: new Map(),
})

/** The back-tests of several groups of members as one; months stay in the order of time. */
export function joinBacktests(parts: readonly Backtest[]): Backtest {
  const joined = unread()
  for (const { all, more, less, same, months, tiers, rules, members } of parts) {
    add(joined.all, all)
    joined.more += more
    joined.less += less
    joined.same += same
    addEach(joined.months, months)
    addEach(joined.tiers, tiers)
    addEach(joined.rules, rules)
    addEach(joined.members, members)
  }
  return { ...joined, months: new Map([...joined.months].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

function addEach<K>(into: Map<K, Compared>, from: ReadonlyMap<K, Compared>) {
  for (const [key, sums] of from) add(entryOf(into, key, nothing), sums)
}

function add(into: Compared, { purchases, given, would }: Compared) {
  into.purchases += purchases
  into.given += given
  into.would += would
}

const nothing = (): Compared => ({ purchases: 0, given: 0, would: 0 })

/**
 * Replays purchases under a policy as if it had always been in force. They come in the order of time, from the shop's very first:
 * what was before the period counts for tiers, caps and the number of a purchase, but not for the result. Returns come in their
 * place among them, and take back what the ledger's moves would.
 */
export function openBacktest(policy: Policy, from: Day) {
  const members = new Map<number, Replayed>()
  const budgets = new Map<string, number>()
  const result = unread()
  const sales = new Map<string, Sale>()

  function take(past: Past) {
    const member = members.get(past.memberId)!
    const tierId = tierOn(policy, member, past.on)
    forgetOldMonths(member, past.on.slice(0, 7))
    const earned = earn(policy, eventOf(past, member, tierId), (scope) => countersOf(scope, member).get(scope) ?? 0)
    for (const { scope, points } of earned.used) {
      const counters = countersOf(scope, member)
      counters.set(scope, (counters.get(scope) ?? 0) + points)
    }
    count(policy, member, past, earned.points)
    if (past.on >= from) note(result, past, tierId ?? '', earned)
    if (past.mark) sales.set(past.mark, saleOf(past, tierId ?? '', earned))
    return earned
  }

  /** Takes back what the ledger took: points by line, the purchase itself once nothing is left, and caps with the points. */
  function giveBack({ mark, lines, points }: CameBack) {
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
    if (past.on >= from) correct(result, sale, after)
    sales.set(mark, after)
  }

  function countersOf(scope: string, member: Replayed): Map<string, number> {
    return scope.startsWith('budget/') ? budgets : member.used
  }

  return {
    /** True when the member has to be introduced before the first purchase. */
    isNew: (memberId: number) => !members.has(memberId),
    introduce: (memberId: number, known: Known) => members.set(memberId, stranger(memberId, known)),
    take,
    giveBack,
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
  who: { purchases, tierId, tags: known.tags, birthday: known.birthday, joinedOn: known.joinedOn },
  given: [],
})

const stranger = (memberId: number, known: Known): Replayed => ({
  known,
  purchases: 0,
  account: emptyAccount(memberId),
  held: null,
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
  while (member.held?.tierId && mayFall(member, on)) {
    member.settledOn = nextNight(member)
    member.held = settleTier(policy, member.account, member.held, member.settledOn)?.held ?? member.held
  }
  member.settledOn = on
  return tierInForce(policy, member.account, member.held, on)?.id ?? null
}

/** A tier falls only when a month begins or its grace has ended. */
const mayFall = ({ settledOn, held }: Replayed, on: Day): boolean =>
  settledOn.slice(0, 7) < on.slice(0, 7) ||
  (held?.keptUntil != null && held.keptUntil >= settledOn && held.keptUntil < on)

function nextNight({ settledOn, held }: Replayed): Day {
  const month = `${addMonths(settledOn, 1).slice(0, 7)}-01`
  if (!held?.keptUntil || held.keptUntil < settledOn) return month
  const graceEnds = addDays(held.keptUntil, 1)
  return graceEnds < month ? graceEnds : month
}

/** Counts a purchase for the tier. The account is the replay's own: copied for every purchase, its months would take most of the time. */
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
  member.held = riseTier(policy, account, member.held, on)?.held ?? member.held
}

const saleOf = (past: Past, tierId: string, earned: Earned): Sale => ({
  past,
  tierId,
  earned,
  lines: past.lines.map((line, at) => ({
    ...line,
    points: earned.linePoints[at]!,
    returnedQuantity: 0,
    returnedFen: 0,
  })),
  givenBack: 0,
  wouldBack: 0,
})

const partOf = (whole: number, back: number, all: number): number =>
  all === 0 ? 0 : share(whole, back, all, 'nearest')

/** Takes a return out of what counts for rules and tiers. */
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

/** Takes a return out of the result. A purchase of which nothing is left counts nowhere any more. */
function correct(result: Backtest, before: Sale, after: Sale) {
  const { past, tierId, earned } = after
  const gone = isAllBack(after.lines) && !isAllBack(before.lines) ? 1 : 0
  const sums = [
    result.all,
    entryOf(result.months, past.on.slice(0, 7), nothing),
    entryOf(result.tiers, tierId, nothing),
    entryOf(result.members, past.memberId, nothing),
  ]
  for (const each of sums) {
    each.purchases -= gone
    each.given -= after.givenBack - before.givenBack
    each.would -= after.wouldBack - before.wouldBack
  }
  if (!isAllBack(before.lines)) result[verdictOn(before)] -= 1
  if (!isAllBack(after.lines)) result[verdictOn(after)] += 1
  for (const { rule, points } of earned.why) {
    if (points === 0) continue
    const one = entryOf(result.rules, rule, nothing)
    one.purchases -= gone
    one.would -= partOf(points, after.wouldBack, earned.points) - partOf(points, before.wouldBack, earned.points)
  }
  for (const { rule, points } of past.givenBy) {
    if (points <= 0) continue
    const back = partOf(points, after.givenBack, past.given) - partOf(points, before.givenBack, past.given)
    entryOf(result.rules, rule, nothing).given -= back
  }
}

function verdictOn({ past, earned, givenBack, wouldBack }: Sale): 'more' | 'less' | 'same' {
  const [given, would] = [past.given - givenBack, earned.points - wouldBack]
  return would > given ? 'more' : would < given ? 'less' : 'same'
}

function note(
  result: Backtest,
  { memberId, on, given, givenBy }: Past,
  tierId: string,
  { points, why }: ReturnType<typeof earn>,
) {
  const sums = [
    result.all,
    entryOf(result.months, on.slice(0, 7), nothing),
    entryOf(result.tiers, tierId, nothing),
    entryOf(result.members, memberId, nothing),
  ]
  for (const sum of sums) {
    sum.purchases += 1
    sum.given += given
    sum.would += points
  }
  result[points > given ? 'more' : points < given ? 'less' : 'same'] += 1
  for (const part of why) {
    if (part.points === 0) continue
    const rule = entryOf(result.rules, part.rule, nothing)
    rule.would += part.points
    rule.purchases += 1
  }
  for (const part of givenBy) if (part.points > 0) entryOf(result.rules, part.rule, nothing).given += part.points
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}

/** The members who gain or lose most. */
export function extremes(members: Backtest['members'], most: number) {
  const changed = [...members].filter(([, { given, would }]) => given !== would)
  changed.sort(([, a], [, b]) => b.would - b.given - (a.would - a.given))
  return {
    winners: changed.slice(0, most).filter(([, { given, would }]) => would > given),
    losers: changed
      .slice(-most)
      .toReversed()
      .filter(([, { given, would }]) => would < given),
  }
}
