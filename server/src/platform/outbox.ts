import { setTimeout as sleep } from 'node:timers/promises'
import { addMs, type Instant } from '@pointbook/shared/day'
import { and, asc, count, eq, gt, inArray, isNull, lte, min, or, sql } from 'drizzle-orm'
import { codeForLog } from './database/failures.ts'
import { oneOf } from './database/one-of.ts'
import { outbox } from './database/outbox-table.ts'
import type { Database } from './database/pool.ts'
import { type Lease, underLease } from './lease.ts'
import { readStuck, type Stuck } from './outbox-stuck.ts'

/** The handler of one topic. It may get the same message again, so it must be safe to repeat. */
export interface OutboxHandler<Payload = never> {
  handle(payload: Payload): Promise<void>
  /**
   * Handles the simple ones of many messages at once and returns the others, which `handle` gets. It only saves time: a single
   * message is never sifted, so `handle` alone must have the same result.
   */
  sift?(payloads: Payload[]): Promise<unknown[]>
}

export interface Outbox {
  /** Handles what is due, soon. */
  nudge(): void
  /**
   * Handles all due messages, and those that they cause, unless another server does so. Returns how many messages were handled.
   */
  drain(): Promise<number>
  /** The number of due messages, the age of the oldest, and the messages that wait for a person. */
  lag(): Promise<Lag>
  close(): Promise<void>
}

export interface Lag {
  due: number
  lagMs: number
  stuck: Stuck[]
}

interface Settings {
  db: Database
  now(): Instant
  /** Those who listen to a topic, in order; a message is done when all have succeeded. */
  handlers: Record<string, OutboxHandler[]>
  log: Record<'warn' | 'error', (facts: object, text: string) => void>
}

/** A message as stored. */
interface Stored {
  id: number
  topic: string
  attempts: number
  /** Read as text, so that an unreadable payload affects only its own message. */
  text: string
}

interface Message extends Stored {
  payload: unknown
}

/** Errors by the message's id. */
type Failures = Map<number, string>

const AT_ONCE = 500
const SIDE_BY_SIDE = 20
const POLL_MS = 1_000
// Under load the messages of many commits are handled together, which is cheaper.
const GATHER_MS = 50
const LAST_ATTEMPT = 12
const LONGEST_PAUSE_MS = 3_600_000
const UNREADABLE = 'unreadable'
const REPORT_MS = 3_600_000

/** Drains the outbox table, many messages at once. Only one server drains at a time, so no row needs a lock. */
export function openOutbox({ db, now, handlers, log }: Settings): Outbox {
  let working: Promise<number> | null = null
  let closed = false
  const topics = Object.keys(handlers)
  const timers = [setInterval(() => nudge(), POLL_MS), setInterval(() => report(), REPORT_MS)]
  for (const timer of timers) timer.unref()
  report()

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
    const stored = await readDue(AT_ONCE)
    const failures: Failures = new Map()
    await handleAll(
      stored.flatMap((row) => readable(row, failures)),
      failures,
    )
    const done = stored.filter(({ id }) => !failures.has(id)).map(({ id }) => id)
    if (done.length > 0) await db.delete(outbox).where(oneOf(outbox.id, done))
    for (const row of stored) {
      const failure = failures.get(row.id)
      if (failure) await postpone(row, failure)
    }
    return stored.length
  }

  /** Messages with unknown topics stay: a newer version, run before or later, knows them. */
  const isDue = () => and(isPast(now()), isNull(outbox.setAsideAt), inArray(outbox.topic, topics))

  /** Includes messages with a due time too far ahead: they were written while the clock was ahead, and it has been set back. */
  const isPast = (at: Instant) => or(lte(outbox.dueAt, at), gt(outbox.dueAt, addMs(at, LONGEST_PAUSE_MS)))

  const readDue = (atMost: number): Promise<Stored[]> => {
    const { id, topic, attempts, payload } = outbox
    return db
      .select({ id, topic, attempts, text: sql<string>`${payload}` })
      .from(outbox)
      .where(isDue())
      .orderBy(asc(outbox.dueAt), asc(id))
      .limit(atMost)
  }

  async function handleAll(messages: readonly Message[], failures: Failures): Promise<void> {
    for (const topic of new Set(messages.map((message) => message.topic))) {
      const own = messages.filter((message) => message.topic === topic)
      for (const handler of handlers[topic] ?? []) await handleTopic(handler, own, failures)
      const failed = own.filter(({ id }) => failures.has(id))
      if (failed.length === 0) continue
      log.warn({ topic, messages: failed.length, code: failures.get(failed[0]!.id) }, 'outbox messages failed')
    }
  }

  async function handleTopic(handler: OutboxHandler, messages: readonly Message[], failures: Failures): Promise<void> {
    const left = await sifted(
      handler,
      messages.filter(({ id }) => !failures.has(id)),
    )
    const attempt = async ({ id, payload }: Message) => {
      try {
        await handler.handle(payload as never)
      } catch (error) {
        failures.set(id, codeForLog(error))
      }
    }
    for (let done = 0; done < left.length; done += SIDE_BY_SIDE)
      await Promise.all(left.slice(done, done + SIDE_BY_SIDE).map(attempt))
  }

  /** The messages to be handled one by one: all of them when the sieve fails, so that one bad message affects only itself. */
  async function sifted({ sift }: OutboxHandler, messages: Message[]): Promise<Message[]> {
    if (!sift || messages.length < 2) return messages
    try {
      const left = new Set(await sift(messages.map(({ payload }) => payload as never)))
      return messages.filter(({ payload }) => left.has(payload))
    } catch {
      return messages
    }
  }

  /**
   * Retries after seconds, minutes, finally hours. A message that is unreadable, or failed for the last time, waits for a person.
   */
  async function postpone({ id, topic, attempts: before }: Stored, failure: string): Promise<void> {
    const attempts = before + 1
    const isLost = failure === UNREADABLE || attempts >= LAST_ATTEMPT
    const dueAt = addMs(now(), Math.min(2 ** before * 2_000, LONGEST_PAUSE_MS))
    const next = isLost ? { setAsideAt: now() } : { dueAt }
    const tried = { attempts, lastError: failure.slice(0, 200), ...next }
    await db.update(outbox).set(tried).where(eq(outbox.id, id))
    if (isLost) log.error({ topic, id, attempts, code: failure }, 'an outbox message was set aside')
  }

  /** Logs the messages that wait for a person, at the start and every hour. */
  function report() {
    readStuck(db, topics, now()).then(
      (stuck) => {
        for (const each of stuck) log.error(each, 'outbox messages wait for somebody to look')
      },
      // A failure to read the table is reported where it is drained.
      () => {},
    )
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
      const [first] = await db
        .select({ due: count(), oldest: min(outbox.dueAt) })
        .from(outbox)
        .where(isDue())
      const { due, oldest } = first!
      const stuck = await readStuck(db, topics, at)
      return { due, lagMs: oldest ? Math.max(0, Date.parse(at) - Date.parse(oldest)) : 0, stuck }
    },
    close: async () => {
      closed = true
      for (const timer of timers) clearInterval(timer)
      await working?.catch(() => {})
    },
  }
}

/** The message with its payload; none when that is no document, which counts as its failure. */
function readable(row: Stored, failures: Failures): Message[] {
  try {
    return [{ ...row, payload: JSON.parse(row.text) }]
  } catch {
    failures.set(row.id, UNREADABLE)
    return []
  }
}
