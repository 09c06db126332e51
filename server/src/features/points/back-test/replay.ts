import type { BacktestResult } from '@pointbook/shared/contract/points/back-test'
import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { type Day, endOf, type Instant, startOf } from '@pointbook/shared/day'
import { worthFen } from '@pointbook/shared/worth'
import { openBacktest } from '../../../core/back-test/back-test.ts'
import { type Backtest, type Compared, extremes } from '../../../core/back-test/result.ts'
import { worthOfEach } from '../../../core/ledger/worth.ts'
import { levelsUp } from '../../../core/tiers/tiers.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { readPolicies, readPolicyHeads } from '../policy/store.ts'
import { type Part, type Placed, readActual, readAhead, readOthers } from './others.ts'
import {
  type Chunk,
  countPurchases,
  pastOf,
  type Returned,
  readHistory,
  readKnown,
  readNicknames,
  readReturns,
} from './store.ts'

const AT_ONCE = 5_000
const OTHERS_AT_ONCE = 20_000
const MOST_MEMBERS = 20

export interface Order {
  policy: Policy
  from: Day
  until: Day
  offsetMinutes: number
}

/**
 * Reads the purchases of a group of members once, in chunks, with all other entries, and replays them. Its memory grows with the
 * members, not with the purchases.
 */
export async function replay(
  db: Database,
  { policy, from, until, offsetMinutes }: Order,
  part: Part,
  onProgress: (done: number) => void,
): Promise<Backtest> {
  const [begin, end] = [startOf(from, offsetMinutes), endOf(until, offsetMinutes)]
  const backtest = openBacktest(policy, from)
  const ahead = await readAhead(db, end, part)
  let waiting: Event[] = []
  let seen = BEGINNING
  const lineUp = (events: readonly Event[]) => {
    waiting = [...waiting, ...events].sort(inOrder)
  }

  /** Replays all before an instant, or to the end. At that very instant more may happen, which another chunk brings. */
  async function runTo(before: Instant | null) {
    for (let isRead = false; !isRead; ) {
      const { others, cut } = await readOthers(
        db,
        { from: seen, before, end, limit: OTHERS_AT_ONCE },
        ahead,
        offsetMinutes,
      )
      await introduce(db, backtest, [...others, ...others.flatMap(heirsOf)], offsetMinutes)
      lineUp(others.map((other) => ({ ...placeOf(other), other })))
      isRead = cut === null
      seen = cut ?? before ?? seen
      for (const event of takeBefore(cut ?? before)) make(event)
    }
  }

  function takeBefore(before: Instant | null): Event[] {
    const left = before === null ? -1 : waiting.findIndex(({ at }) => at >= before)
    return waiting.splice(0, left < 0 ? waiting.length : left)
  }

  function make({ row, other, back }: Event) {
    if (row) backtest.take(pastOf(row, begin, ahead, offsetMinutes))
    else if (other) backtest.other(other)
    else backtest.giveBack(back!)
  }

  for await (const rows of readHistory(db, end, ahead, AT_ONCE)) {
    const returns = await readReturns(db, rows, end, offsetMinutes)
    await introduce(db, backtest, rows, offsetMinutes)
    lineUp([...rows.map((row) => ({ ...placeOf(row), row })), ...returns.map((back) => ({ ...placeOf(back), back }))])
    await runTo(rows.at(-1)!.at)
    onProgress(rows.length)
  }
  await runTo(null)
  backtest.close(until)
  return backtest.result
}

const BEGINNING = '1000-01-01T00:00:00.000Z'

interface Place {
  at: Instant
  memberId: number
  seq: number
}

interface Event extends Place {
  row?: Chunk[number]
  other?: Placed
  back?: Returned
}

const placeOf = ({ at, memberId, ...rest }: { at: Instant; memberId: number; seq?: number; entrySeq?: number }) => ({
  at,
  memberId,
  seq: rest.seq ?? rest.entrySeq!,
})

/** The order of the ledger; what one batch wrote has one instant. */
const inOrder = (a: Place, b: Place): number =>
  a.at === b.at ? a.memberId - b.memberId || a.seq - b.seq : a.at < b.at ? -1 : 1

const heirsOf = (other: Placed) => (other.type === 'merged' ? [{ memberId: other.intoId }] : [])

async function introduce(
  db: Database,
  backtest: ReturnType<typeof openBacktest>,
  those: readonly { memberId: number }[],
  offsetMinutes: number,
) {
  const strangers = new Set(those.map(({ memberId }) => memberId).filter(backtest.isNew))
  const known = await readKnown(db, [...strangers], offsetMinutes)
  for (const memberId of strangers)
    backtest.introduce(memberId, known.get(memberId) ?? { tags: [], birthday: null, joinedOn: null })
}

export const countAll = (db: Database, { until, offsetMinutes }: Order): Promise<number> =>
  countPurchases(db, endOf(until, offsetMinutes))

/** The result in points and money, with the names of rules and members. */
export async function resultOf(
  db: Database,
  { policy, from, until, offsetMinutes }: Order,
  backtest: Backtest,
): Promise<BacktestResult> {
  const { pointsPerYuan } = policy
  const actual = await readActual(db, startOf(from, offsetMinutes), endOf(until, offsetMinutes))
  const both = (was: number, would: number) => ({
    was,
    would,
    wasFen: worthFen(was, pointsPerYuan),
    wouldFen: worthFen(would, pointsPerYuan),
  })
  const inMoney = (sums: Compared) => ({
    ...sums,
    givenFen: worthFen(sums.given, pointsPerYuan),
    wouldFen: worthFen(sums.would, pointsPerYuan),
  })
  const { winners, losers } = extremes(backtest.members, MOST_MEMBERS)
  const names = await readNicknames(
    db,
    [...winners, ...losers].map(([memberId]) => memberId),
  )
  const person = ([memberId, sums]: [number, Compared]) => ({
    memberId,
    nickname: masked(names.get(memberId) ?? ''),
    ...inMoney(sums),
  })
  const { more, less, same } = backtest
  return {
    ...inMoney(backtest.all),
    members: backtest.members.size,
    more,
    less,
    same,
    ended: both(actual.ended, backtest.ended),
    left: both(actual.left, backtest.left),
    missing: backtest.missing,
    months: partsInMoney([...backtest.months], pointsPerYuan).map(([month, sums]) => ({ month, ...sums })),
    tiers: partsInMoney(tiersOf(policy, backtest), pointsPerYuan).map(([name, sums]) => ({ name, ...sums })),
    rules: (await rulesOf(db, policy, backtest)).map(([ruleId, name, sums]) => ({ ruleId, name, ...inMoney(sums) })),
    winners: winners.map(person),
    losers: losers.map(person),
  }
}

/** Parts that make up the whole, with what they are worth: the worths sum to that of the whole. */
function partsInMoney(parts: readonly [string, Compared][], pointsPerYuan: number) {
  const worths = (points: (sums: Compared) => number) =>
    worthOfEach(
      parts.map(([, sums]) => points(sums)),
      pointsPerYuan,
    )
  const [actual, would] = [worths((sums) => sums.given), worths((sums) => sums.would)]
  return parts.map(([name, sums], at) => [name, { ...sums, givenFen: actual[at]!, wouldFen: would[at]! }] as const)
}

const none = '未分等级'

function tiersOf(policy: Policy, { tiers }: Backtest): [string, Compared][] {
  const names = [{ id: '', name: none }, ...levelsUp(policy)]
  return names.flatMap(({ id, name }): [string, Compared][] => {
    const sums = tiers.get(id)
    return sums ? [[name, sums]] : []
  })
}

/** Every rule for purchases, in the order of the policy, what tiers added, and the rules that gave but are no longer in the policy. */
async function rulesOf(db: Database, { earning }: Policy, { rules }: Backtest): Promise<[string, string, Compared][]> {
  const listed = earning.rules.filter(({ enabled, trigger }) => enabled && trigger === 'purchase').map(({ id }) => id)
  const ids = new Set([...listed, ...rules.keys()])
  const names = await ruleNames(db, earning.rules)
  const none: Compared = { purchases: 0, given: 0, would: 0 }
  return [...ids].map((id) => [id, names.get(id) ?? id, rules.get(id) ?? none])
}

/** The name of a rule: that of the policy, otherwise that of the newest version with this rule. */
async function ruleNames(db: Database, rules: readonly EarningRule[]): Promise<Map<string, string>> {
  const versions = await readPolicies(db, (await readPolicyHeads(db)).map(({ version }) => version).toReversed())
  const published = [...versions.values()].flatMap(({ earning }) => earning.rules)
  return new Map([['@tier', '会员等级加速'], ...[...published, ...rules].map(({ id, name }) => [id, name] as const)])
}

/** `张三丰` → `张**`: enough to recognise a known member, on a page that several people see. */
const masked = (nickname: string) => `${[...nickname][0] ?? ''}**`
