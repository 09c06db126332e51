import { findOrAdd } from '@pointbook/server/features/connections/imports/people'
import { endOfMonth } from '@pointbook/shared/day'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorld, fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>

beforeAll(async () => {
  world = await aWorld({ now: '2026-01-20T04:00:00.000Z' })
})
afterAll(() => world.close())

const balancesOf = async (memberId: number) => {
  const { months } = await (await world.asMember(memberId)).call('GET /me/balances')
  return months.map(({ month, balance }) => [month, balance])
}

const give = async (memberId: number, points: number) => {
  const gift = { memberId, points, reason: '补偿', requestId: fresh() }
  await (await world.asAdmin()).call('POST /admin/members/:memberId/adjustments', gift)
}

describe('the balance over time (G4)', () => {
  it('is the balance at each month’s end at the shop’s midnight, also for months without entries', async () => {
    const memberId = await world.aMember({ points: 100 })
    expect(await balancesOf(memberId)).toEqual([['2026-01', 100]])
    world.clock.set('2026-01-31T15:59:59.999Z')
    await give(memberId, -30)
    world.clock.set('2026-01-31T16:00:00.000Z')
    await give(memberId, 5)
    expect(await balancesOf(memberId)).toEqual([
      ['2026-01', 70],
      ['2026-02', 75],
    ])
    world.clock.set('2026-04-10T04:00:00.000Z')
    await give(memberId, -75)
    expect(await balancesOf(memberId)).toEqual([
      ['2026-01', 70],
      ['2026-02', 75],
      ['2026-03', 75],
      ['2026-04', 0],
    ])
  })

  it('agrees with the statement of every month', async () => {
    const memberId = await world.aMember({ points: 40 })
    world.clock.travelDays(40)
    await give(memberId, 12)
    const member = await world.asMember(memberId)
    const { months } = await member.call('GET /me/balances')
    expect(months).toHaveLength(2)
    for (const { month, balance } of months) {
      const { closing } = await member.call('GET /me/statement', { from: `${month}-01`, to: endOfMonth(`${month}-01`) })
      expect(balance).toBe(closing)
    }
  })

  it('covers twelve months, and counts earlier entries', async () => {
    const memberId = await world.aMember({ points: 8 })
    const joinedAt = world.clock.now()
    world.clock.travelDays(400)
    const balances = await balancesOf(memberId)
    expect(balances).toHaveLength(12)
    expect(balances[0]![0]! > joinedAt.slice(0, 7)).toBe(true)
    expect(balances.map(([, points]) => points)).toEqual(Array(12).fill(8))
  })

  it('shows zero points without entries', async () => {
    const since = world.clock.now()
    const { ids } = await findOrAdd(world.server, [{ memberRef: 'B1', since }])
    world.clock.travelDays(31)
    expect((await balancesOf(ids.get('B1')!)).map(([, points]) => points)).toEqual([0, 0])
  })
})
