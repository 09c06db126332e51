import type { BacktestResult } from '@pointbook/shared/contract/admin/backtest'
import type { EarningRule } from '@pointbook/shared/contract/earning-rule'
import type { Policy } from '@pointbook/shared/contract/policy'
import { type Day, endOf, startOf } from '@pointbook/shared/day'
import { openBacktest } from '../../core/backtest.ts'
import { type Backtest, type Compared, extremes } from '../../core/backtest-result.ts'
import { levelsUp } from '../../core/tiers.ts'
import { worthFen, worthOfEach } from '../../core/worth.ts'
import type { Database } from '../../platform/database/pool.ts'
import { readPolicies, readPolicyHeads } from '../policy/store.ts'
import { countPurchases, type Part, pastOf, readHistory, readKnown, readNicknames, readReturns } from './store.ts'

const AT_ONCE = 5_000
const MOST_MEMBERS = 20

export interface Order {
  policy: Policy
  from: Day
  until: Day
  offsetMinutes: number
}

/**
 * Reads the purchases of a part of the members once, chunk by chunk, and replays them. What it keeps grows with the members, not
 * with the purchases.
 */
export async function replay(
  db: Database,
  { policy, from, until, offsetMinutes }: Order,
  part: Part,
  onProgress: (done: number) => void,
): Promise<Backtest> {
  const [begin, end] = [startOf(from, offsetMinutes), endOf(until, offsetMinutes)]
  const backtest = openBacktest(policy, from)
  let returned: Awaited<ReturnType<typeof readReturns>> = []
  for await (const rows of readHistory(db, end, part, AT_ONCE)) {
    const strangers = new Set(rows.map(({ memberId }) => memberId).filter(backtest.isNew))
    const known = await readKnown(db, [...strangers], offsetMinutes)
    for (const memberId of strangers)
      backtest.introduce(memberId, known.get(memberId) ?? { tags: [], birthday: null, joinedOn: null })
    returned = [...returned, ...(await readReturns(db, rows, end))].sort((a, b) => (a.at < b.at ? -1 : 1))
    for (const row of rows) {
      while (returned[0] && returned[0].at < row.at) backtest.giveBack(returned.shift()!)
      backtest.take(pastOf(row, begin, offsetMinutes))
    }
    onProgress(rows.length)
  }
  for (const back of returned) backtest.giveBack(back)
  return backtest.result
}

export const countAll = (db: Database, { until, offsetMinutes }: Order): Promise<number> =>
  countPurchases(db, endOf(until, offsetMinutes))

/** What was found, in points and money, with the names of rules and members. */
export async function resultOf(db: Database, policy: Policy, found: Backtest): Promise<BacktestResult> {
  const { pointsPerYuan } = policy
  const inMoney = (sums: Compared) => ({
    ...sums,
    givenFen: worthFen(sums.given, pointsPerYuan),
    wouldFen: worthFen(sums.would, pointsPerYuan),
  })
  const { winners, losers } = extremes(found.members, MOST_MEMBERS)
  const names = await readNicknames(
    db,
    [...winners, ...losers].map(([memberId]) => memberId),
  )
  const person = ([memberId, sums]: [number, Compared]) => ({
    memberId,
    nickname: masked(names.get(memberId) ?? ''),
    ...inMoney(sums),
  })
  const { more, less, same } = found
  return {
    ...inMoney(found.all),
    members: found.members.size,
    more,
    less,
    same,
    months: partsInMoney([...found.months], pointsPerYuan).map(([month, sums]) => ({ month, ...sums })),
    tiers: partsInMoney(tiersOf(policy, found), pointsPerYuan).map(([name, sums]) => ({ name, ...sums })),
    rules: (await rulesOf(db, policy, found)).map(([ruleId, name, sums]) => ({ ruleId, name, ...inMoney(sums) })),
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
  const [given, would] = [worths((sums) => sums.given), worths((sums) => sums.would)]
  return parts.map(([name, sums], at) => [name, { ...sums, givenFen: given[at]!, wouldFen: would[at]! }] as const)
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

/** A rule's name is that of the policy, else of the newest version that has it. */
async function ruleNames(db: Database, rules: readonly EarningRule[]): Promise<Map<string, string>> {
  const versions = await readPolicies(db, (await readPolicyHeads(db)).map(({ version }) => version).toReversed())
  const published = [...versions.values()].flatMap(({ earning }) => earning.rules)
  return new Map([['@tier', '会员等级加速'], ...[...published, ...rules].map(({ id, name }) => [id, name] as const)])
}

/** `张三丰` → `张**`: enough to know whom one knows, on a page that is shown around. */
const masked = (nickname: string) => `${[...nickname][0] ?? ''}**`
