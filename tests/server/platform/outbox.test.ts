import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { type OutboxHandler, openOutbox } from '@pointbook/server/platform/outbox'
import { addMs } from '@pointbook/shared/day'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { anOutside } from '../../support/server.ts'

let base: Awaited<ReturnType<typeof anOutside>>
const opened: ReturnType<typeof openOutbox>[] = []

beforeAll(async () => {
  base = await anOutside()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
  await base.db.delete(outbox)
})
afterAll(() => base.close())

function anOutbox(
  handlers: Record<string, OutboxHandler[]>,
  log: Parameters<typeof openOutbox>[0]['log'] = base.outside.log,
) {
  const { db, clock } = base
  const one = openOutbox({ db, now: clock.now, handlers, log })
  opened.push(one)
  return one
}

const send = (topic: string, ...payloads: object[]) =>
  base.db.insert(outbox).values(payloads.map((payload) => ({ topic, payload, dueAt: base.clock.now() })))
const sendNumbers = (numbers: number[]) => send('number', ...numbers.map((n) => ({ n })))
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n)
const waitingTexts = () =>
  base.db
    .select({
      id: outbox.id,
      text: sql<string>`${outbox.payload}`,
      attempts: outbox.attempts,
      lastError: outbox.lastError,
      setAsideAt: outbox.setAsideAt,
    })
    .from(outbox)
const waiting = () => base.db.select().from(outbox).where(eq(outbox.topic, 'number'))

it('allows a handler to add a further message', async () => {
  const handled: number[] = []
  const handle = async ({ step }: { step: number }) => {
    handled.push(step)
    if (step < 3) await send('step', { step: step + 1 })
  }
  const one = anOutbox({ step: [{ handle }] })
  await send('step', { step: 1 })
  expect(await one.drain()).toBe(3)
  expect(handled).toEqual([1, 2, 3])
})

it('lets only one of several servers handle each message', async () => {
  const handled: number[] = []
  const handle = async ({ n }: { n: number }) => void handled.push(n)
  const servers = [anOutbox({ number: [{ handle }] }), anOutbox({ number: [{ handle }] })]
  await sendNumbers(upTo(1_200))
  await Promise.all(servers.map((server) => server.drain()))
  expect(handled.sort((a, b) => a - b)).toEqual(upTo(1_200))
  expect(await waiting()).toEqual([])
})

it('keeps a failed message for later and handles the others', async () => {
  const handled: number[] = []
  const handle = async ({ n }: { n: number }) => {
    if (n === 1 && handled.length < 5) throw new Error('not now')
    handled.push(n)
  }
  const one = anOutbox({ number: [{ handle }] })
  await sendNumbers(upTo(6))
  await one.drain()
  expect(handled).toEqual([0, 2, 3, 4, 5])
  expect(await waiting()).toMatchObject([
    { payload: { n: 1 }, attempts: 1, lastError: 'Error', dueAt: addMs(base.clock.now(), 2_000) },
  ])
  base.clock.set(addMs(base.clock.now(), 2_000))
  await one.drain()
  expect(handled).toEqual([0, 2, 3, 4, 5, 1])
  expect(await waiting()).toEqual([])
})

it('handles messages that were written while the clock was ahead, after it is set back', async () => {
  const handled: number[] = []
  const one = anOutbox({ number: [{ handle: async ({ n }: { n: number }) => void handled.push(n) }] })
  const { clock } = base
  clock.travelDays(1)
  await sendNumbers(upTo(2))
  clock.travelDays(-1)
  expect(await one.lag()).toMatchObject({ due: 2, lagMs: 0 })
  await one.drain()
  expect(handled).toEqual([0, 1])
  expect(await waiting()).toEqual([])
})

it('handles one by one only the messages that a sieve leaves, and all of them when the sieve fails', async () => {
  const handled: number[] = []
  let sieve = async (payloads: { n: number }[]) => payloads.filter(({ n }) => n >= 3)
  const handle = async ({ n }: { n: number }) => void handled.push(n)
  const one = anOutbox({ number: [{ sift: (payloads: { n: number }[]) => sieve(payloads), handle }] })
  await sendNumbers(upTo(5))
  await one.drain()
  expect(handled).toEqual([3, 4])
  sieve = async () => {
    throw new Error('one of them is bad')
  }
  await sendNumbers(upTo(3))
  await one.drain()
  expect(handled).toEqual([3, 4, 0, 1, 2])
  expect(await waiting()).toEqual([])
})

const written: object[] = []
const note = (facts: object) => void written.push(facts)

/** A message as no version of ours would write it. */
const sendText = (text: string, topic = 'number') =>
  base.outside.databases.pool.query('INSERT INTO outbox (topic, payload, due_at) VALUES (?, ?, ?)', [
    topic,
    text,
    '2026-03-02 03:00:00.000',
  ])

describe('a message that cannot be handled', () => {
  it.each(['{broken', '', 'undefined', '{"n":1}}'])(
    'is set aside with its topic in the log when its payload is %j, and the others go on (FS10)',
    async (text) => {
      written.splice(0)
      const handled: number[] = []
      const handle = async ({ n }: { n: number }) => void handled.push(n)
      const sift = async (payloads: { n: number }[]) => payloads.filter(({ n }) => n >= 0)
      const one = anOutbox({ number: [{ handle, sift }] }, { warn: note, error: note })
      await sendText(text)
      await sendNumbers(upTo(600))
      await one.drain()
      expect(handled).toEqual(upTo(600))
      const [kept] = await waitingTexts()
      expect(kept).toMatchObject({ text, attempts: 1, lastError: 'unreadable', setAsideAt: base.clock.now() })
      expect(written).toContainEqual({ topic: 'number', id: kept!.id, attempts: 1, code: 'unreadable' })
      expect(await one.drain()).toBe(0)
      expect((await one.lag()).stuck).toEqual([{ topic: 'number', why: 'set-aside', messages: 1 }])
    },
  )

  it.each(['null', '5', '"text"', '[]'])(
    'fails alone when its payload is %s and its handler cannot read it (FS10)',
    async (text) => {
      const handled: number[] = []
      // As a handler that reads its payload before its first await does.
      const handle = ({ n }: { n: number }) => {
        handled.push(n.valueOf())
        return Promise.resolve()
      }
      const one = anOutbox({ number: [{ handle }] })
      await sendText(text)
      await sendNumbers(upTo(3))
      await one.drain()
      expect(handled).toEqual(upTo(3))
      expect(await waitingTexts()).toMatchObject([{ text, attempts: 1, lastError: 'TypeError', setAsideAt: null }])
    },
  )

  it('is set aside after its twelfth attempt, and handled again after it was released (FS10)', async () => {
    let good = false
    const one = anOutbox({
      number: [{ handle: () => (good ? Promise.resolve() : Promise.reject(new RangeError('too far'))) }],
    })
    await sendNumbers([1])
    for (let attempt = 1; attempt <= 12; attempt++) {
      expect(await one.drain()).toBe(1)
      base.clock.travel(3_600_000)
    }
    expect(await one.drain()).toBe(0)
    expect(await waiting()).toMatchObject([{ attempts: 12, lastError: 'RangeError' }])
    good = true
    await base.db.update(outbox).set({ setAsideAt: null })
    expect(await one.drain()).toBe(1)
    expect(await waiting()).toEqual([])
  })
})

it('keeps messages of a topic that it does not know, names them, and leaves them to a version that does (FR7)', async () => {
  written.splice(0)
  await send('coupon.given', { n: 7 })
  await sendText('{broken', 'coupon.given')
  const older = anOutbox({ number: [{ handle: async () => {} }] }, { warn: note, error: note })
  await sendNumbers(upTo(3))
  expect(await older.drain()).toBe(3)
  expect(await older.lag()).toMatchObject({
    due: 0,
    lagMs: 0,
    stuck: [{ topic: 'coupon.given', why: 'unknown-topic', messages: 2 }],
  })
  await expect.poll(() => written).toContainEqual({ topic: 'coupon.given', why: 'unknown-topic', messages: 2 })

  const handled: number[] = []
  const newer = anOutbox({ 'coupon.given': [{ handle: async ({ n }: { n: number }) => void handled.push(n) }] })
  await newer.drain()
  expect(handled).toEqual([7])
  expect((await newer.lag()).stuck).toEqual([{ topic: 'coupon.given', why: 'set-aside', messages: 1 }])
})

it('gives a message to its next listener only when the one before has succeeded', async () => {
  const handled: string[] = []
  const first = async ({ n }: { n: number }) => {
    if (n === 0) throw new Error('not now')
  }
  const second = async ({ n }: { n: number }) => void handled.push(`second ${n}`)
  const one = anOutbox({ number: [{ handle: first }, { handle: second }] })
  await sendNumbers(upTo(2))
  await one.drain()
  expect(handled).toEqual(['second 1'])
  expect(await waiting()).toMatchObject([{ payload: { n: 0 } }])
})
