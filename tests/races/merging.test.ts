import { afterAll, beforeAll, expect, it } from 'vitest'
import { changeSettings } from '../support/edits.ts'
import { aWorld, fresh } from '../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let admin: Awaited<ReturnType<typeof world.asAdmin>>
let clerk: Awaited<ReturnType<typeof world.aClerk>>

beforeAll(async () => {
  world = await aWorld()
  storeId = await world.aStore()
  admin = await world.asAdmin()
  clerk = await world.aClerk([storeId])
})
afterAll(() => world.close())

const merge = (memberId: number, doubleId: number) =>
  admin.ask('POST /admin/members/:memberId/merge', { memberId, doubleId, reason: '同一个人', requestId: fresh() })

const sold = [{ name: '拿铁', quantity: 1, amountFen: 10_00 }]

it('keeps every point while forty purchases are recorded on both sides of a merge', async () => {
  const [kept, double] = [await world.aMember({ points: 7 }), await world.aMember({ points: 5 })]
  const visits = [await world.aVisit(clerk, kept, storeId), await world.aVisit(clerk, double, storeId)]
  const receipts = Array.from({ length: 40 }, (_, index) => ({
    visit: visits[index % 2]!,
    storeId,
    receiptNo: fresh('R'),
    lines: sold,
  }))
  const [merged, ...answers] = await Promise.all([
    new Promise((resolve) => setTimeout(resolve, 15)).then(() => merge(kept, double)),
    ...receipts.map(async (receipt, index) => {
      await new Promise((resolve) => setTimeout(resolve, index))
      return clerk.ask('POST /clerk/purchases', receipt)
    }),
  ])
  expect(merged.status).toBe(200)
  const recorded = answers.filter(({ status }) => status === 200)
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(
    new Set(recorded.length === 40 ? [] : ['member.merged-into']),
  )
  const balance = 12 + 10 * recorded.length
  expect(await world.account(kept)).toMatchObject({ balance, purchases: recorded.length })
  expect(await world.account(double)).toMatchObject({ balance: 0, purchases: 0, standing: 'cancelled' })
})

it('takes back a purchase of the double once, during the merge', async () => {
  const [kept, double] = [await world.aMember({ points: 1_000 }), await world.aMember()]
  const bought = []
  for (let count = 0; count < 20; count++) bought.push(await world.buy(clerk, double, storeId, [10_00]))
  const lines = [{ line: 0, quantity: 1, amountFen: 10_00 }]
  const [merged, ...returned] = await Promise.all([
    merge(kept, double),
    ...bought.map(({ receiptNo }) =>
      clerk.ask('POST /clerk/returns', { storeId, receiptNo, lines, requestId: fresh() }),
    ),
  ])
  expect(merged.status).toBe(200)
  expect(returned.map(({ status }) => status)).toEqual(returned.map(() => 200))
  expect(await world.account(kept)).toMatchObject({ balance: 1_000, debt: 0, spendFen: 0 })
  expect(await world.account(double)).toMatchObject({ balance: 0, debt: 0 })
})

it('makes one of two opposite merges, and one of forty merges of the same double', async () => {
  const [a, b] = [await world.aMember({ points: 3 }), await world.aMember({ points: 4 })]
  const both = await Promise.all([merge(a, b), merge(b, a)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  const double = await world.aMember({ points: 9 })
  const others = await Promise.all(Array.from({ length: 40 }, () => world.aMember()))
  const answers = await Promise.all(others.map((kept) => merge(kept, double)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const balances = await Promise.all(others.map(async (kept) => (await world.account(kept)).balance))
  expect(balances.reduce((sum, points) => sum + points, 0)).toBe(9)
})

it('keeps the books balanced', async () => {
  await world.settle()
  expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
})

it('gives one blank card to one of forty members, and one member one of forty cards', async () => {
  const settings = { name: '店', notice: '', servicePhone: '', cards: true }
  await changeSettings(admin, settings)
  const { batchId } = await admin.call('POST /admin/card-batches', { cards: 41, requestId: fresh() })
  const [first, ...rest] = (await admin.call('GET /admin/card-batches/:batchId', { batchId })).cardNos
  const memberIds = await Promise.all(Array.from({ length: 40 }, () => world.aMember()))
  const op = 'POST /admin/members/:memberId/cards'
  const answers = await Promise.all(memberIds.map((memberId) => admin.ask(op, { memberId, cardNo: first })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const memberId = await world.aMember()
  await Promise.all(rest.map((cardNo) => admin.call(op, { memberId, cardNo })))
  const { rows } = await admin.call('GET /admin/members/:memberId/cards', { memberId })
  expect(rows.filter(({ state }) => state === 'active')).toHaveLength(1)
  expect(rows.filter(({ state }) => state === 'replaced')).toHaveLength(39)
})
