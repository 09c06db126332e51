import { addMonths, type Day, dayOf, endOf, type Instant, startOf } from '@pointbook/shared/day'
import { share } from '@pointbook/shared/money'
import type { EntryKind } from '@pointbook/shared/words'
import { and, gte, lte, type SQL, sql } from 'drizzle-orm'
import { pointsEntries } from '../../book/tables.ts'
import { type Flows, netOf, noFlows, withFlow } from '../../core/flows.ts'
import type { House } from '../../outside.ts'
import { inSnapshot, type Transaction } from '../../platform/database/pool.ts'
import { requirePastDay } from '../points/statement.ts'
import { policyInForce } from '../policy/store.ts'

const MONTHS = 24

/**
 * What the shop owes its members at the end of a day, and how it came to that in the two years before. Read from one snapshot, so
 * that `opening` and the flows add up to what is outstanding, and so do the months.
 */
export async function readLiability(house: House, asked: Day | undefined) {
  const { db, clock, offsetMinutes } = house
  const on = asked ?? dayOf(clock.now(), offsetMinutes)
  requirePastDay(house, on)
  const months = monthsUpTo(on.slice(0, 7))
  const span = { since: startOf(`${months[0]}-01`, offsetMinutes), until: endOf(on, offsetMinutes), offsetMinutes }
  const { document: policy } = await policyInForce(db, span.until)
  const { expiring, flows, cohorts } = await inSnapshot(db, async (tx) => ({
    expiring: await readExpiring(tx, span.until),
    flows: await readFlows(tx, span),
    cohorts: await readCohorts(tx, span),
  }))
  const outstanding = expiring.reduce((sum, { points }) => sum + points, 0)
  const fenOf = (points: number) => share(points, 100, policy.pointsPerYuan, 'nearest')
  return {
    on,
    pointsPerYuan: policy.pointsPerYuan,
    outstanding,
    outstandingFen: fenOf(outstanding),
    expiring: inMoney(expiring, fenOf),
    ...monthEnds(months, flows, outstanding),
    cohorts,
  }
}

const monthsUpTo = (last: string): string[] =>
  Array.from({ length: MONTHS }, (_, index) => addMonths(`${last}-01`, index + 1 - MONTHS).slice(0, 7))

interface Span {
  since: Instant
  until: Instant
  offsetMinutes: number
}

const monthOf = (at: SQL, offsetMinutes: number): SQL =>
  sql`DATE_FORMAT(${at} + INTERVAL ${sql.raw(String(offsetMinutes))} MINUTE, '%Y-%m')`

const databaseTime = (at: Instant) => pointsEntries.at.mapToDriverValue(at)

async function rowsOf<Row>(tx: Transaction, query: SQL): Promise<Row[]> {
  const [rows] = await tx.execute(query)
  return rows as unknown as Row[]
}

interface Expiring {
  /** Of the last usable day; null: never expires. */
  month: string | null
  points: number
  members: number
}

/** Points held at an instant by the month in which they end: today's, with what happened since then undone. */
async function readExpiring(tx: Transaction, until: Instant): Promise<Expiring[]> {
  const since = databaseTime(until)
  const rows = await rowsOf<Record<keyof Expiring, string | null>>(
    tx,
    sql`SELECT month, SUM(points) AS points, COUNT(*) AS members
      FROM (SELECT member_id, DATE_FORMAT(expires_on, '%Y-%m') AS month, SUM(points) AS points
        FROM (SELECT member_id, expires_on, remaining AS points FROM points_lots WHERE remaining > 0
          UNION ALL
          SELECT l.member_id, l.expires_on, d.points
            FROM points_entries e
            JOIN points_draws d ON d.member_id = e.member_id AND d.entry_seq = e.seq
            JOIN points_lots l ON l.member_id = d.member_id AND l.seq = d.lot_seq
            WHERE e.at > ${since}
          UNION ALL
          SELECT l.member_id, l.expires_on, -l.points
            FROM points_entries e
            JOIN points_lots l ON l.member_id = e.member_id AND l.seq = e.seq
            WHERE e.at > ${since}) parts
        GROUP BY member_id, month) held
      WHERE points <> 0
      GROUP BY month
      ORDER BY month IS NULL, month`,
  )
  return rows.map(({ month, points, members }) => ({ month, points: Number(points), members: Number(members) }))
}

/** What moved in each month; months without any are left out. */
async function readFlows(tx: Transaction, { since, until, offsetMinutes }: Span): Promise<Map<string, Flows>> {
  const { at, kind, delta } = pointsEntries
  const rows = await tx
    .select({
      month: sql<string>`${monthOf(sql`${at}`, offsetMinutes)}`.as('month'),
      kind,
      delta: sql`SUM(${delta})`.mapWith(Number),
    })
    .from(pointsEntries)
    .where(and(gte(at, since), lte(at, until)))
    .groupBy(sql`month`, kind)
  const months = new Map<string, Flows>()
  for (const row of rows)
    months.set(row.month, withFlow(months.get(row.month) ?? noFlows, row.kind as EntryKind, row.delta))
  return months
}

interface Cohort {
  month: string
  points: number
  used: number
  expired: number
  open: number
}

/** What became of the points that came in each month: used or taken back, run out unused, or still to be used. */
async function readCohorts(tx: Transaction, { since, until, offsetMinutes }: Span): Promise<Cohort[]> {
  const [first, last] = [databaseTime(since), databaseTime(until)]
  const rows = await rowsOf<Record<keyof Cohort, string>>(
    tx,
    sql`SELECT month, SUM(points) AS points, SUM(expired) AS expired, SUM(remaining) AS open
      FROM (SELECT ${monthOf(sql`e.at`, offsetMinutes)} AS month, l.points, l.expired, l.remaining
          FROM points_entries e
          JOIN points_lots l ON l.member_id = e.member_id AND l.seq = e.seq
          WHERE e.at BETWEEN ${first} AND ${last}
        UNION ALL
        SELECT ${monthOf(sql`o.at`, offsetMinutes)}, 0, IF(e.kind = 'expire', -d.points, 0), d.points
          FROM points_entries e
          JOIN points_draws d ON d.member_id = e.member_id AND d.entry_seq = e.seq
          JOIN points_entries o ON o.member_id = d.member_id AND o.seq = d.lot_seq
          WHERE e.at > ${last} AND o.at BETWEEN ${first} AND ${last}) parts
      GROUP BY month
      ORDER BY month`,
  )
  return rows.map(({ month, ...sums }) => {
    const [points, expired, open] = [Number(sums.points), Number(sums.expired), Number(sums.open)]
    return { month, points, used: points - expired - open, expired, open }
  })
}

/** Each row's money is what it adds to the rounded total, so that the rows sum to it. */
function inMoney(rows: readonly Expiring[], fenOf: (points: number) => number) {
  let before = 0
  return rows.map((row) => {
    const fen = fenOf(before + row.points) - fenOf(before)
    before += row.points
    return { ...row, fen }
  })
}

/** Goes back from what is outstanding now to what was at the end of each month, and before the first. */
function monthEnds(months: readonly string[], moved: ReadonlyMap<string, Flows>, outstanding: number) {
  let left = outstanding
  const flows = months.toReversed().map((month) => {
    const flow = moved.get(month) ?? noFlows
    const row = { month, ...flow, outstanding: left }
    left -= netOf(flow)
    return row
  })
  return { opening: left, flows: flows.toReversed() }
}
