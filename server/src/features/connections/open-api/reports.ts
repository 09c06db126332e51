import { reportRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, inArray, like, or } from 'drizzle-orm'
import { movesTable } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { sha256 } from '../../../platform/secrets.ts'
import { type Act, actKey } from '../../earning/events/acts.ts'
import { identitiesOf } from '../../members/identities/store.ts'
import { apiKeys } from './tables.ts'

interface Report extends Pick<Act, 'trigger' | 'code'> {
  system: string
  apiKeyId: number
  eventId: string
  /** The present record of the member that the report is about. */
  heirId: number
}

/**
 * The key of a repeated report: the reporting system and its event id, whatever the API key, trigger and code. A report for a
 * record that was merged meanwhile is found under that record. Refuses with `move.key-reused` when an older version has recorded
 * the event id with another kind or code.
 */
export async function reportKey(db: Database, report: Report): Promise<Pick<Act, 'memberId' | 'onceKey' | 'ref'>> {
  const { system, apiKeyId, eventId, heirId, trigger, code } = report
  const onceKey = `event/${sha256(system).slice(0, 16)}/${eventId}`
  const ref = reportRef(apiKeyId, eventId)
  const earlier = await earlierReport(db, report, onceKey)
  if (!earlier || earlier.key === onceKey) return { memberId: earlier?.memberId ?? heirId, onceKey, ref }
  const { memberId, key } = earlier
  const refThen = key.split('/').slice(-2).join('/')
  if (key !== actKey({ trigger, code, ref: refThen })) throw new Refusal('move.key-reused')
  return { memberId, ref: refThen }
}

async function earlierReport(db: Database, { system, eventId, heirId }: Report, onceKey: string) {
  const [records, keys] = await Promise.all([
    identitiesOf(db, heirId),
    db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.system, system)),
  ])
  const { memberId, key } = movesTable
  const rows = await db
    .select({ memberId, key })
    .from(movesTable)
    .where(and(inArray(memberId, records), or(eq(key, onceKey), like(key, 'act/%'))))
  const before = keys.map(({ id }) => `/${id}/${eventId}`)
  return rows.find((row) => row.key === onceKey || before.some((end) => row.key.endsWith(end)))
}
