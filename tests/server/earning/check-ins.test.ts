import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, NOON } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>

beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

async function aDaily() {
  world.clock.set(NOON)
  return world.asMember(await world.aMember())
}

it('gives points once a day, however often the member taps', async () => {
  const member = await aDaily()
  expect(await member.call('POST /me/check-ins')).toMatchObject({ points: 5, streak: 1, balance: 5, already: false })
  expect(await member.call('POST /me/check-ins')).toMatchObject({
    points: 0,
    streak: 1,
    already: true,
    text: expect.stringContaining('已经签到'),
  })
  expect((await member.call('GET /me')).points.balance).toBe(5)
})

it('gives the extras at three and at seven days in a row, and again in the next cycle (B10)', async () => {
  const member = await aDaily()
  const points = []
  for (let days = 0; days < 10; days++) {
    points.push((await member.call('POST /me/check-ins')).points)
    world.clock.travelDays(1)
  }
  expect(points).toEqual([5, 5, 10, 5, 5, 5, 15, 5, 5, 10])
})

it('starts again after a missed day', async () => {
  const member = await aDaily()
  await member.call('POST /me/check-ins')
  world.clock.travelDays(2)
  expect(await member.call('GET /me/check-ins', {})).toMatchObject({ streak: 0, checkedInToday: false })
  expect(await member.call('POST /me/check-ins')).toMatchObject({ streak: 1, points: 5 })
})

it('uses the day of the shop: the hours before eight in the morning are not yesterday as in UTC', async () => {
  const member = await aDaily()
  world.clock.set('2026-03-02T15:59:59.999Z')
  expect(await member.call('POST /me/check-ins')).toMatchObject({ on: '2026-03-02', streak: 1 })
  world.clock.set('2026-03-02T16:00:00.000Z')
  expect(await member.call('POST /me/check-ins')).toMatchObject({ on: '2026-03-03', streak: 2, already: false })
  world.clock.set('2026-03-02T23:30:00.000Z')
  expect(await member.call('POST /me/check-ins')).toMatchObject({ on: '2026-03-03', already: true })
})

it("keeps a streak over a month's end and a leap day", async () => {
  const member = await aDaily()
  for (const [on, streak] of [
    ['2028-02-28', 1],
    ['2028-02-29', 2],
    ['2028-03-01', 3],
  ] as const) {
    world.clock.set(`${on}T04:00:00.000Z`)
    expect(await member.call('POST /me/check-ins')).toMatchObject({ on, streak })
  }
})

it('keeps a streak when the clock has been set back to a day before its last', async () => {
  const member = await aDaily()
  for (const day of ['03', '04', '05', '06']) {
    world.clock.set(`2026-03-${day}T04:00:00.000Z`)
    await member.call('POST /me/check-ins')
  }
  world.clock.set(NOON)
  expect(await member.call('POST /me/check-ins')).toMatchObject({ points: 5, streak: 4, already: false })
  world.clock.set('2026-03-07T04:00:00.000Z')
  expect(await member.call('POST /me/check-ins')).toMatchObject({ points: 5, streak: 5 })
})

it('shows the month, the points of today and the coming bonuses', async () => {
  const member = await aDaily()
  await member.call('POST /me/check-ins')
  world.clock.travelDays(1)
  expect(await member.call('GET /me/check-ins', { month: '2026-03' })).toEqual({
    month: '2026-03',
    today: '2026-03-03',
    days: [{ on: '2026-03-02', points: 5 }],
    checkedInToday: false,
    streak: 1,
    pointsToday: 5,
    extras: [
      { atDays: 3, points: 5, daysLeft: 2 },
      { atDays: 7, points: 10, daysLeft: 6 },
    ],
    makeUp: null,
  })
  expect(await member.ask('GET /me/check-ins', { month: '2026-13' })).toMatchObject({
    status: 400,
    body: { code: 'input.invalid' },
  })
})
