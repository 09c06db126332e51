import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { pointsEntries, pointsLots } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { RecordPart } from '../../members/directory/record-part.ts'
import { readLastActs } from './last-acts.ts'
import { pointsSummary } from './summary.ts'
import { entryTitle } from './words.ts'

export const ledgerRecord: RecordPart<'points' | 'lots' | 'lastActiveAt'> = async ({ db }, subject) => {
  const { memberId, account, today } = subject
  const [lots, acts] = await Promise.all([readLots(db, memberId), readLastActs(db, [memberId])])
  return {
    lastActiveAt: acts.get(memberId) ?? null,
    points: pointsSummary(
      account,
      lots.map(({ lot }) => lot),
      today,
    ),
    lots: lots.map(({ lot, entry }) => ({
      seq: lot.seq,
      title: entryTitle(entry.cause, entry.ref),
      points: lot.amount,
      remaining: lot.remaining,
      earnedAt: entry.at,
      usableOn: lot.usableOn,
      expiresOn: lot.expiresOn,
    })),
  }
}

/** Lots with points, in the order in which they are spent. */
const readLots = (db: Database, memberId: number) =>
  db
    .select({ lot: pointsLots, entry: { cause: pointsEntries.cause, ref: pointsEntries.ref, at: pointsEntries.at } })
    .from(pointsLots)
    .innerJoin(
      pointsEntries,
      and(eq(pointsEntries.memberId, pointsLots.memberId), eq(pointsEntries.seq, pointsLots.seq)),
    )
    .where(and(eq(pointsLots.memberId, memberId), gt(pointsLots.remaining, 0)))
    .orderBy(sql`${pointsLots.expiresOn} IS NULL`, asc(pointsLots.expiresOn), asc(pointsLots.seq))
