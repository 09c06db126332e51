import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, fresh } from '../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>

const forty = <T>(one: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 40 }, (_, index) => one(index)))

beforeAll(async () => {
  world = await aWorld()
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
})
afterAll(() => world.close())

it('pays one of forty check-ins at once', async () => {
  const member = await world.asMember(await world.aMember())
  const answers = await forty(() => member.call('POST /me/check-ins'))
  expect(answers.filter(({ already }) => !already)).toHaveLength(1)
  expect((await member.call('GET /me')).points.balance).toBe(5)
})

it('records one receipt once, however many send it at once', async () => {
  const memberId = await world.aMember()
  const visit = await world.aVisit(clerk, memberId, storeId)
  const receipt = { visit, storeId, receiptNo: fresh('R'), lines: [{ name: '拿铁', quantity: 1, amountFen: 10_000 }] }
  const answers = await forty(() => clerk.call('POST /clerk/purchases', receipt))
  expect(new Set(answers.map(({ seq }) => seq)).size).toBe(1)
  expect((await world.account(memberId)).balance).toBe(100)
})

it('gives one receipt to one of forty members', async () => {
  const receiptNo = fresh('R')
  const visits = []
  for (let count = 0; count < 40; count++) visits.push(await world.aVisit(clerk, await world.aMember(), storeId))
  const answers = await Promise.all(
    visits.map((visit) =>
      clerk.ask('POST /clerk/purchases', {
        visit,
        storeId,
        receiptNo,
        lines: [{ name: '拿铁', quantity: 1, amountFen: 10_000 }],
      }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(
    new Set(['receipt.taken']),
  )
})

it('takes back no more than a receipt gave, with any number of simultaneous returns', async () => {
  const memberId = await world.aMember()
  const { receiptNo } = await world.buy(clerk, memberId, storeId, [10_000])
  const lines = [{ line: 0, quantity: 0, amountFen: 3_000 }]
  const answers = await forty(() => clerk.ask('POST /clerk/returns', { storeId, receiptNo, lines, requestId: fresh() }))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  expect((await world.account(memberId)).balance).toBe(10)
})

it('never takes a balance below zero by forty deductions at once', async () => {
  const memberId = await world.aMember({ points: 100 })
  const admin = await world.asAdmin()
  const answers = await forty(() =>
    admin.ask('POST /admin/members/:memberId/adjustments', {
      memberId,
      points: -30,
      reason: '扣减',
      requestId: fresh(),
    }),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  expect(await world.account(memberId)).toMatchObject({ balance: 10, debt: 0 })
})

it('keeps the books balanced', async () => {
  expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
})
