import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { describe, expect, it } from 'vitest'
import { aPolicy, living } from '../../support/policies.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh, publish } from '../../support/world.ts'

const flowNames = ['issued', 'redeemed', 'expired', 'reversed', 'adjusted'] as const

inAStaffedShop({ policy: { expiry: living({ type: 'days', days: 10 }), pointsPerYuan: 3 } })

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const byHand = (memberId: number, points: number) =>
  admin.call('POST /admin/members/:memberId/adjustments', { memberId, points, reason: '更正', requestId: fresh() })

describe('each flow', () => {
  it('is the same on dashboard, statement, liability and audit, and the gains equal all credited points (FN10)', async () => {
    const memberId = await world.aMember()
    const member = await world.asMember(memberId)
    await byHand(memberId, 1_000)
    await byHand(memberId, -400)
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [200_00])
    const itemId = await world.anItem({ points: 750 })
    await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    const lines = [{ line: 0, quantity: 1, amountFen: 200_00 }]
    await clerk.call('POST /clerk/returns', { storeId, receiptNo, lines, requestId: fresh() })
    await world.buy(clerk, memberId, storeId, [500_00])
    const right = { issued: 700, redeemed: 750, expired: 0, reversed: 200, adjusted: 600 }

    const { pointsToday, days, outstanding } = await admin.call('GET /admin/dashboard')
    expect(pointsToday).toEqual(right)
    expect(days.at(-1)).toMatchObject(right)
    expect((await admin.call('GET /admin/liability', {})).flows.at(-1)).toMatchObject({ ...right, outstanding: 350 })
    expect((await world.audit()).totals).toMatchObject({ ...right, outstanding: 350 })
    const statement = await member.call('GET /me/statement', { from: '2026-03-01', to: '2026-03-31' })
    expect(statement.flows).toEqual(right)
    expect(outstanding).toBe(350)
    const { points } = await admin.call('GET /admin/members/:memberId', { memberId })
    expect(points).toMatchObject({ balance: 350, spent: 750, expired: 0, earned: 700 + 600 - 200 })
  })
})

describe('the worth of points', () => {
  it('adds up to the fen over the months, on the dashboard and on the liability page (FN10)', async () => {
    for (const [months, points] of [1, 2, 4, 7, 8].entries()) {
      await publish(admin, aPolicy({ expiry: living({ type: 'months', months: months + 1 }), pointsPerYuan: 3 }))
      await byHand(await world.aMember(), points)
    }
    const dashboard = await admin.call('GET /admin/dashboard')
    expect(sum(dashboard.liability.map(({ fen }) => fen))).toBe(dashboard.outstandingFen)
    const liability = await admin.call('GET /admin/liability', {})
    expect(sum(liability.expiring.map(({ fen }) => fen))).toBe(liability.outstandingFen)
    expect(liability.expiring.map(({ month, points, fen }) => ({ month, points, fen }))).toEqual(dashboard.liability)
    for (const { points, fen } of dashboard.liability) expect(Math.abs(fen - (points * 100) / 3)).toBeLessThan(1)
  })
})

describe('points past their last day', () => {
  it('are no liability, even before the night’s job, which changes no other figure (FM18)', async () => {
    await publish(admin, aPolicy({ expiry: living({ type: 'days', days: 40 }) }))
    await byHand(await world.aMember(), 90)
    world.clock.travelDays(41)
    const seen = async () => {
      const [dashboard, liability] = [
        await admin.call('GET /admin/dashboard'),
        await admin.call('GET /admin/liability', {}),
      ]
      const cohorts = liability.cohorts.map(({ month, points, used, expired, open }) => ({
        month,
        points,
        used,
        expired,
        open,
      }))
      return {
        outstanding: dashboard.outstanding,
        months: dashboard.liability,
        flows: liability.flows,
        expiring: liability.expiring,
        cohorts,
        opening: liability.opening,
      }
    }
    const before = await seen()
    expect(before.outstanding).toBe(sum(before.expiring.map(({ points }) => points)))
    expect(before.flows.at(-1)!.outstanding).toBe(before.outstanding)
    expect(before.opening).toBe(0)
    expect(await expirePoints(world.server)).toBeGreaterThan(90)
    const after = await seen()
    expect(after.outstanding).toBe(before.outstanding)
    expect(after).toMatchObject({ months: before.months, expiring: before.expiring, cohorts: before.cohorts })
    for (const name of flowNames)
      expect(sum(after.flows.map((flow) => flow[name]))).toBe(sum(before.flows.map((flow) => flow[name])))
    expect((await world.audit()).passed).toBe(true)
  })
})
