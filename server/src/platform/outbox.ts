import { setTimeout as sleep } from 'node:timers/promises'
import { addMs, type Instant } from '@pointbook/shared/day'
import { asc, count, eq, lte, min } from 'drizzle-orm'
import { codeForLog } from './database/failures.ts'
import { oneOf } from './database/one-of.ts'
import { outbox } from './database/outbox-table.ts'
import type { Database } from './database/pool.ts'
import { type Lease, underLease } from './lease.ts'

/** What is done about the messages of one topic. It may be given the same message again, so it must be safe to repeat. */
export interface OutboxHandler {
  handle(payload: never): Promise<void>
  /** Settles, of many messages at once, those that need little, and returns the others: `handle` is given these. */
  sift?(payloads: never[]): Promise<unknown[]>
}

export interface Outbox {
  /** Handles what is due, soon. */
  nudge(): void
  /** Handles everything due now, and what that causes, unless another server is at it. Returns how many messages were handled. */
  drain(): Promise<number>
  /** How many messages are due, and for how long the oldest has been. */
  lag(): Promise<{ due: number; lagMs: number }>
  close(): Promise<void>
}

interface Settings {
  db: Database
  now(): Instant
  /** Those who listen to a topic, in order; a message is done when all have succeeded. */
  handlers: Record<string, OutboxHandler[]>
  log: { warn(facts: object, text: string): void }
}

type Message = typeof outbox.$inferSelect
/** What went wrong, by the message's id. */
type Failures = Map<number, string>

const AT_ONCE = 500
const SIDE_BY_SIDE = 20
const POLL_MS = 1_000
// Under load the messages of many commits are handled together, so that they cost the shop's own work little.
const GATHER_MS = 50
const LAST_ATTEMPT = 12

/** Drains the outbox table, many messages at once. Of several servers one drains at a time, so that no row need be locked. */
export function openOutbox({ db, now, handlers, log }: Settings): Outbox {
  let working: Promise<number> | null = null
  let closed = false
  const timer = setInterval(() => nudge(), POLL_MS)
  timer.unref()

  async function drainAll(pauseMs: number): Promise<number> {
    await sleep(pauseMs)
    if ((await readDue(1)).length === 0) return 0
    return (await underLease(db, 'outbox', (lease) => drainUntilLost(lease, pauseMs))) ?? 0
  }

  async function drainUntilLost(lease: Lease, pauseMs: number): Promise<number> {
    let handled = 0
    while (!closed && !lease.lost) {
      const some = await drainSome()
      handled += some
      if (some === 0) break
      await sleep(pauseMs)
    }
    return handled
  }

  /** A message is deleted when it has been handled: who is killed between the two leaves it to be handled again. */
  async function drainSome(): Promise<number> {
    const messages = await readDue(AT_ONCE)
    const failures = await handleAll(messages)
    const done = messages.filter(({ id }) => !failures.has(id)).map(({ id }) => id)
    if (done.length > 0) await db.delete(outbox).where(oneOf(outbox.id, done))
    for (const { id, attempts } of messages) {
      const failure = failures.get(id)
      if (failure) await db.update(outbox).set(later(attempts, failure)).where(eq(outbox.id, id))
    }
    return messages.length
  }

  const readDue = (atMost: number): Promise<Message[]> =>
    db.select().from(outbox).where(lte(outbox.dueAt, now())).orderBy(asc(outbox.dueAt), asc(outbox.id)).limit(atMost)

  async function handleAll(messages: readonly Message[]): Promise<Failures> {
    const failures: Failures = new Map()
    for (const topic of new Set(messages.map((message) => message.topic))) {
      const own = messages.filter((message) => message.topic === topic)
      for (const handler of handlers[topic] ?? []) await handleTopic(handler, own, failures)
      const failed = own.filter(({ id }) => failures.has(id))
      if (failed.length === 0) continue
      log.warn({ topic, messages: failed.length, code: failures.get(failed[0]!.id) }, 'outbox messages failed')
    }
    return failures
  }

  async function handleTopic(handler: OutboxHandler, messages: readonly Message[], failures: Failures): Promise<void> {
    const left = await sifted(
      handler,
      messages.filter(({ id }) => !failures.has(id)),
    )
    const attempt = ({ id, payload }: Message) =>
      handler.handle(payload as never).catch((error) => failures.set(id, codeForLog(error)))
    for (let done = 0; done < left.length; done += SIDE_BY_SIDE)
      await Promise.all(left.slice(done, done + SIDE_BY_SIDE).map(attempt))
  }

  /** What is left to be handled one by one: everything when the sieve fails, so that one bad message harms only itself. */
  async function sifted({ sift }: OutboxHandler, messages: Message[]): Promise<Message[]> {
    if (!sift || messages.length < 2) return messages
    try {
      const left = new Set(await sift(messages.map(({ payload }) => payload as never)))
      return messages.filter(({ payload }) => left.has(payload))
    } catch {
      return messages
    }
  }

  /** Seconds, minutes, at last hours; after the last attempt a message waits a year for somebody to look. */
  const later = (attempts: number, failure: string) => {
    const waitMs = attempts + 1 >= LAST_ATTEMPT ? 365 * 86_400_000 : Math.min(2 ** attempts * 2_000, 3_600_000)
    return { attempts: attempts + 1, lastError: failure.slice(0, 200), dueAt: addMs(now(), waitMs) }
  }

  function drain(pauseMs = 0): Promise<number> {
    working ??= drainAll(pauseMs).finally(() => {
      working = null
    })
    return working
  }

  function nudge() {
    if (closed || working) return
    drain(GATHER_MS).catch((error) => log.warn({ code: codeForLog(error) }, 'the outbox could not be read'))
  }

  return {
    nudge,
    drain: async () => {
      await working
      return drain()
    },
    lag: async () => {
      const at = now()
      const [found] = await db
        .select({ due: count(), oldest: min(outbox.dueAt) })
        .from(outbox)
        .where(lte(outbox.dueAt, at))
      const { due, oldest } = found!
      return { due, lagMs: oldest ? Date.parse(at) - Date.parse(oldest) : 0 }
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
