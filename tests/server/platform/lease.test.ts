import { type Lease, underLease } from '@pointbook/server/platform/lease'
import { leases } from '@pointbook/server/platform/leases-table'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { aGate } from '../../support/gate.ts'
import { anOutside, fresh } from '../../support/server.ts'

let base: Awaited<ReturnType<typeof anOutside>>
const stopped: (() => void)[] = []

beforeAll(async () => {
  base = await anOutside()
})
afterEach(() => {
  for (const stop of stopped.splice(0)) stop()
})
afterAll(() => base.close())

let name = ''
const done = () => underLease(base.db, name, async () => 'done')

/** Work with a new name that runs until it is stopped. */
async function longWork() {
  name = fresh('work')
  const [begun, end] = [aGate(), aGate()]
  let lease: Lease = { lost: false }
  const work = underLease(base.db, name, async (granted) => {
    lease = granted
    begun.open()
    await end.passed
  })
  stopped.push(end.open)
  await begun.passed
  return { lost: () => lease.lost, end: end.open, work }
}

const until = async () => (await base.db.select().from(leases).where(eq(leases.name, name)))[0]!.until

it('lets one server at a time do the work, and the next as soon as it is done', async () => {
  const { work, end } = await longWork()
  expect(await done()).toBeNull()
  end()
  await work
  expect(await done()).toBe('done')
})

it('gives the work to one of many simultaneous servers, also the first time', async () => {
  name = fresh('work')
  const { passed, open } = aGate()
  let refused = 0
  const comers = Array.from({ length: 9 }, async () => {
    if ((await underLease(base.db, name, () => passed)) === null) refused++
  })
  await expect.poll(() => refused).toBe(8)
  open()
  await Promise.all(comers)
  expect(refused).toBe(8)
})

it('is free again after failed work', async () => {
  name = fresh('work')
  const failing = underLease(base.db, name, () => Promise.reject(new Error('not today')))
  await expect(failing).rejects.toThrow('not today')
  expect(await done()).toBe('done')
})

it('ends by itself within ten seconds when its holder dies', async () => {
  await longWork()
  const ending = sql`held_until > UTC_TIMESTAMP(3) AND held_until <= UTC_TIMESTAMP(3) + INTERVAL 10 SECOND`
  expect(await base.db.$count(leases, and(eq(leases.name, name), ending))).toBe(1)
})

it('is renewed while the work goes on', async () => {
  const { lost } = await longWork()
  const first = await until()
  await expect.poll(until).not.toBe(first)
  expect(await done()).toBeNull()
  expect(lost()).toBe(false)
})

it('goes to another server when its holder has stalled; the holder notices and does not take it back', async () => {
  const { lost, work, end } = await longWork()
  await base.db.update(leases).set({ until: sql`UTC_TIMESTAMP(3)` }).where(eq(leases.name, name))
  const next = aGate()
  stopped.push(next.open)
  const other = underLease(base.db, name, () => next.passed)
  await expect.poll(lost).toBe(true)
  end()
  await work
  expect(await done()).toBeNull()
  next.open()
  await other
})
