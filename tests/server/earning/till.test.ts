import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeStore } from '../../support/edits.ts'
import { aRule, earningBy } from '../../support/policies.ts'
import { fresh, NOON } from '../../support/server.ts'
import { aWorld, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number

const scopeOf = (...categories: string[]) => ({
  only: { categories, brands: [], skus: [] },
  except: { categories: ['烟酒'], brands: [], skus: [] },
})

beforeAll(async () => {
  world = await aWorld({
    policy: {
      offset: { pointsPerYuan: 100, minimumPoints: 0, stepPoints: 100, maximumShareBp: 5_000 },
      earning: earningBy([
        aRule({ gift: { type: 'rate', points: 1, perFen: 100 } }),
        aRule({ id: 'coffee', scope: scopeOf('咖啡', '蛋糕'), gift: { type: 'per-unit', points: 5 } }),
      ]),
    },
  })
  admin = await world.asAdmin()
})
beforeEach(async () => {
  world.clock.set(NOON)
  storeId = await world.aStore('人民广场店')
})
afterAll(() => world.close())

describe('the clerk’s side', () => {
  test('shows name, role, open stores, and the categories that the rules distinguish', async () => {
    const closed = await world.aStore('停用的店')
    await changeStore(admin, { storeId: closed, open: false })
    const clerk = await world.aClerk([storeId, closed])
    expect(await clerk.call('GET /clerk/me')).toEqual({
      clerkId: clerk.memberId,
      nickname: '店员',
      role: 'clerk',
      stores: [{ storeId, name: '人民广场店' }],
      closedStores: [{ storeId: closed, name: '停用的店' }],
      categories: ['蛋糕', '咖啡', '烟酒'],
    })
  })

  test('is closed to members, merchants and strangers', async () => {
    const member = await world.asMember(await world.aMember())
    expect((await member.ask('GET /clerk/me')).body.code).toBe('session.forbidden')
    expect((await admin.ask('GET /clerk/me')).body.code).toBe('session.missing')
    expect((await world.anyone().ask('GET /clerk/me')).body.code).toBe('session.missing')
  })

  test('is closed as soon as the role is removed, also for tokens that are still valid', async () => {
    const clerk = await world.aClerk([storeId])
    await clerk.call('GET /clerk/me')
    await admin.call('DELETE /admin/staff/:memberId', { memberId: clerk.memberId })
    expect(await clerk.ask('GET /clerk/me')).toMatchObject({ status: 403, body: { code: 'session.forbidden' } })
    expect((await clerk.call('GET /me')).staff).toBeNull()
  })
})

describe('the clerk’s day', () => {
  test('lists purchases, returns and pick-ups, newest first, with their sums', async () => {
    const clerk = await world.aClerk([storeId])
    const memberId = await world.aMember({ points: 500, nickname: '林小满' })
    const member = await world.asMember(memberId)
    const itemId = await world.anItem({ points: 100, name: '帆布袋' })

    const first = await world.buy(clerk, memberId, storeId, [10_000, 5_000])
    world.clock.travel(1_000)
    const second = await world.buy(clerk, memberId, storeId, [2_000])
    world.clock.travel(1_000)
    const lines = [{ line: 1, quantity: 1, amountFen: 5_000 }]
    await clerk.call('POST /clerk/returns', { storeId, receiptNo: first.receiptNo, lines, requestId: fresh() })
    world.clock.travel(1_000)
    const { order } = await member.call('POST /mall/redemptions', { itemId, quantity: 2, storeId, requestId: fresh() })
    await clerk.call('POST /clerk/pickups', { code: order.pickupCode, storeId, requestId: fresh() })

    const day = await clerk.call('GET /clerk/day', { storeId })
    expect(day).toMatchObject({
      purchases: 2,
      amountFen: 17_000,
      refundFen: 5_000,
      netFen: 12_000,
      points: 120,
      pickups: 1,
    })
    expect(day.rows).toEqual([
      expect.objectContaining({
        kind: 'pickup',
        ref: order.orderNo,
        title: '取货 · 帆布袋 ×2',
        amountFen: 0,
        points: 0,
      }),
      expect.objectContaining({ kind: 'return', ref: first.receiptNo, amountFen: 5_000, points: -50 }),
      expect.objectContaining({ kind: 'purchase', ref: second.receiptNo, amountFen: 2_000, points: 20 }),
      {
        kind: 'purchase',
        ref: first.receiptNo,
        storeId,
        title: `小票 ${first.receiptNo}`,
        memberNickname: '林小满',
        amountFen: 15_000,
        points: 150,
        at: NOON,
      },
    ])
  })

  test('counts only money: amounts paid with points and coupons are in no row and no sum (FT4)', async () => {
    const clerk = await world.aClerk([storeId])
    const visit = await world.aVisit(clerk, await world.aMember({ points: 1_000 }), storeId)
    const lines = [{ name: '拿铁', quantity: 2, amountFen: 10_000 }]
    const paid = { couponFen: 2_000, offsetPoints: 1_000 }
    const sale = { visit, storeId, requestId: fresh('draft'), lines, ...paid }
    const { receiptNo } = await clerk.call('POST /clerk/purchases', sale)
    world.clock.travel(1_000)
    const half = [{ line: 0, quantity: 1, amountFen: 5_000 }]
    await clerk.call('POST /clerk/returns', { storeId, receiptNo, lines: half, requestId: fresh() })
    const day = await clerk.call('GET /clerk/day', { storeId })
    expect(day).toMatchObject({ amountFen: 7_000, refundFen: 3_500, netFen: 3_500, points: 35 })
    expect(day.rows.map(({ amountFen, points }) => [amountFen, points])).toEqual([
      [3_500, -35],
      [7_000, 70],
    ])
  })

  test('sums all returns of the day, also those that the list no longer shows (FT4)', async () => {
    const clerk = await world.aClerk([storeId])
    const lines = Array.from({ length: 60 }, () => 1_00)
    const { receiptNo } = await world.buy(clerk, await world.aMember(), storeId, lines)
    const { receiptNo: other } = await world.buy(clerk, await world.aMember(), storeId, lines)
    for (let line = 0; line < 60; line++)
      for (const no of [receiptNo, other])
        await clerk.call('POST /clerk/returns', {
          storeId,
          receiptNo: no,
          lines: [{ line, quantity: 1, amountFen: 1_00 }],
          requestId: fresh(),
        })
    const day = await clerk.call('GET /clerk/day', { storeId })
    expect(day.rows).toHaveLength(100)
    expect(day).toMatchObject({ amountFen: 120_00, refundFen: 120_00, netFen: 0, points: 0 })
  })

  test('contains nothing of other clerks, other stores and other days', async () => {
    const elsewhere = await world.aStore('另一家店')
    const [clerk, other] = [await world.aClerk([storeId, elsewhere]), await world.aClerk([storeId])]
    const memberId = await world.aMember()
    world.clock.set('2026-03-02T15:59:59.999Z')
    await world.buy(clerk, memberId, storeId, [1_000])
    world.clock.set('2026-03-02T16:00:00.000Z')
    await world.buy(clerk, memberId, elsewhere, [2_000])
    await world.buy(other, memberId, storeId, [3_000])
    const today = await world.buy(clerk, memberId, storeId, [4_000])
    const day = await clerk.call('GET /clerk/day', { storeId })
    expect(day.rows.map(({ ref }) => ref)).toEqual([today.receiptNo])
    expect(day).toMatchObject({ purchases: 1, amountFen: 4_000, points: 40, pickups: 0 })
    world.clock.set('2026-03-02T15:00:00.000Z')
    expect(await clerk.call('GET /clerk/day', { storeId })).toMatchObject({ purchases: 1, amountFen: 1_000 })
  })

  test('is empty before anything happened', async () => {
    const clerk = await world.aClerk([storeId])
    expect(await clerk.call('GET /clerk/day', { storeId })).toEqual({
      purchases: 0,
      amountFen: 0,
      refundFen: 0,
      netFen: 0,
      points: 0,
      pickups: 0,
      rows: [],
    })
  })

  test('of a store where the clerk does not work is refused', async () => {
    const clerk = await world.aClerk([storeId])
    for (const wrong of [await world.aStore('另一家店'), 999_999]) {
      expect((await clerk.ask('GET /clerk/day', { storeId: wrong })).body.code).toBe('store.foreign')
    }
    for (const wrong of ['x', 0, '']) {
      expect((await clerk.ask('GET /clerk/day', { storeId: wrong })).body.code).toBe('input.invalid')
    }
    expect((await clerk.ask('GET /clerk/day')).body.detail.fields).toEqual([{ field: 'storeId', text: '必填' }])
  })
})
