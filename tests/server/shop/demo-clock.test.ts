import { fixed, rate } from '@pointbook/config/policies/make'
import { type Job, runAhead } from '@pointbook/server/platform/schedule'
import { addMs } from '@pointbook/shared/day'
import { sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import { clockAt } from '../../support/clock.ts'
import { aRule, earningBy, living } from '../../support/policies.ts'
import { aShop, byMoney } from '../../support/tier-shop.ts'

it('runs every job at each of its times, in order, when time is moved ahead (FO7)', async () => {
  const clock = clockAt('2026-03-02T04:30:00.000Z')
  const ran: string[] = []
  const job = (name: string, pattern: string): Job => ({
    name,
    pattern,
    run: async () => {
      ran.push(`${name} ${clock.now()}`)
      return 2
    },
  })
  const jobs = [job('nightly', '5 0 * * *'), job('earlier', '1 0 * * *'), job('hourly', '0 */8 * * *')]
  const done = await runAhead(jobs, { clock, offsetMinutes: 480, days: 2 })
  expect(ran).toEqual([
    'hourly 2026-03-02T08:00:00.000Z',
    'hourly 2026-03-02T16:00:00.000Z',
    'earlier 2026-03-02T16:01:00.000Z',
    'nightly 2026-03-02T16:05:00.000Z',
    'hourly 2026-03-03T00:00:00.000Z',
    'hourly 2026-03-03T08:00:00.000Z',
    'hourly 2026-03-03T16:00:00.000Z',
    'earlier 2026-03-03T16:01:00.000Z',
    'nightly 2026-03-03T16:05:00.000Z',
    'hourly 2026-03-04T00:00:00.000Z',
  ])
  expect(clock.now()).toBe('2026-03-04T04:30:00.000Z')
  expect(Object.fromEntries(done)).toEqual({ hourly: 12, earlier: 4, nightly: 4 })
})

// A journey of 131 days runs some thousand jobs.
it('expires points, reminds, congratulates and settles tiers on the days that a demo passes (FO7)', async () => {
  const base = aRule({ gift: rate(1, 1) })
  const birthday = aRule({ id: 'birthday', name: '生日', trigger: 'birthday', gift: fixed(200) })
  const shop = await aShop({
    ...byMoney,
    earning: earningBy([base, birthday]),
    expiry: living({ type: 'days', days: 100 }),
  })
  const { world } = shop
  onTestFinished(() => world.close())
  const memberId = await world.aMember()
  await world.db.execute(sql`UPDATE members SET birthday = '1990-03-20' WHERE id = ${memberId}`)
  await shop.buy(memberId, 200_00)
  expect(await shop.held(memberId)).toMatchObject({ tierId: 'silver' })

  const admin = await world.asAdmin()
  const days = async (days: number) => (await admin.call('POST /admin/clock', { days })) as object
  expect(await days(17)).toMatchObject({ birthdays: 0 })
  expect(await days(1)).toMatchObject({ birthdays: 1, expiredPoints: 0 })
  expect(await days(82)).toMatchObject({ birthdays: 0, remindersSent: 1 })
  expect(await days(1)).toMatchObject({ expiredPoints: 200 })
  // Three rolling months without a purchase and thirty days of grace are over.
  expect(await days(30)).toMatchObject({ tiersChanged: 1 })
  expect(await shop.held(memberId)).toMatchObject({ tierId: 'basic' })
}, 180_000)

it('moves the clock in one request after the other, so that a restart finds the same time (FO7)', async () => {
  const { world } = await aShop(byMoney)
  onTestFinished(() => world.close())
  const admin = await world.asAdmin()
  const before = world.clock.now()
  const journeys = await Promise.all([1, 2, 3].map((days) => admin.call('POST /admin/clock', { days })))
  // In whichever order they arrive, the last one stands at the sum.
  expect(Math.max(...journeys.map(({ aheadDays }) => aheadDays))).toBe(6)
  expect(world.clock.now()).toBe(addMs(before, 6 * 86_400_000))
  expect(await admin.call('GET /admin/clock')).toMatchObject({ aheadDays: 6 })
})
