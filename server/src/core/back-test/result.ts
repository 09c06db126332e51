import type { Earned } from '../earning/purse.ts'
import { isAllBack } from '../purchases/returns.ts'
import { type Past, partOf, type Sale } from './sale.ts'

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
  /** By the tier under the other policy; '' for none. */
  tiers: Map<string, Compared>
  /** By rule: the number of purchases in which it would give points, the points it would give, and those it gave. */
  rules: Map<string, Compared>
  members: Map<number, Compared>
  /** Points of any source that would expire unused within the period. */
  ended: number
  /** Points of any source that would be left at the end of the period. */
  left: number
  /** The used points that would have been missing under the other policy. */
  missing: number
}

export const unread = (): Backtest => ({
  all: nothing(),
  more: 0,
  less: 0,
  same: 0,
  months: new Map(),
  tiers: new Map(),
  rules: new Map(),
  members: new Map(),
  ended: 0,
  left: 0,
  missing: 0,
})

/** The back-tests of several groups of members as one; months stay in the order of time. */
export function joinBacktests(parts: readonly Backtest[]): Backtest {
  const joined = unread()
  for (const { all, more, less, same, months, tiers, rules, members, ended, left, missing } of parts) {
    add(joined.all, all)
    joined.more += more
    joined.less += less
    joined.same += same
    joined.ended += ended
    joined.left += left
    joined.missing += missing
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

/** Subtracts a return from the result. A purchase of which nothing is left is removed from all counts. */
export function correct(result: Backtest, before: Sale, after: Sale) {
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

/** Adds a purchase to the result. */
export function note(
  result: Backtest,
  { memberId, on, given, givenBy }: Past,
  tierId: string,
  { points, why }: Earned,
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
