import { openOutbox, send } from '@pointbook/server/platform/outbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anOutside } from '../support/house.ts'

let base: Awaited<ReturnType<typeof anOutside>>

beforeAll(async () => {
  base = await anOutside()
})
afterAll(() => base.close())

it('lets a handler write the message that follows from the one it handles', async () => {
  const { db, clock, outside } = base
  const handled: number[] = []
  const next = async ({ step }: { step: number }) => {
    handled.push(step)
    if (step < 3) await send(db, 'step', { step: step + 1 }, clock.now())
  }
  const outbox = openOutbox({ db, now: clock.now, handlers: { step: [next] }, log: outside.log })
  await send(db, 'step', { step: 1 }, clock.now())
  expect(await outbox.drain()).toBe(3)
  expect(handled).toEqual([1, 2, 3])
  await outbox.close()
})
