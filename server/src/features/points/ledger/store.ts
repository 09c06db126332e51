import { addDays, type Day, type Instant } from '@pointbook/shared/day'
import { and, desc, eq, gt, gte, inArray, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import {
  type AccountRow,
  type EntryRow,
  pointsAccounts,
  pointsDraws,
  pointsEntries,
  pointsLots,
} from '../../../book/tables.ts'
import { isUsable } from '../../../core/assets/lots.ts'
import type { Draw, Lot } from '../../../core/assets/posting.ts'
import { gathered, oneOfKeys } from '../../../platform/database/gathered.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { prepared } from '../../../platform/database/prepared.ts'

const accountsOf = gathered(
  (db) => db.select().from(pointsAccounts).where(oneOfKeys(pointsAccounts.memberId)).prepare(),
  ({ memberId }) => memberId,
)

export async function readAccount(db: Database, memberId: number): Promise<AccountRow | null> {
  const [row] = await accountsOf(db, memberId)
  return row ?? null
}

const openLotsOf = gathered(
  (db) =>
    db
      .select()
      .from(pointsLots)
      .where(and(oneOfKeys(pointsLots.memberId), gt(pointsLots.remaining, 0)))
      .prepare(),
  ({ memberId }) => memberId,
)

export const readOpenLots = (db: Database, memberId: number): Promise<Lot[]> => openLotsOf(db, memberId)

const entriesWhere = (filter: SQL | undefined) =>
  prepared((db) =>
    db
      .select({ entry: pointsEntries, lot: pointsLots })
      .from(pointsEntries)
      .leftJoin(pointsLots, and(eq(pointsLots.memberId, pointsEntries.memberId), eq(pointsLots.seq, pointsEntries.seq)))
      .where(
        and(
          eq(pointsEntries.memberId, sql.placeholder('memberId')),
          lt(pointsEntries.seq, sql.placeholder('before')),
          lte(pointsEntries.at, sql.param(sql.placeholder('until'), pointsEntries.at)),
          filter,
        ),
      )
      .orderBy(desc(pointsEntries.seq))
      .limit(sql.placeholder('limit'))
      .prepare(),
  )

const entriesOf = {
  all: entriesWhere(undefined),
  in: entriesWhere(gt(pointsEntries.delta, 0)),
  out: entriesWhere(and(lt(pointsEntries.delta, 0), ne(pointsEntries.kind, 'expire'))),
  expired: entriesWhere(eq(pointsEntries.kind, 'expire')),
}

export interface EntryQuery {
  filter?: keyof typeof entriesOf
  /** Entries before this number. */
  before?: number
  /** Later entries are left out. */
  until?: Instant
  limit: number
}

/** Entries, newest first, each with the lot it opened. */
export function readEntries(
  db: Database,
  memberId: number,
  { filter = 'all', before = 2 ** 31 - 1, until = '9999-12-31T23:59:59.999Z', limit }: EntryQuery,
): Promise<{ entry: EntryRow; lot: Lot | null }[]> {
  return entriesOf[filter](db).execute({ memberId, before, until, limit })
}

export interface DrawnFrom {
  entrySeq: number
  lotSeq: number
  points: number
  earnedAt: string
  expiresOn: Day | null
}

/** The draws of entries, with each lot's dates. */
export async function readDraws(db: Database, memberId: number, entrySeqs: number[]): Promise<DrawnFrom[]> {
  if (entrySeqs.length === 0) return []
  return db
    .select({
      entrySeq: pointsDraws.entrySeq,
      lotSeq: pointsDraws.lotSeq,
      points: pointsDraws.amount,
      earnedAt: pointsEntries.at,
      expiresOn: pointsLots.expiresOn,
    })
    .from(pointsDraws)
    .innerJoin(pointsLots, and(eq(pointsLots.memberId, pointsDraws.memberId), eq(pointsLots.seq, pointsDraws.lotSeq)))
    .innerJoin(
      pointsEntries,
      and(eq(pointsEntries.memberId, pointsDraws.memberId), eq(pointsEntries.seq, pointsDraws.lotSeq)),
    )
    .where(and(eq(pointsDraws.memberId, memberId), inArray(pointsDraws.entrySeq, entrySeqs)))
    .orderBy(pointsDraws.entrySeq, pointsDraws.lotSeq)
}

/** The draws of one entry; they never change. */
export const readDrawsOf = (db: Database, memberId: number, entrySeq: number): Promise<Draw[]> =>
  db
    .select()
    .from(pointsDraws)
    .where(and(eq(pointsDraws.memberId, memberId), eq(pointsDraws.entrySeq, entrySeq)))

/** The position of the expiry job: a last usable day, and a member with points of that day. */
export interface Due {
  dueOn: Day
  memberId: number
}

/** Lots with points past their last day, in index order, after a given position. */
export async function readDue(db: Database, today: Day, after: Due, limit: number): Promise<Due[]> {
  const { dueOn, memberId } = pointsLots
  const beyond = or(gt(dueOn, after.dueOn), and(eq(dueOn, after.dueOn), gt(memberId, after.memberId)))
  const rows = await db
    .selectDistinct({ dueOn, memberId })
    .from(pointsLots)
    .where(and(lt(dueOn, today), gte(dueOn, after.dueOn), beyond))
    .orderBy(dueOn, memberId)
    .limit(limit)
  return rows as Due[]
}

/** The balance at the end of each day from `from` up to `today`, oldest first. */
export async function readCurve(
  db: Database,
  memberId: number,
  from: Day,
  today: Day,
  dayOf: (at: string) => Day,
): Promise<{ on: Day; balance: number }[]> {
  const rows = await db
    .select({ at: pointsEntries.at, balance: pointsEntries.balanceAfter })
    .from(pointsEntries)
    .where(and(eq(pointsEntries.memberId, memberId), sql`${pointsEntries.at} >= ${addDays(from, -2)}`))
    .orderBy(pointsEntries.seq)
  const [earlier] = await db
    .select({ balance: pointsEntries.balanceAfter })
    .from(pointsEntries)
    .where(and(eq(pointsEntries.memberId, memberId), sql`${pointsEntries.at} < ${addDays(from, -2)}`))
    .orderBy(desc(pointsEntries.seq))
    .limit(1)
  const endOf = new Map(rows.map((row) => [dayOf(row.at), row.balance]))
  const before = rows.filter((row) => dayOf(row.at) < from).at(-1)?.balance
  const curve: { on: Day; balance: number }[] = []
  let balance = before ?? earlier?.balance ?? 0
  for (let on = from; on <= today; on = addDays(on, 1)) {
    balance = endOf.get(on) ?? balance
    curve.push({ on, balance })
  }
  return curve
}

/** Usable points by their last usable day, soonest first; points that never expire are left out. */
export function expiringOf(memberLots: readonly Lot[], today: Day): { on: Day; points: number }[] {
  const byDay = new Map<Day, number>()
  for (const lot of memberLots) {
    if (lot.expiresOn && isUsable(lot, today)) byDay.set(lot.expiresOn, (byDay.get(lot.expiresOn) ?? 0) + lot.remaining)
  }
  return [...byDay].map(([on, points]) => ({ on, points })).sort((a, b) => a.on.localeCompare(b.on))
}
