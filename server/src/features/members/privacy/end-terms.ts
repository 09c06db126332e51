import { dayOf, type Instant } from '@pointbook/shared/day'
import { and, asc, count, eq, getTableName, gte, inArray, lt, notExists, sql } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import { record } from '../../../platform/audit-log.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { laws } from '../directory/laws.ts'
import type { Fate, PersonalPart } from '../directory/personal-part.ts'
import { identitiesOf } from '../identities/store.ts'
import { endedTerms, leaveRequests } from './tables.ts'
import { leftBefore, type TimedLaw, timedLaws } from './terms.ts'

const AT_ONCE = 20
const MOST_A_RUN = 1_000

/**
 * Ends what a law no longer keeps of members who have left: each batch of members is one transaction with its line of the audit
 * log, so a run that breaks off has done whole batches, and the next one continues. Returns how many terms of members ended.
 */
export async function endTerms(server: Server, parts: readonly PersonalPart[], most = MOST_A_RUN): Promise<number> {
  let ended = 0
  // The shortest first: at the end of the longest the request itself is deleted, by which the others are found.
  for (const law of timedLaws)
    for (let more = true; more; ) {
      if (ended >= most) return ended
      const now = await endBatch(server, parts, law, Math.min(AT_ONCE, most - ended))
      ended += now
      more = now > 0
    }
  return ended
}

async function endBatch(server: Server, parts: readonly PersonalPart[], law: TimedLaw, most: number): Promise<number> {
  const { db, clock, offsetMinutes } = server
  const at = clock.now()
  const before = leftBefore(law.term, dayOf(at, offsetMinutes), offsetMinutes)
  const due = await readDue(db, law, before, most)
  const endings = parts.flatMap(({ leaving }) => leaving).flatMap((fate) => endingOf(fate, law))
  return inTransaction(db, async (tx) => {
    const counts: Record<string, number> = {}
    let members = 0
    for (const leaver of due) {
      if (!(await take(tx, law, leaver, at))) continue
      members++
      for (const one of await identitiesOf(tx, leaver.memberId))
        for (const { table, run } of endings) counts[table] = (counts[table] ?? 0) + (await run(tx, one))
    }
    if (members === 0) return 0
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const text = `${laws[law.id].name}的保留期满，清理了 ${members} 位已注销会员的 ${rows} 条记录`
    await record(tx, at, { actor: 'system', action: 'member.term', subject: 'settings', text, detail: counts })
    return members
  })
}

interface Leaver {
  id: number
  memberId: number
}

/**
 * Members who left before an instant, the first to leave first, for whom the law's term has not been ended. A return of goods after
 * that instant makes its own record, for which the term is not over.
 */
function readDue(db: Database, law: TimedLaw, before: Instant, most: number): Promise<Leaver[]> {
  const { id, memberId, state, endedAt } = leaveRequests
  const ofMember = eq(endedTerms.memberId, memberId)
  const shorter = timedLaws.slice(0, timedLaws.indexOf(law)).map((one) => one.id)
  const endedShorter =
    shorter.length === 0
      ? undefined
      : sql`(${db
          .select({ many: count() })
          .from(endedTerms)
          .where(and(ofMember, inArray(endedTerms.law, shorter)))}) = ${shorter.length}`
  const marks = db
    .select({ law: endedTerms.law })
    .from(endedTerms)
    .where(and(ofMember, eq(endedTerms.law, law.id)))
  const later = db
    .select({ seq: pointsEntries.seq })
    .from(pointsEntries)
    .where(and(eq(pointsEntries.memberId, memberId), gte(pointsEntries.at, before)))
  return db
    .select({ id, memberId })
    .from(leaveRequests)
    .where(and(eq(state, 'done'), lt(endedAt, before), endedShorter, notExists(marks), notExists(later)))
    .orderBy(asc(endedAt), asc(id))
    .limit(most)
}

/** Marks a law's term as ended for a member; false when another run has done it. */
async function take(tx: Transaction, { id: law }: TimedLaw, { id, memberId }: Leaver, at: Instant): Promise<boolean> {
  const [request] = await tx
    .select({ id: leaveRequests.id })
    .from(leaveRequests)
    .where(eq(leaveRequests.id, id))
    .for('update')
  if (!request) return false
  const [{ affectedRows }] = await tx.insert(endedTerms).ignore().values({ memberId, law, at })
  return affectedRows > 0
}

function endingOf(fate: Fate, { id }: TimedLaw) {
  if (fate.does === 'erase' || fate.law !== id || fate.ends.does !== 'end') return []
  return [{ table: getTableName(fate.table), run: fate.ends.run }]
}
