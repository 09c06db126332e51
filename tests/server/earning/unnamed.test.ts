import { afterAll, beforeAll, expect, it } from 'vitest'
import { aRule, earningBy } from '../../support/policies.ts'
import { aWorld, fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>

beforeAll(async () => {
  const none = { categories: [], brands: [], skus: [] }
  const scope = { only: { ...none, categories: ['咖啡'] }, except: none }
  world = await aWorld({ policy: { earning: earningBy([aRule({ gift: { type: 'fixed', points: 5 }, scope })]) } })
})
afterAll(() => world.close())

it('gives the points of the rule for another spelling of its category, and lists the names without a rule (FI6)', async () => {
  const [storeId, memberId, admin] = [await world.aStore(), await world.aMember(), await world.asAdmin()]
  const clerk = await world.aClerk([storeId])
  expect(await admin.call('GET /admin/policy/unnamed')).toEqual({ receipts: 0, rows: [] })
  for (const [category, points] of [
    ['　咖啡 ', 5],
    ['奶茶', 0],
    ['奶茶\u200b', 0],
  ] as const) {
    const visit = await world.aVisit(clerk, memberId, storeId)
    const lines = [{ name: '一杯', quantity: 1, amountFen: 20_00, category }]
    const recorded = await clerk.call('POST /clerk/purchases', { visit, storeId, receiptNo: fresh('R'), lines })
    expect(recorded.points, category).toBe(points)
  }
  expect(await admin.call('GET /admin/policy/unnamed')).toEqual({
    receipts: 3,
    rows: [{ kind: 'categories', name: '奶茶', lines: 2 }],
  })
})
