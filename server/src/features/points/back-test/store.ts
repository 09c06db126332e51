import { dayOf, type Instant, minuteOf } from '@pointbook/shared/day'
import { purchaseRef } from '@pointbook/shared/references'
import { and, asc, eq, gt, inArray, lte, or, sql } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import type { Known } from '../../../core/back-test/back-test.ts'
import type { CameBack, Past } from '../../../core/back-test/sale.ts'
import type { Explanation } from '../../../core/ledger/points.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { profileFor } from '../../earning/events/traits.ts'
import { isOneOf } from '../../earning/purchases/store.ts'
import { purchasesTable, returnsTable } from '../../earning/purchases/tables.ts'
import { members } from '../../members/directory/tables.ts'
import { type Ahead, nameOfEntry } from './others.ts'

const { storeId, receiptNo, memberId, points, lines, paid, at, entrySeq, returns } = purchasesTable
// Explanations of purchases before the period are not needed, so they are parsed on demand.
const why = sql<string>`${pointsEntries.why}`
const columns = { storeId, receiptNo, memberId, points, lines, paid, at, entrySeq, returns, why }

export async function countPurchases(db: Database, until: Instant): Promise<number> {
  const [row] = await db
    .select({ count: sql`COUNT(*)`.mapWith(Number) })
    .from(purchasesTable)
    .where(lte(at, until))
  return row!.count
}

export type Chunk = Awaited<ReturnType<typeof readChunk>>

/**
 * The purchases of a group up to an instant, in chronological order and in chunks. The next chunk is read while the present one
 * is processed.
 */
export async function* readHistory(db: Database, until: Instant, ahead: Ahead, atOnce: number) {
  let next: Promise<Chunk> | null = readChunk(db, null, until, ahead, atOnce)
  while (next) {
    const rows: Chunk = await next
    next = rows.length < atOnce ? null : readChunk(db, rows.at(-1)!, until, ahead, atOnce)
    // A failure is reported when the promise is awaited, not before.
    next?.catch(() => {})
    if (rows.length > 0) yield rows
  }
}

// The index on the time includes the key, so this order needs no sorting.
const readChunk = (
  db: Database,
  after: { at: Instant; storeId: number; receiptNo: string } | null,
  until: Instant,
  { isOurs }: Ahead,
  limit: number,
) =>
  db
    .select(columns)
    .from(purchasesTable)
    .innerJoin(pointsEntries, and(eq(pointsEntries.memberId, memberId), eq(pointsEntries.seq, entrySeq)))
    .where(
      and(
        lte(at, until),
        isOurs(memberId),
        after ? sql`${at} >= ${at.mapToDriverValue(after.at)}` : undefined,
        after
          ? or(
              gt(at, after.at),
              and(
                eq(at, after.at),
                or(gt(storeId, after.storeId), and(eq(storeId, after.storeId), gt(receiptNo, after.receiptNo))),
              ),
            )
          : undefined,
      ),
    )
    .orderBy(asc(at), asc(storeId), asc(receiptNo))
    .limit(limit)

export const pastOf = (row: Chunk[number], from: Instant, { named }: Ahead, offsetMinutes: number): Past => ({
  ref: markOf(row),
  memberId: row.memberId,
  storeId: row.storeId,
  lines: row.lines,
  paid: {
    couponFen: row.paid.couponFen,
    storedValueFen: row.paid.storedValueFen,
    pointsFen: row.paid.offset?.fen ?? 0,
  },
  channel: row.paid.channel,
  payment: row.paid.payment,
  on: dayOf(row.at, offsetMinutes),
  minute: minuteOf(row.at, offsetMinutes),
  given: row.points,
  givenBy: row.at < from ? [] : whatGave(row.why),
  ...(row.returns > 0 && { mark: markOf(row) }),
  ...(isNamed(row, named) && { name: nameOfEntry(row.memberId, row.entrySeq) }),
})

// Hardly any shop takes points back as unlawful, and a name costs time for every purchase.
const isNamed = (row: Chunk[number], named: Ahead['named']) =>
  named.size > 0 && named.has(nameOfEntry(row.memberId, row.entrySeq))

const markOf = (row: { storeId: number; receiptNo: string }) => purchaseRef(row)

export type Returned = CameBack & { memberId: number; seq: number; at: Instant }

/** The returns of these purchases up to an instant, in chronological order. */
export async function readReturns(
  db: Database,
  rows: Chunk,
  until: Instant,
  offsetMinutes: number,
): Promise<Returned[]> {
  const receipts = rows.filter((row) => row.returns > 0)
  if (receipts.length === 0) return []
  const wanted = receipts.map((row) => [row.storeId, row.receiptNo] as const)
  const records = await db
    .select()
    .from(returnsTable)
    .where(and(isOneOf(returnsTable.storeId, returnsTable.receiptNo, wanted), lte(returnsTable.at, until)))
    .orderBy(asc(returnsTable.at), asc(returnsTable.returnNo))
  return records.map(({ memberId, entrySeq, lines, points, at, ...row }) => ({
    ...{ mark: markOf(row), lines, points, on: dayOf(at, offsetMinutes) },
    ...{ memberId, seq: entrySeq, at },
  }))
}

// Most rules of a purchase gave nothing, and their explanations are most of the text, so the text is searched instead of parsed.
// A quotation mark within a name has a backslash before it, so everything that looks like a key is a key.
const GAVE = /"rule":("(?:[^"\\]|\\.)*"),"points":(-?[1-9]\d*)/g

/** The rules that gave something, from the stored `why`. */
export const whatGave = (why: string): Pick<Explanation, 'rule' | 'points'>[] =>
  Array.from(why.matchAll(GAVE), ([, rule, points]) => ({ rule: JSON.parse(rule!) as string, points: Number(points) }))

export async function readKnown(db: Database, ids: number[], offsetMinutes: number): Promise<Map<number, Known>> {
  if (ids.length === 0) return new Map()
  const { id, tags, birthMonthDay, choices, joinedAt } = members
  const rows = await db.select({ id, tags, birthMonthDay, choices, joinedAt }).from(members).where(inArray(id, ids))
  return new Map(rows.map((row) => [row.id, profileFor(row, (at) => dayOf(at, offsetMinutes))]))
}

export async function readNicknames(db: Database, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.select({ id: members.id, name: members.nickname }).from(members).where(inArray(members.id, ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
