import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPolicy, living } from '../../support/policies.ts'
import { aWorld, fresh, publish } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>
let admin: Awaited<ReturnType<typeof world.asAdmin>>

const renewing = (leastFen?: number) =>
  aPolicy({
    expiry: {
      ...living({ type: 'months', months: 12 }),
      extension: { type: 'renewal', by: ['purchase'], months: 12, ...(leastFen !== undefined && { leastFen }) },
    },
  })

beforeAll(async () => {
  world = await aWorld()
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
  admin = await world.asAdmin()
})
afterAll(async () => {
  expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
  await world.close()
})

const on = (day: string) => world.clock.set(`${day}T04:00:00.000Z`)
const buy = async (memberId: number, yuan: number) =>
  (await world.buy(clerk, memberId, storeId, [Math.round(yuan * 100)])).receiptNo
const back = (receiptNo: string, amountFen: number, quantity = 1) =>
  clerk.call('POST /clerk/returns', {
    storeId,
    receiptNo,
    lines: [{ line: 0, quantity, amountFen }],
    requestId: fresh(),
  })
const lastDays = async (memberId: number) =>
  (await world.openLots(memberId)).map(({ remaining, expiresOn }) => [remaining, expiresOn])

describe('a renewal by purchase', () => {
  it('requires the minimum amount of the policy (FN12)', async () => {
    on('2026-03-02')
    await publish(admin, renewing(100_00))
    const memberId = await world.aMember()
    await buy(memberId, 300)
    on('2026-06-02')
    await buy(memberId, 99.99)
    expect((await lastDays(memberId))[0]).toEqual([300, '2027-03-02'])
    await buy(memberId, 100)
    expect((await lastDays(memberId))[0]).toEqual([300, '2027-06-02'])
  })

  it('is undone by a return that leaves too little of the purchase (FN12)', async () => {
    on('2026-03-02')
    await publish(admin, renewing(100_00))
    const memberId = await world.aMember()
    await buy(memberId, 300)
    on('2026-06-02')
    const receiptNo = await buy(memberId, 150)
    await back(receiptNo, 50_00, 0)
    expect((await lastDays(memberId))[0]).toEqual([300, '2027-06-02'])
    await back(receiptNo, 1, 0)
    expect((await lastDays(memberId))[0]).toEqual([300, '2027-03-02'])
    const [entry] = await world.entries(memberId)
    expect(entry).toMatchObject({
      kind: 'redate',
      cause: 'extension',
      why: [{ because: { type: 'extension-undone' } }],
    })
  })

  it('of a purchase that was not returned stays when another one is returned, in either order (FN12)', async () => {
    for (const [first, second] of [
      [0, 1],
      [1, 0],
    ] as const) {
      on('2026-03-02')
      await publish(admin, renewing())
      const memberId = await world.aMember()
      await buy(memberId, 300)
      on('2026-06-02')
      const receipts = [await buy(memberId, 10)]
      on('2026-08-02')
      receipts.push(await buy(memberId, 10))
      expect((await lastDays(memberId))[0]).toEqual([300, '2027-08-02'])
      await back(receipts[first]!, 10_00)
      expect((await lastDays(memberId))[0]).toEqual([300, first === 0 ? '2027-08-02' : '2027-06-02'])
      await back(receipts[second]!, 10_00)
      expect((await lastDays(memberId))[0]).toEqual([300, '2027-03-02'])
    }
  })

  it('undone after the old last day ends the points the next night (FN12)', async () => {
    on('2026-03-02')
    await publish(admin, renewing())
    const memberId = await world.aMember()
    await buy(memberId, 300)
    on('2027-02-02')
    const receiptNo = await buy(memberId, 0.01)
    on('2027-05-02')
    expect((await world.account(memberId)).balance).toBe(300)
    await back(receiptNo, 1)
    on('2027-05-03')
    await expirePoints(world.server)
    expect(await world.account(memberId)).toMatchObject({ balance: 0, expired: 300 })
  })
})
