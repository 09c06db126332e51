import { purchasesTable } from '@pointbook/server/features/earning/purchases/tables'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aRule, earningBy } from '../../support/policies.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let clerk: Speaker
let storeId: number

beforeAll(async () => {
  const rate = aRule({ gift: { type: 'rate', points: 1, perFen: 100 } })
  const double = aRule({ id: 'double', gift: { type: 'multiply', multiplierBp: 20_000 } })
  world = await aWorld({ policy: { earning: earningBy([rate, double]) } })
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
})
afterAll(() => world.close())

async function buy(amountsFen: number[]) {
  const visit = await world.aVisit(clerk, await world.aMember(), storeId)
  const lines = amountsFen.map((amountFen) => ({ name: '金条', quantity: 1, amountFen }))
  const receipt = { visit, storeId, receiptNo: fresh('R'), lines }
  const preview = await clerk.ask('POST /clerk/purchases/preview', receipt)
  const recorded = await clerk.ask('POST /clerk/purchases', receipt)
  return { receipt, preview, recorded }
}

it('computes the largest line beside the smallest exactly, with a multiplier (FN6)', async () => {
  const { receipt, preview, recorded } = await buy([10_000_000_00, 27])
  expect(preview).toMatchObject({ status: 200, body: { points: 20_000_000, amountFen: 10_000_000_27 } })
  expect(recorded).toMatchObject({ status: 200, body: { points: 20_000_000, amountFen: 10_000_000_27 } })
  const [stored] = await world.db.select().from(purchasesTable).where(eq(purchasesTable.receiptNo, receipt.receiptNo))
  expect(stored!.lines.map(({ points }) => points)).toEqual([20_000_000, 0])
})

it('accepts a receipt of 20 million yuan and refuses more, both in the preview and in the recording (FN6)', async () => {
  const most = await buy([10_000_000_00, 10_000_000_00])
  expect(most.recorded).toMatchObject({ status: 200, body: { amountFen: 20_000_000_00, points: 40_000_000 } })
  for (const amounts of [[10_000_000_00, 10_000_000_00, 1], Array<number>(100).fill(10_000_000_00)]) {
    const { preview, recorded } = await buy(amounts)
    const refused = { status: 400, body: { code: 'receipt.too-large', text: expect.stringContaining('20,000,000.00') } }
    expect([preview, recorded]).toMatchObject([refused, refused])
  }
})

it('refuses points that would exceed the maximum of an account, and never a deduction (FN6)', async () => {
  const admin = await world.asAdmin()
  const memberId = await world.aMember({ points: 999_999_999 })
  const adjust = (points: number) =>
    admin.ask('POST /admin/members/:memberId/adjustments', { memberId, points, reason: '补发', requestId: fresh() })
  expect(await adjust(2)).toMatchObject({ status: 409, body: { code: 'points.too-many' } })
  const visit = await world.aVisit(clerk, memberId, storeId)
  const lines = [{ name: '拿铁', quantity: 1, amountFen: 30_00 }]
  expect(await clerk.ask('POST /clerk/purchases', { visit, storeId, receiptNo: fresh('R'), lines })).toMatchObject({
    status: 409,
    body: { code: 'points.too-many' },
  })
  expect(await adjust(-5)).toMatchObject({ status: 200 })
})

it('keeps lifetime totals above the maximum balance of an account (FN6)', async () => {
  const admin = await world.asAdmin()
  const memberId = await world.aMember()
  for (const points of [1_000_000_000, -1_000_000_000, 1_000_000_000, -1_000_000_000, 1_000_000_000])
    expect(
      await admin.ask('POST /admin/members/:memberId/adjustments', {
        memberId,
        points,
        reason: '补',
        requestId: fresh(),
      }),
    ).toMatchObject({ status: 200 })
})

it('refuses stock beyond its bound (FN6)', async () => {
  const admin = await world.asAdmin()
  const itemId = await world.anItem({ stock: 999_999_990 })
  const restock = (delta: number) =>
    admin.ask('POST /admin/items/:itemId/stock', { itemId, delta, reason: '进货', requestId: fresh() })
  expect(await restock(10)).toMatchObject({ status: 200 })
  expect(await restock(1)).toMatchObject({ status: 409, body: { code: 'stock.too-many' } })
})
