import { addMs, type Instant } from '@pointbook/shared/day'
import { asc, eq, lte } from 'drizzle-orm'
import { outbox } from './database/outbox-table.ts'
import { type Database, databaseCode } from './database/pool.ts'

/** Handles a message; may be called again for the same one, so what it does must be safe to repeat. */
export type OutboxHandler = (payload: never) => Promise<void>

export interface Outbox {
  /** Handles what is due, soon. */
  nudge(): void
  /** Handles everything due now, and what that causes. Returns how many messages were handled. */
  drain(): Promise<number>
  close(): Promise<void>
}

interface Settings {
  db: Database
  now(): Instant
  /** Those who listen to a topic, in order; a message is done when all have succeeded. */
  handlers: Record<string, OutboxHandler[]>
  log: { warn(facts: object, text: string): void }
}

const AT_ONCE = 50
const POLL_MS = 1_000
const LAST_ATTEMPT = 12

/** Drains the outbox table: each message in a transaction that holds its row, so that several servers share the work. */
export function openOutbox({ db, now, handlers, log }: Settings): Outbox {
  let working: Promise<number> | null = null
  let closed = false
  const timer = setInterval(() => nudge(), POLL_MS)
  timer.unref()

  async function drainAll(): Promise<number> {
    let handled = 0
    while (!closed) {
      const some = await drainSome()
      handled += some
      if (some === 0) return handled
    }
    return handled
  }

  async function drainSome(): Promise<number> {
    return db.transaction(async (tx) => {
      const rows = await tx
        .select()
        .from(outbox)
        .where(lte(outbox.dueAt, now()))
        .orderBy(asc(outbox.dueAt), asc(outbox.id))
        .limit(AT_ONCE)
        .for('update', { skipLocked: true })
      const results = await Promise.all(rows.map((row) => handle(row)))
      for (const [index, failure] of results.entries()) {
        const row = rows[index]!
        if (failure === null) await tx.delete(outbox).where(eq(outbox.id, row.id))
        else await tx.update(outbox).set(later(row.attempts, failure)).where(eq(outbox.id, row.id))
      }
      return rows.length
    })
  }

  async function handle({ topic, payload, attempts }: typeof outbox.$inferSelect): Promise<string | null> {
    try {
      for (const run of handlers[topic] ?? []) await run(payload as never)
      return null
    } catch (error) {
      const code = databaseCode(error) ?? (error instanceof Error ? error.name : 'unknown')
      log.warn({ topic, attempts, code }, 'an outbox message failed')
      return code
    }
  }

  /** Seconds, minutes, at last hours; after the last attempt a message waits a year for somebody to look. */
  const later = (attempts: number, failure: string) => {
    const waitMs = attempts + 1 >= LAST_ATTEMPT ? 365 * 86_400_000 : Math.min(2 ** attempts * 2_000, 3_600_000)
    return { attempts: attempts + 1, lastError: failure.slice(0, 200), dueAt: addMs(now(), waitMs) }
  }

  function drain(): Promise<number> {
    working ??= drainAll().finally(() => {
      working = null
    })
    return working
  }

  function nudge() {
    if (!closed) drain().catch((error) => log.warn({ code: databaseCode(error) }, 'the outbox could not be read'))
  }

  return {
    nudge,
    drain: async () => {
      await working
      return drain()
    },
    close: async () => {
      closed = true
      clearInterval(timer)
      await working?.catch(() => {})
    },
  }
}

/** Writes a message in the transaction of what causes it. */
export async function send(
  tx: Pick<Database, 'insert'>,
  topic: string,
  payload: object,
  dueAt: Instant,
): Promise<void> {
  await tx.insert(outbox).values({ topic, payload, dueAt })
}
