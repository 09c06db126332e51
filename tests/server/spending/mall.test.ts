import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { redeemItem } from '@pointbook/server/features/spending/mall/redemption'
import { ordersTable } from '@pointbook/server/features/spending/mall/tables'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeItem, changeStore } from '../../support/edits.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
  storeId = await world.aStore()
})
afterAll(() => world.close())

const redeem = (member: Speaker, itemId: number, more: object = {}) =>
  member.ask('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh(), ...more })

async function aShopper(purse: { points?: number } = { points: 1_000 }) {
  const memberId = await world.aMember(purse)
  return { memberId, ...(await world.asMember(memberId)) }
}

const cancel = (shopper: Speaker, orderNo: string) =>
  shopper.call('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId: fresh() })

const give = (memberId: number, points: number) =>
  world.book.make(adjust, { memberId, points, reason: '测试', actor: 'system', requestId: fresh() })

async function stockOf(itemId: number) {
  const { rows } = await admin.call('GET /admin/items')
  const { stock, redeemed } = rows.find((item) => item.itemId === itemId)!
  return { stock, redeemed }
}

describe('redeeming', () => {
  it('takes the points, lowers the stock and makes a pick-up code of twelve digits that starts with 8', async () => {
    const [shopper, itemId] = [await aShopper(), await world.anItem({ points: 300, stock: 5 })]
    const { status, body } = await redeem(shopper, itemId, { quantity: 2 })
    expect(status).toBe(200)
    expect(body.balance).toBe(400)
    expect(body.order).toMatchObject({ quantity: 2, points: 600, state: 'waiting', itemName: '帆布袋', endedAt: null })
    expect(body.order.pickupCode).toMatch(/^8\d{11}$/)
    expect(await stockOf(itemId)).toEqual({ stock: 3, redeemed: 2 })
    expect(await shopper.call('GET /me/redemptions/:orderNo', { orderNo: body.order.orderNo })).toEqual(body.order)
  })

  it('answers the same request again with the same order and takes the points once', async () => {
    const [shopper, itemId, requestId] = [await aShopper(), await world.anItem(), fresh()]
    const first = await redeem(shopper, itemId, { requestId })
    expect(await redeem(shopper, itemId, { requestId })).toEqual(first)
    expect((await world.account(shopper.memberId)).balance).toBe(900)
  })

  it('refuses another redemption under a request number that is used', async () => {
    const [shopper, itemId, requestId] = [await aShopper(), await world.anItem(), fresh()]
    await redeem(shopper, itemId, { requestId })
    const again = await redeem(shopper, itemId, { requestId, quantity: 2 })
    expect([again.status, again.body.code]).toEqual([409, 'move.key-reused'])
  })

  it('reports the missing points and does not change the stock', async () => {
    const [shopper, itemId] = [await aShopper({ points: 80 }), await world.anItem({ points: 100, stock: 1 })]
    const { status, body } = await redeem(shopper, itemId)
    expect([status, body.code, body.detail]).toEqual([409, 'points.short', { missing: 20, usable: 80 }])
    expect(body.text).toBe('积分不足，还差 20 分')
    expect(await stockOf(itemId)).toEqual({ stock: 1, redeemed: 0 })
  })

  it('refuses items that are unknown, unlisted, sold out or short in stock', async () => {
    const shopper = await aShopper()
    const codeOf = async (itemId: number, more: object = {}) => (await redeem(shopper, itemId, more)).body.code
    expect(await codeOf(999_999)).toBe('item.unknown')
    expect(await codeOf(await world.anItem({ listed: false }))).toBe('item.unlisted')
    expect(await codeOf(await world.anItem({ stock: 0 }))).toBe('item.sold-out')
    expect(await codeOf(await world.anItem({ stock: 2 }), { quantity: 3 })).toBe('item.short')
  })

  it('refuses a store that is unknown or closed', async () => {
    const [shopper, itemId] = [await aShopper(), await world.anItem()]
    const closed = await world.aStore('旧店')
    await changeStore(admin, { storeId: closed, open: false })
    expect((await redeem(shopper, itemId, { storeId: 999_999 })).body.code).toBe('store.unknown')
    expect((await redeem(shopper, itemId, { storeId: closed })).body.code).toBe('store.closed')
  })

  it('limits each member, and does not count cancelled orders', async () => {
    const [shopper, itemId] = [await aShopper(), await world.anItem({ points: 10, limitPerMember: 2 })]
    const { body } = await redeem(shopper, itemId, { quantity: 2 })
    const third = await redeem(shopper, itemId)
    expect([third.body.code, third.body.detail]).toEqual(['item.limit-reached', { limit: 2, taken: 2 }])
    expect((await shopper.call('GET /mall/items/:itemId', { itemId })).takenByMe).toBe(2)
    await shopper.call('POST /me/redemptions/:orderNo/cancel', { orderNo: body.order.orderNo, requestId: fresh() })
    expect((await redeem(shopper, itemId)).status).toBe(200)
  })

  it('refuses when the price is no longer the one the member saw', async () => {
    const [shopper, itemId] = [await aShopper(), await world.anItem({ points: 100 })]
    await changeItem(admin, { itemId, points: 200 })
    expect((await redeem(shopper, itemId, { points: 100 })).body.code).toBe('item.changed')
    expect((await redeem(shopper, itemId, { points: 200 })).status).toBe(200)
  })

  it('refuses a frozen member', async () => {
    const [shopper, itemId] = [await aShopper(), await world.anItem()]
    const change = { memberId: shopper.memberId, standing: 'frozen', reason: '调查', requestId: fresh() } as const
    await admin.call('POST /admin/members/:memberId/standing', change)
    const { status, body } = await redeem(shopper, itemId)
    expect([status, body.code]).toEqual([403, 'member.frozen'])
  })

  it('uses another pick-up code when the first one is in use', async () => {
    const [memberId, itemId] = [await world.aMember({ points: 1_000 }), await world.anItem()]
    const wish = () => ({ memberId, itemId, quantity: 1, storeId, seenPoints: null, requestId: fresh() })
    await redeemItem(world.server, wish(), () => '800000000001')
    const codes = ['800000000001', '800000000002']
    const { order } = await redeemItem(world.server, wish(), () => codes.shift()!)
    expect(order.pickupCode).toBe('800000000002')
    expect((await world.account(memberId)).balance).toBe(800)
  })
})

describe('an order', () => {
  it('is unknown to everybody but its member', async () => {
    const [owner, stranger, itemId] = [await aShopper(), await aShopper(), await world.anItem()]
    const { orderNo } = (await redeem(owner, itemId)).body.order
    const peek = await stranger.ask('GET /me/redemptions/:orderNo', { orderNo })
    const steal = await stranger.ask('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId: fresh() })
    expect([peek.status, peek.body.code, steal.status, steal.body.code]).toEqual([
      404,
      'order.unknown',
      404,
      'order.unknown',
    ])
    expect((await owner.call('GET /me/redemptions', {})).rows).toHaveLength(1)
    expect((await stranger.call('GET /me/redemptions', {})).rows).toHaveLength(0)
  })

  it('is handed over once, at its own store, by a clerk who works there', async () => {
    const [shopper, itemId, otherStoreId] = [await aShopper(), await world.anItem(), await world.aStore('徐家汇店')]
    const { pickupCode: code } = (await redeem(shopper, itemId)).body.order
    const [clerk, elsewhere] = [await world.aClerk([storeId]), await world.aClerk([otherStoreId])]
    const pickUp = (who: Speaker, at: number) =>
      who.ask('POST /clerk/pickups', { code, storeId: at, requestId: fresh() })
    expect((await pickUp(elsewhere, storeId)).body.code).toBe('store.foreign')
    const wrongStore = await pickUp(elsewhere, otherStoreId)
    expect([wrongStore.body.code, wrongStore.body.text]).toEqual([
      'order.other-store',
      '该订单的取货门店是「人民广场店」，请会员去那家店取',
    ])
    const handed = await pickUp(clerk, storeId)
    expect(handed.body.order).toMatchObject({ state: 'handed-over', endedAt: world.clock.now() })
    expect((await pickUp(clerk, storeId)).body.code).toBe('order.handed-over')
  })

  it('reads a pick-up code with blanks between its groups', async () => {
    const [shopper, itemId, clerk] = [await aShopper(), await world.anItem(), await world.aClerk([storeId])]
    const { pickupCode } = (await redeem(shopper, itemId)).body.order
    const code = pickupCode.replace(/(.{4})/g, '$1 ').trim()
    const { order } = await clerk.call('POST /clerk/pickups', { code, storeId, requestId: fresh() })
    expect(order.state).toBe('handed-over')
  })

  it('cannot be cancelled once it is handed over, nor handed over once it is cancelled', async () => {
    const [shopper, itemId, clerk] = [await aShopper(), await world.anItem(), await world.aClerk([storeId])]
    const [handed, cancelled] = [(await redeem(shopper, itemId)).body.order, (await redeem(shopper, itemId)).body.order]
    await clerk.call('POST /clerk/pickups', { code: handed.pickupCode, storeId, requestId: fresh() })
    const { orderNo } = cancelled
    await shopper.call('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId: fresh() })
    const late = await shopper.ask('POST /me/redemptions/:orderNo/cancel', {
      orderNo: handed.orderNo,
      requestId: fresh(),
    })
    const gone = await clerk.ask('POST /clerk/pickups', { code: cancelled.pickupCode, storeId, requestId: fresh() })
    expect([late.body.code, gone.body.code]).toEqual(['order.handed-over', 'order.cancelled'])
  })
})

describe('cancelling', () => {
  it('gives the points back to the lots they came from, with the same dates', async () => {
    const [shopper, itemId] = [await aShopper({ points: 60 }), await world.anItem({ points: 100, stock: 1 })]
    world.clock.travelDays(30)
    await give(shopper.memberId, 60)
    const before = await world.openLots(shopper.memberId)
    expect(new Set(before.map((lot) => lot.expiresOn)).size).toBe(2)
    const { orderNo } = (await redeem(shopper, itemId)).body.order
    world.clock.travelDays(3)
    const cancelled = await shopper.call('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId: fresh() })
    expect(cancelled).toMatchObject({ balance: 120, givenBack: 100, order: { state: 'cancelled' } })
    expect(await world.openLots(shopper.memberId)).toEqual(before)
    expect(await stockOf(itemId)).toEqual({ stock: 1, redeemed: 0 })
  })

  it('shows in each entry the change of the lots: minus for the redemption, plus for the cancellation (FP2)', async () => {
    const [shopper, itemId] = [await aShopper(), await world.anItem({ points: 300 })]
    const { body } = await redeem(shopper, itemId)
    await cancel(shopper, body.order.orderNo)
    const { rows } = await shopper.call('GET /me/entries', { limit: 2 })
    const draws = await Promise.all(
      rows.map(async ({ seq }) => (await shopper.call('GET /me/entries/:seq', { seq })).draws),
    )
    expect(draws).toMatchObject([[{ points: 300 }], [{ points: -300 }]])
  })

  it.each([
    ['waiting', '兑换成功，可以取货了'],
    ['cancelled', '兑换已取消'],
    ['handed-over', '已取货'],
  ])('is told of in the inbox as %s: %s (FP10)', async (state, title) => {
    const [shopper, itemId] = [await aShopper(), await world.anItem({ name: '帆布袋' })]
    const { order } = (await redeem(shopper, itemId)).body
    await world.settle()
    if (state === 'cancelled') await cancel(shopper, order.orderNo)
    if (state === 'handed-over') {
      const clerk = await world.aClerk([storeId])
      await clerk.call('POST /clerk/pickups', { code: order.pickupCode, storeId, requestId: fresh() })
    }
    const { rows } = await shopper.call('GET /me/messages', {})
    expect(rows.map((row) => row.title)).toEqual([title])
  })

  it('reports when points come back after their last usable day and cannot be spent', async () => {
    const [shopper, itemId] = [await aShopper({ points: 100 }), await world.anItem({ points: 100 })]
    const { orderNo } = (await redeem(shopper, itemId)).body.order
    world.clock.travelDays(400)
    const { text } = await shopper.call('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId: fresh() })
    expect(text).toContain('其中 100 分已过有效期')
    expect((await redeem(shopper, itemId)).body.code).toBe('points.short')
  })

  it('answers the same request as before, and refuses another one', async () => {
    const [shopper, itemId, requestId] = [await aShopper(), await world.anItem(), fresh()]
    const { orderNo } = (await redeem(shopper, itemId)).body.order
    const first = await shopper.call('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId })
    expect(await shopper.call('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId })).toEqual(first)
    const other = await admin.ask('POST /admin/redemptions/:orderNo/cancel', {
      orderNo,
      requestId: fresh(),
      reason: '破损',
    })
    expect(other.body.code).toBe('order.cancelled')
    expect((await world.account(shopper.memberId)).balance).toBe(1_000)
  })

  it('is open to the merchant, with a reason and an audit log line', async () => {
    const [shopper, itemId] = [await aShopper(), await world.anItem()]
    const { orderNo } = (await redeem(shopper, itemId)).body.order
    await admin.call('POST /admin/redemptions/:orderNo/cancel', { orderNo, requestId: fresh(), reason: '商品破损' })
    const [stored] = await world.db.select().from(ordersTable).where(eq(ordersTable.memberId, shopper.memberId))
    expect(stored).toMatchObject({ state: 'cancelled', reason: '商品破损', endedBy: `admin/${world.env.adminLogin}` })
    const { rows } = await admin.call('POST /admin/audit-log/search', { q: '商品破损' })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ action: 'order.cancel', subject: `member/${shopper.memberId}` })
  })
})
