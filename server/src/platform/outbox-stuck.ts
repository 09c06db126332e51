import type { Instant } from '@pointbook/shared/day'
import { and, count, inArray, isNotNull, isNull, lte, not } from 'drizzle-orm'
import { outbox } from './database/outbox-table.ts'
import type { Database } from './database/pool.ts'

/** Messages of one topic that wait for a person. */
export interface Stuck {
  topic: string
  /** Set aside because they are unreadable, failed too often, or have a topic that this version does not know. */
  why: 'set-aside' | 'unknown-topic'
  messages: number
}

export async function readStuck(db: Database, topics: string[], now: Instant): Promise<Stuck[]> {
  const unknown = and(lte(outbox.dueAt, now), not(inArray(outbox.topic, topics)))
  const setAside = isNotNull(outbox.setAsideAt)
  const read = (where: typeof unknown) =>
    db.select({ topic: outbox.topic, messages: count() }).from(outbox).where(where).groupBy(outbox.topic)
  const [aside, strangers] = await Promise.all([read(setAside), read(and(isNull(outbox.setAsideAt), unknown))])
  return [
    ...aside.map((each) => ({ ...each, why: 'set-aside' as const })),
    ...strangers.map((each) => ({ ...each, why: 'unknown-topic' as const })),
  ]
}
