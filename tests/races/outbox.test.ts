import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { leases } from '@pointbook/server/platform/leases-table'
import { openOutbox } from '@pointbook/server/platform/outbox'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aGate } from '../support/gate.ts'
import { anOutside } from '../support/server.ts'

let base: Awaited<ReturnType<typeof anOutside>>
const failures: object[] = []

beforeAll(async () => {
  base = await anOutside()
})
beforeEach(() => void failures.splice(0))
afterAll(() => base.close())

const SENDERS = 8
const EACH = 100

const fail = (facts: object) => void failures.push(facts)
const log = { warn: fail, error: fail }
const aServer = (handle: (payload: { n: number }) => Promise<void>) =>
  openOutbox({ db: base.db, now: base.clock.now, handlers: { number: [{ handle }] }, log })

const numbers = Array.from({ length: SENDERS * EACH }, (_, n) => n)

/** Many senders, each one message after another, and a nudge to one of the servers after each. */
const sendAll = (servers: readonly { nudge(): void }[]) =>
  Promise.all(
    Array.from({ length: SENDERS }, async (_, sender) => {
      for (const n of numbers.slice(sender * EACH, (sender + 1) * EACH)) {
        await base.db.insert(outbox).values({ topic: 'number', payload: { n }, dueAt: base.clock.now() })
        servers[n % servers.length]!.nudge()
      }
    }),
  )

const waiting = () => base.db.$count(outbox)

test('two servers handle messages while new ones are written: each message is handled once', async () => {
  const handled: number[] = []
  const servers = [0, 1].map(() => aServer(async ({ n }) => void handled.push(n)))
  await sendAll(servers)
  await expect.poll(waiting).toBe(0)
  await Promise.all(servers.map((server) => server.close()))
  expect(handled.sort((a, b) => a - b)).toEqual(numbers)
  expect(failures).toEqual([])
})

test('a server stalls past its lease and continues while another server handles messages: every message is handled', async () => {
  const handled = new Set<number>()
  const stall = aGate()
  const stalled = aServer(async ({ n }) => {
    await stall.passed
    handled.add(n)
  })
  await sendAll([stalled])
  await expect.poll(() => base.db.$count(leases, sql`holder <> ''`)).toBe(1)
  await base.db.update(leases).set({ until: sql`UTC_TIMESTAMP(3)` })
  const other = aServer(async ({ n }) => void handled.add(n))
  const draining = other.drain()
  stall.open()
  await draining
  await expect.poll(waiting).toBe(0)
  await Promise.all([stalled.close(), other.close()])
  expect([...handled].sort((a, b) => a - b)).toEqual(numbers)
  expect(failures).toEqual([])
})
