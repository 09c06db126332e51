import { setTimeout } from 'node:timers/promises'
import { ordersTable } from '@pointbook/server/features/spending/mall/tables'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, fresh, type Speaker } from '../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number

beforeAll(async () => {
  world = await aWorld()
  storeId = await world.aStore()
})
afterAll(() => world.close())

const forty = <T>(run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 40 }, (_, index) => run(index)))

const redeem = (member: Speaker, itemId: number, at = storeId) =>
  member.ask('POST /mall/redemptions', { itemId, quantity: 1, storeId: at, requestId: fresh() })

/** How many answers were of each kind. */
function codes(answers: { status: number; body: { code?: string } }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const code = status === 200 ? 'done' : body.code!
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

async function itemNow(itemId: number) {
  const { rows } = await (await world.asAdmin()).call('GET /admin/items')
  const { stock, redeemed } = rows.find((item) => item.itemId === itemId)!
  return { stock, redeemed }
}

it('gives the last item to one of forty members who redeem it at once', async () => {
  const itemId = await world.anItem({ points: 10, stock: 1 })
  const memberIds = await forty(() => world.aMember({ points: 100 }))
  const members = await Promise.all(memberIds.map(world.asMember))
  const answers = await forty((index) => redeem(members[index]!, itemId))
  expect(codes(answers)).toEqual({ done: 1, 'item.sold-out': 39 })
  expect(await itemNow(itemId)).toEqual({ stock: 0, redeemed: 1 })
  const balances = await Promise.all(memberIds.map(async (memberId) => (await world.account(memberId)).balance))
  expect(balances.reduce((sum, balance) => sum + balance, 0)).toBe(40 * 100 - 10)
})

it('spends no more than a member’s balance in forty redemptions at once', async () => {
  const itemId = await world.anItem({ points: 30, stock: 1_000 })
  const memberId = await world.aMember({ points: 100 })
  const member = await world.asMember(memberId)
  expect(codes(await forty(() => redeem(member, itemId)))).toEqual({ done: 3, 'points.short': 37 })
  expect((await world.account(memberId)).balance).toBe(10)
  expect(await itemNow(itemId)).toEqual({ stock: 997, redeemed: 3 })
})

it('holds a member to the limit in forty redemptions at once', async () => {
  const itemId = await world.anItem({ points: 1, stock: 1_000, limitPerMember: 2 })
  const member = await world.asMember(await world.aMember({ points: 1_000 }))
  expect(codes(await forty(() => redeem(member, itemId)))).toEqual({ done: 2, 'item.limit-reached': 38 })
})

it('answers one request sent forty times with one order', async () => {
  const itemId = await world.anItem({ points: 10, stock: 1_000 })
  const memberId = await world.aMember({ points: 1_000 })
  const member = await world.asMember(memberId)
  const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
  const answers = await forty(() => member.ask('POST /mall/redemptions', wish))
  expect(new Set(answers.map(({ body }) => body.order.orderNo)).size).toBe(1)
  expect((await world.account(memberId)).balance).toBe(990)
})

it('hands an order over once when its code is scanned forty times at once', async () => {
  const itemId = await world.anItem({ points: 10 })
  const member = await world.asMember(await world.aMember({ points: 100 }))
  const clerk = await world.aClerk([storeId])
  const { pickupCode: code } = (await redeem(member, itemId)).body.order
  const scan = () => clerk.ask('POST /clerk/pickups', { code, storeId, requestId: fresh() })
  expect(codes(await forty(scan))).toEqual({ done: 1, 'order.handed-over': 39 })
})

it('gives points and stock back once when an order is cancelled forty times at once', async () => {
  const itemId = await world.anItem({ points: 40, stock: 5 })
  const memberId = await world.aMember({ points: 100 })
  const [member, admin] = [await world.asMember(memberId), await world.asAdmin()]
  const { orderNo } = (await redeem(member, itemId)).body.order
  const cancel = (index: number) =>
    index % 2
      ? member.ask('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId: fresh() })
      : admin.ask('POST /admin/redemptions/:orderNo/cancel', { orderNo, requestId: fresh(), reason: '缺货' })
  expect(codes(await forty(cancel))).toEqual({ done: 1, 'order.cancelled': 39 })
  expect((await world.account(memberId)).balance).toBe(100)
  expect(await itemNow(itemId)).toEqual({ stock: 5, redeemed: 0 })
})

it('either hands an order over or cancels it when both happen at once', async () => {
  const itemId = await world.anItem({ points: 40, stock: 100 })
  const memberId = await world.aMember({ points: 1_000 })
  const [member, clerk] = [await world.asMember(memberId), await world.aClerk([storeId])]
  for (let round = 0; round < 5; round++) {
    const { orderNo, pickupCode: code } = (await redeem(member, itemId)).body.order
    const [cancelled, handed] = await Promise.all([
      member.ask('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId: fresh() }),
      clerk.ask('POST /clerk/pickups', { code, storeId, requestId: fresh() }),
    ])
    expect([cancelled.status, handed.status].sort()).toEqual([200, 409])
  }
})

it('never lowers the stock below zero when the merchant lowers it forty times at once', async () => {
  const itemId = await world.anItem({ stock: 10 })
  const admin = await world.asAdmin()
  const lower = () =>
    admin.ask('POST /admin/items/:itemId/stock', { itemId, delta: -1, reason: '盘点', requestId: fresh() })
  expect(codes(await forty(lower))).toEqual({ done: 10, 'stock.below-zero': 30 })
  expect(await itemNow(itemId)).toEqual({ stock: 0, redeemed: 0 })
})

it('leaves no order waiting at a store that closes while forty members redeem there (FM5)', async () => {
  const itemId = await world.anItem({ points: 1, stock: 100_000 })
  const members = await forty(async () => world.asMember(await world.aMember({ points: 100 })))
  const admin = await world.asAdmin()
  for (let round = 0; round < 12; round++) {
    const at = await world.aStore(`第 ${round + 1} 家`)
    const { rows } = await admin.call('GET /admin/stores')
    const { revision } = rows.find((store) => store.storeId === at)!
    const redeemed = forty((index) => redeem(members[index]!, itemId, at))
    await setTimeout(round * 3)
    const closing = await admin.ask('PATCH /admin/stores/:storeId', { storeId: at, revision, open: false })
    const { done = 0, 'store.closed': refused = 0 } = codes(await redeemed)
    expect(done + refused).toBe(40)
    const waiting = and(eq(ordersTable.storeId, at), eq(ordersTable.state, 'waiting'))
    expect(await world.db.$count(ordersTable, waiting)).toBe(done)
    if (closing.status === 200) expect(done, `round ${round}`).toBe(0)
    else expect([closing.body.code, refused]).toEqual(['store.orders-waiting', 0])
  }
})
