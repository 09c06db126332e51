import type { Policy } from '@pointbook/shared/contract/policy'
import { addDays, addMonths, type Day } from '@pointbook/shared/day'
import { sum } from './allocate.ts'
import { correct, note, unread } from './backtest-result.ts'
import { type CameBack, type Past, partOf, type Sale, saleOf } from './backtest-sale.ts'
import { earn } from './earning.ts'
import type { EarningEvent, Who } from './earning-event.ts'
import { type Account, emptyAccount } from './points.ts'
import { isAllBack, pointsDue, takeBack } from './returns.ts'
import { type HeldTier, riseTier, settleTier, tierInForce } from './tiers.ts'

/** What the rules may know of a member from elsewhere. */
export type Known = Pick<Who, 'tags' | 'birthday' | 'joinedOn'>

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
