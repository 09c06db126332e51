import { type Day, dayOf, endOf, type Instant, monthsUpTo, startOf } from '@pointbook/shared/day'
import type { EntryKind } from '@pointbook/shared/words'
import { worthFen } from '@pointbook/shared/worth'
import { and, gte, lte, type SQL, sql } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import { type Flows, netOf, noFlows, withFlow } from '../../../core/assets/flows.ts'
import { sum } from '../../../core/earning/allocate.ts'
import { worthOfEach } from '../../../core/ledger/worth.ts'
import { monthColumn } from '../../../platform/database/month.ts'
import { inSnapshot, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { policyInForce } from '../policy/store.ts'
import { requirePastDay } from '../statements/statement.ts'

const MONTHS = 24

/**
 * The shop's liability at the end of a day, and its development in the two years before. Read from one snapshot, so that
 * `opening` plus the flows, and the sum of the months, equal the outstanding points.
 */
export async function readLiability(server: Server, asked: Day | undefined) {
  const { db, clock, offsetMinutes } = server
  const on = asked ?? dayOf(clock.now(), offsetMinutes)
  requirePastDay(server, on)
  const months = monthsUpTo(on, MONTHS)
  const span = { since: startOf(`${months[0]}-01`, offsetMinutes), until: endOf(on, offsetMinutes), offsetMinutes }
  const { document: policy } = await policyInForce(db, span.until)
  const { holdings, flows, cohorts } = await inSnapshot(db, async (tx) => ({
    holdings: await readHoldings(tx, span.until, on),
    flows: await readFlows(tx, span),
    cohorts: await readCohorts(tx, span, on),
  }))
  const expiring = holdings.filter(({ ended }) => !ended)
  const outstanding = sum(expiring.map(({ points }) => points))
  const moved = withEnded(flows, holdings)
  return {
    on,
    pointsPerYuan: policy.pointsPerYuan,
    outstanding,
    outstandingFen: worthFen(outstanding, policy.pointsPerYuan),
    expiring: inMoney(expiring, policy.pointsPerYuan),
    ...monthEnds(months, moved, outstanding),
    cohorts,
  }
}

interface Span {
  since: Instant
  until: Instant
  offsetMinutes: number
}

const databaseTime = (at: Instant) => pointsEntries.at.mapToDriverValue(at)

async function rowsOf<Row>(tx: Transaction, query: SQL): Promise<Row[]> {
  const [rows] = await tx.execute(query)
  return rows as unknown as Row[]
}

interface MonthHoldings {
  /** The month of the last usable day; null: never expires. */
  month: string | null
  /** The last usable day has passed but the nightly job has not run yet: `month` is the month in which they expired. */
  ended: boolean
  points: number
  members: number
}

// The changes of each lot after an instant. Undoing them gives the lot as it was then.
const later = (until: Instant): SQL => sql`(
  SELECT d.member_id, d.lot_seq, SUM(d.points) AS points, SUM(IF(e.kind = 'expire', d.points, 0)) AS expired
  FROM points_entries e
  JOIN points_draws d ON d.member_id = e.member_id AND d.entry_seq = e.seq
  WHERE e.at > ${databaseTime(until)}
  GROUP BY d.member_id, d.lot_seq)`

// The first change of each lot's dates after an instant has the dates before it.
const redated = (until: Instant): SQL => sql`(
  SELECT r.member_id, r.lot_seq, MIN(r.entry_seq) AS entry_seq
  FROM points_entries e
  JOIN points_redates r ON r.member_id = e.member_id AND r.entry_seq = e.seq
  WHERE e.at > ${databaseTime(until)}
  GROUP BY r.member_id, r.lot_seq)`

// Joins each lot with its later changes.
const asThen = (until: Instant): SQL => sql`
      LEFT JOIN ${later(until)} u ON u.member_id = l.member_id AND u.lot_seq = l.seq
      LEFT JOIN ${redated(until)} f ON f.member_id = l.member_id AND f.lot_seq = l.seq
      LEFT JOIN points_redates r
        ON r.member_id = f.member_id AND r.entry_seq = f.entry_seq AND r.lot_seq = f.lot_seq`

const EXPIRES_ON = sql`IF(r.lot_seq IS NULL, l.expires_on, r.expires_from)`

/** The points outstanding at the end of a day, by the month in which they would expire. */
async function readHoldings(tx: Transaction, until: Instant, on: Day): Promise<MonthHoldings[]> {
  const rows = await rowsOf<Record<keyof MonthHoldings, string | null>>(
    tx,
    sql`SELECT ${EXPIRES_ON} < ${on} AS ended,
        DATE_FORMAT(${EXPIRES_ON} + INTERVAL IF(${EXPIRES_ON} < ${on}, 1, 0) DAY, '%Y-%m') AS month,
        SUM(l.remaining + COALESCE(u.points, 0)) AS points, COUNT(DISTINCT l.member_id) AS members
      FROM points_lots l
      ${asThen(until)}
      WHERE l.remaining + COALESCE(u.points, 0) > 0
        AND NOT EXISTS (SELECT 1 FROM points_entries o
          WHERE o.member_id = l.member_id AND o.seq = l.seq AND o.at > ${databaseTime(until)})
      GROUP BY month, ended
      ORDER BY month IS NULL, month`,
  )
  return rows.map(({ month, ended, points, members }) => ({
    month,
    ended: Number(ended) === 1,
    points: Number(points),
    members: Number(members),
  }))
}

/** Counts points past their last day as expired in the month of that day, independent of when the nightly job runs. */
function withEnded(moved: ReadonlyMap<string, Flows>, holdings: readonly MonthHoldings[]): Map<string, Flows> {
  const months = new Map(moved)
  for (const { month, ended, points } of holdings)
    if (ended && month) months.set(month, withFlow(months.get(month) ?? noFlows, 'expire', -points))
  return months
}

/** The flows of each month; months without flows are left out. */
async function readFlows(tx: Transaction, { since, until, offsetMinutes }: Span): Promise<Map<string, Flows>> {
  const { at, kind, delta } = pointsEntries
  const rows = await tx
    .select({
      month: monthColumn(at, offsetMinutes).as('month'),
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

/** The use of the points earned in each month: used or taken back, expired unused, or still outstanding. */
async function readCohorts(tx: Transaction, { since, until, offsetMinutes }: Span, on: Day): Promise<Cohort[]> {
  const rows = await rowsOf<Record<keyof Cohort, string>>(
    tx,
    sql`SELECT ${monthColumn(sql`o.at`, offsetMinutes)} AS month, SUM(l.points) AS points,
        SUM(l.expired - COALESCE(u.expired, 0) + IF(${EXPIRES_ON} < ${on}, l.remaining + COALESCE(u.points, 0), 0))
          AS expired,
        SUM(IF(${EXPIRES_ON} < ${on}, 0, l.remaining + COALESCE(u.points, 0))) AS open
      FROM points_lots l
      JOIN points_entries o ON o.member_id = l.member_id AND o.seq = l.seq
      ${asThen(until)}
      WHERE o.at BETWEEN ${databaseTime(since)} AND ${databaseTime(until)}
      GROUP BY month
      ORDER BY month`,
  )
  return rows.map(({ month, ...sums }) => {
    const [points, expired, open] = [Number(sums.points), Number(sums.expired), Number(sums.open)]
    return { month, points, used: points - expired - open, expired, open }
  })
}

/** With each row's worth; they sum to that of all. */
function inMoney(rows: readonly MonthHoldings[], pointsPerYuan: number) {
  const fen = worthOfEach(
    rows.map(({ points }) => points),
    pointsPerYuan,
  )
  return rows.map(({ month, points, members }, index) => ({ month, points, members, fen: fen[index]! }))
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
