import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import { dayOf, type Instant } from '@pointbook/shared/day'
import { entryRef, parseTakingRef } from '@pointbook/shared/references'
import type { Cause } from '@pointbook/shared/words'
import { and, asc, eq, gte, inArray, isNotNull, lt, lte, max, ne, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import { pointsEntries, pointsRedates } from '../../../book/tables.ts'
import type { Other } from '../../../core/back-test/other.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { mergedMembersTable } from '../../members/identities/tables.ts'

const { memberId, seq, kind, cause, ref, delta, debtDelta, at } = pointsEntries
const columns = { memberId, seq, kind, cause, ref, delta, debtDelta, at }

/** One of several groups of members, numbered from 0. A double is in the group of the record it was merged into. */
export interface Part {
  index: number
  of: number
}

/** The facts that a replay of one group of members needs before it begins. */
export interface Ahead {
  /** The names by which later entries call earlier ones. */
  named: ReadonlySet<string>
  /** The kept record of each double. */
  merged: ReadonlyMap<number, number>
  isOurs(column: MySqlColumn): SQL | undefined
}

export async function readAhead(db: Database, until: Instant, { index, of }: Part): Promise<Ahead> {
  const { memberId: doubleId, intoId } = mergedMembersTable
  const doubles = await db.select({ doubleId, intoId }).from(mergedMembersTable).where(isNotNull(intoId))
  const merged = new Map(doubles.map((one) => [one.doubleId, one.intoId!]))
  const heir = (column: MySqlColumn) =>
    merged.size === 0
      ? sql`${column}`
      : sql`COALESCE((SELECT ${intoId} FROM ${mergedMembersTable} WHERE ${doubleId} = ${column}), ${column})`
  const isOurs = (column: MySqlColumn) => (of > 1 ? sql`${heir(column)} % ${of} = ${index}` : undefined)
  const undoing = inArray(cause, ['cancellation', 'offset-return', 'unlawful', 'referral-return'])
  const rows = await db
    .select({ memberId, cause, ref })
    .from(pointsEntries)
    .where(and(lte(at, until), inArray(kind, ['give-back', 'return']), undoing, isOurs(memberId)))
  return { named: new Set(rows.map(nameUndone)), merged, isOurs }
}

export const nameOfEntry = (memberId: number, seq: number) => `entry/${entryRef(memberId, seq)}`

/** The name of what an entry takes back. */
function nameUndone({ memberId, cause, ref }: Pick<Row, 'memberId' | 'cause' | 'ref'>): string {
  if (cause === 'unlawful') return nameOfEntry(memberId, parseTakingRef(ref)!.seq)
  if (cause === 'referral-return') return ref === String(memberId) ? `invitee/${ref}` : `inviter/${ref}`
  return `${cause === 'cancellation' ? 'redemption' : 'offset'}/${ref}`
}

/** The names that an entry may be called by. */
function namesOf({ memberId, seq, cause, ref }: Row): string[] {
  if (cause === 'referral-invitee') return [`invitee/${memberId}`, nameOfEntry(memberId, seq)]
  if (cause === 'referral-inviter') return [`inviter/${ref}`, nameOfEntry(memberId, seq)]
  return [`${cause}/${ref}`, nameOfEntry(memberId, seq)]
}

type Row = Pick<typeof pointsEntries.$inferSelect, keyof typeof columns>

export type Placed = Other & { at: Instant; seq: number }

/** A stretch of time: from an instant until before another, or to the end of the period when that is null. */
export interface Stretch {
  from: Instant
  before: Instant | null
  end: Instant
  limit: number
}

/**
 * The entries of a stretch of time that purchases and their returns do not make, without what the policy itself decides. Where there
 * are more than the limit, those before `cut`: the rest of the stretch begins there.
 */
export async function readOthers(
  db: Database,
  { from, before, end, limit }: Stretch,
  ahead: Ahead,
  offsetMinutes: number,
): Promise<{ others: Placed[]; cut: Instant | null }> {
  const decided = notInArray(cause, ['purchase', 'return', 'expiry', 'debt'])
  // Extensions by a purchase or an act have its reference; those by hand have none.
  const byHand = or(ne(cause, 'extension'), eq(ref, ''))
  const rows = await db
    .select(columns)
    .from(pointsEntries)
    .where(and(gte(at, from), before ? lt(at, before) : lte(at, end), decided, byHand, ahead.isOurs(memberId)))
    .orderBy(asc(at))
    .limit(limit)
  const cut = rows.length < limit ? null : rows.at(-1)!.at
  // Entries of one instant are not split.
  if (cut === from) return readOthers(db, { from, before, end, limit: 2 * limit }, ahead, offsetMinutes)
  const whole = cut === null ? rows : rows.filter((row) => row.at < cut)
  return { others: await placed(db, whole, ahead, offsetMinutes), cut }
}

async function placed(db: Database, rows: readonly Row[], { named, merged }: Ahead, offsetMinutes: number) {
  const byHand = await readDates(
    db,
    rows.filter((row) => row.cause === 'extension'),
  )
  return rows.flatMap((row): Placed[] => {
    const { memberId, at, seq } = row
    const place = { memberId, on: dayOf(at, offsetMinutes), at, seq }
    const dates = row.cause === 'extension' ? byHand.get(nameOfEntry(memberId, seq)) : undefined
    if (dates) return [{ ...place, type: 'extended', ...dates }]
    const intoId = row.cause === 'merge' ? merged.get(memberId) : undefined
    if (intoId !== undefined) return [{ ...place, type: 'merged', intoId }]
    const name = named.size === 0 ? undefined : namesOf(row).find((one) => named.has(one))
    const other = otherOf(row, place.on, name)
    return other ? [{ ...place, ...other }] : []
  })
}

const SOURCES: Partial<Record<Cause, Trigger>> = {
  registration: 'registration',
  profile: 'profile',
  'check-in': 'check-in',
  'referral-inviter': 'referral',
  'referral-invitee': 'referral',
  review: 'review',
  share: 'share',
  activity: 'activity',
  birthday: 'birthday',
  event: 'event',
}

type Without<T> = T extends unknown ? Omit<T, 'memberId' | 'on'> : never

function otherOf(row: Row, on: string, name: string | undefined): Without<Other> | null {
  const { kind, cause, ref, delta, debtDelta } = row
  const called = name === undefined ? {} : { name }
  if (kind === 'earn' || (kind === 'adjust' && delta >= 0)) {
    const source = SOURCES[cause] ?? null
    // A make-up check-in belongs to an earlier day, and an invited friend has done nothing yet: neither is activity.
    const isActivity = cause === 'check-in' ? ref === on : cause !== 'referral-invitee'
    return { type: 'given', points: delta, source, isActivity, counts: kind === 'earn', ...called }
  }
  if (kind === 'spend' || kind === 'adjust') return { type: 'spent', points: -delta, ...called }
  if (kind === 'give-back') return { type: 'given-back', points: delta, name: nameUndone(row) }
  if (kind === 'return') return { type: 'taken-back', points: debtDelta - delta, name: nameUndone(row) }
  if (cause === 'confirmation') return { type: 'confirmed', ref }
  return cause === 'membership-end' ? { type: 'membership-ended' } : null
}

/** The last days that each extension by hand has changed, and the new day. */
async function readDates(db: Database, rows: readonly Row[]) {
  const termsByKey = new Map<string, { endingBy: string; expiresOn: string }>()
  for (const row of rows) {
    const [dates] = await db
      .select({ endingBy: max(pointsRedates.expiresFrom), expiresOn: max(pointsRedates.expiresOn) })
      .from(pointsRedates)
      .where(and(eq(pointsRedates.memberId, row.memberId), eq(pointsRedates.entrySeq, row.seq)))
    if (dates?.endingBy && dates.expiresOn)
      termsByKey.set(nameOfEntry(row.memberId, row.seq), { endingBy: dates.endingBy, expiresOn: dates.expiresOn })
  }
  return termsByKey
}

/** The figures of the ledger itself: points that expired between two instants, and those left at the second. */
export async function readActual(
  db: Database,
  from: Instant,
  until: Instant,
): Promise<{ ended: number; left: number }> {
  const [row] = await db
    .select({
      ended:
        sql`COALESCE(SUM(IF(${kind} = 'expire' AND ${at} >= ${at.mapToDriverValue(from)}, -${delta}, 0)), 0)`.mapWith(
          Number,
        ),
      left: sql`COALESCE(SUM(${delta}), 0)`.mapWith(Number),
    })
    .from(pointsEntries)
    .where(lte(at, until))
  return row!
}
