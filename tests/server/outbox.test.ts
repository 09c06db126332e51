import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { type OutboxHandler, openOutbox, send } from '@pointbook/server/platform/outbox'
import { addMs } from '@pointbook/shared/day'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { anOutside } from '../support/house.ts'

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

function anOutbox(handlers: Record<string, OutboxHandler[]>) {
  const { db, clock, outside } = base
  const one = openOutbox({ db, now: clock.now, handlers, log: outside.log })
  opened.push(one)
  return one
}

const sendNumbers = (numbers: number[]) =>
  base.db.insert(outbox).values(numbers.map((n) => ({ topic: 'number', payload: { n }, dueAt: base.clock.now() })))
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n)
const waiting = () => base.db.select().from(outbox).where(eq(outbox.topic, 'number'))

it('lets a handler write the message that follows from the one it handles', async () => {
  const { db, clock } = base
  const handled: number[] = []
  const handle = async ({ step }: { step: number }) => {
    handled.push(step)
    if (step < 3) await send(db, 'step', { step: step + 1 }, clock.now())
  }
  const one = anOutbox({ step: [{ handle }] })
  await send(db, 'step', { step: 1 }, clock.now())
  expect(await one.drain()).toBe(3)
  expect(handled).toEqual([1, 2, 3])
})

it('gives each message to one of several servers', async () => {
  const handled: number[] = []
  const handle = async ({ n }: { n: number }) => void handled.push(n)
  const servers = [anOutbox({ number: [{ handle }] }), anOutbox({ number: [{ handle }] })]
  await sendNumbers(upTo(1_200))
  await Promise.all(servers.map((server) => server.drain()))
  expect(handled.sort((a, b) => a - b)).toEqual(upTo(1_200))
  expect(await waiting()).toEqual([])
})

it('keeps a message that failed for later and lets the others be done', async () => {
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

it('handles one by one only what a sieve leaves, and everything when the sieve fails', async () => {
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
