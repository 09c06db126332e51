import { addDays, type Day, dayOf, endOf, type Instant, isDay, isInstant, startOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, asc, eq, lte } from 'drizzle-orm'
import { pointsDraws, pointsEntries, pointsLots, pointsRedates } from '../../../book/tables.ts'
import { asOf, type History, statementOf } from '../../../core/assets/as-of.ts'
import { isUsable, usableAmount } from '../../../core/assets/lots.ts'
import type { Lot } from '../../../core/assets/posting.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readAccount } from '../ledger/store.ts'
import { entryTitle } from '../ledger/words.ts'

const EARLIEST = '1900-01-01'
const LONGEST_DAYS = 366

/** Refuses an invalid day and a day in the future. */
export function requirePastDay({ clock, offsetMinutes }: Pick<Server, 'clock' | 'offsetMinutes'>, on: Day) {
  if (!isDay(on) || on < EARLIEST) throw new Refusal('input.invalid')
  if (on > dayOf(clock.now(), offsetMinutes)) throw new Refusal('period.not-yet')
}

/** A member's points at an instant of today or earlier. Throws `member.unknown`. */
export async function readAsOf(server: Server, memberId: number, at: Instant) {
  const { db, offsetMinutes } = server
  if (!isInstant(at)) throw new Refusal('input.invalid')
  const on = dayOf(at, offsetMinutes)
  requirePastDay(server, on)
  const history = await readHistory(db, memberId, at)
  const { balance, debt, flows, lots } = asOf(history, at)
  const opened = new Map(history.entries.map((entry) => [entry.seq, entry]))
  const viewOf = ({ seq, amount: points, remaining, usableOn, expiresOn }: Lot) => {
    const { cause, ref, at: earnedAt } = opened.get(seq)!
    return { seq, title: entryTitle(cause, ref), points, remaining, earnedAt, usableOn, expiresOn }
  }
  return {
    at,
    balance,
    debt,
    flows,
    usable: usableAmount(lots, on),
    pending: lots.reduce((sum, lot) => (lot.usableOn > on ? sum + lot.remaining : sum), 0),
    lots: lots.map((lot) => ({ ...viewOf(lot), usable: isUsable(lot, on) })),
  }
}

/** A member's statement of some days, today the last of them. Throws `member.unknown`. */
export async function readStatement(server: Server, memberId: number, from: Day, asked: Day) {
  const { db, clock, offsetMinutes } = server
  requirePastDay(server, from)
  if (!isDay(asked) || asked < from || asked >= addDays(from, LONGEST_DAYS)) throw new Refusal('period.invalid')
  const today = dayOf(clock.now(), offsetMinutes)
  const to = asked < today ? asked : today
  const until = endOf(to, offsetMinutes)
  const history = await readHistory(db, memberId, until)
  const { opening, lines, flows, closing } = statementOf(history, startOf(from, offsetMinutes), until)
  const endsOn = new Map(history.lots.map(({ seq, expiresOn }) => [seq, expiresOn]))
  return {
    from,
    to,
    opening,
    closing: closing.balance,
    flows,
    entries: lines.map(({ entry: { seq, kind, cause, ref, delta, at }, balance }) => ({
      seq,
      kind,
      title: entryTitle(cause, ref),
      delta,
      balanceAfter: balance,
      at,
      expiresOn: endsOn.get(seq) ?? null,
    })),
    outstanding: byLastDay(closing.lots),
  }
}

/** Lots in the order in which they end, added up by that day. */
function byLastDay(lots: readonly Lot[]): { on: Day | null; points: number }[] {
  const days = new Map<Day | null, number>()
  for (const { expiresOn, remaining } of lots) days.set(expiresOn, (days.get(expiresOn) ?? 0) + remaining)
  return [...days].map(([on, points]) => ({ on, points }))
}

const entryColumns = {
  seq: pointsEntries.seq,
  kind: pointsEntries.kind,
  cause: pointsEntries.cause,
  ref: pointsEntries.ref,
  delta: pointsEntries.delta,
  debtDelta: pointsEntries.debtDelta,
  at: pointsEntries.at,
}

// The order matters: an entry is written together with its lot, draws and redates, so the rows read later include those of all
// entries read before, and every date of a lot has its change among the rows.
async function readHistory(db: Database, memberId: number, until: Instant) {
  const [account, entries] = await Promise.all([
    readAccount(db, memberId),
    db
      .select(entryColumns)
      .from(pointsEntries)
      .where(and(eq(pointsEntries.memberId, memberId), lte(pointsEntries.at, until)))
      .orderBy(asc(pointsEntries.seq)),
  ])
  if (!account) throw new Refusal('member.unknown')
  const lots = await db.select().from(pointsLots).where(eq(pointsLots.memberId, memberId))
  const [draws, redates] = await Promise.all([
    db.select().from(pointsDraws).where(eq(pointsDraws.memberId, memberId)),
    db.select().from(pointsRedates).where(eq(pointsRedates.memberId, memberId)),
  ])
  return { entries, lots, draws, redates } satisfies History
}
