import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import { describe, expect, it } from 'vitest'
import { aPolicy, aRule, earningBy } from '../../support/policies.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh, publish } from '../../support/world.ts'

inAStaffedShop()

const noCaps = { day: null, month: null, member: null, budget: null }
const byYuan = { type: 'rate', points: 1, perFen: 100 } as const

const rulesAre = async (...rules: EarningRule[]) => {
  expect((await publish(admin, aPolicy({ earning: earningBy(rules), returns: 'debt' }))).status).toBe(200)
}

const buy = (memberId: number, ...amountsFen: number[]) => world.buy(clerk, memberId, storeId, amountsFen)

const back = (receiptNo: string, line: number, amountFen: number, quantity = 1) =>
  clerk.call('POST /clerk/returns', {
    storeId,
    receiptNo,
    lines: [{ line, quantity, amountFen }],
    requestId: fresh(),
  })

describe('a cap', () => {
  it.each(['day', 'month', 'member', 'budget'] as const)(
    'by %s is given back with the points of a returned purchase (FN3)',
    async (cap) => {
      await rulesAre(aRule({ id: `capped-${cap}`, gift: byYuan, caps: { ...noCaps, [cap]: 100 } }))
      const memberId = await world.aMember()
      const { receiptNo, points } = await buy(memberId, 100_00)
      expect(points).toBe(100)
      await back(receiptNo, 0, 100_00)
      expect((await buy(memberId, 100_00)).points).toBe(100)
      expect((await buy(memberId, 100_00)).points).toBe(0)
    },
  )

  it('is given back in part with a part of the purchase, and in full when all of it is returned (FN3)', async () => {
    await rulesAre(aRule({ id: 'parts', gift: byYuan, caps: { ...noCaps, day: 100 } }))
    const memberId = await world.aMember()
    const { receiptNo } = await buy(memberId, 80_00, 80_00)
    await back(receiptNo, 0, 80_00)
    expect((await buy(memberId, 10_00)).points).toBe(10)
    expect((await buy(memberId, 90_00)).points).toBe(40)
    await back(receiptNo, 1, 80_00)
    expect((await buy(memberId, 90_00)).points).toBe(50)
  })

  it('stays used when the points could not be taken back (FN3)', async () => {
    const rules = [aRule({ id: 'clamped', gift: byYuan, caps: { ...noCaps, member: 100 } })]
    await publish(admin, aPolicy({ earning: earningBy(rules), returns: 'clamp' }))
    const memberId = await world.aMember()
    const { receiptNo } = await buy(memberId, 100_00)
    const itemId = await world.anItem({ points: 70 })
    const member = await world.asMember(memberId)
    await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    expect(await back(receiptNo, 0, 100_00)).toMatchObject({ taken: 30, letGo: 70 })
    expect((await buy(memberId, 100_00)).points).toBe(30)
  })

  it('is given back to the record into which the buyer was merged (FN3)', async () => {
    await rulesAre(aRule({ id: 'merged', gift: byYuan, caps: { ...noCaps, member: 100 } }))
    const [keptId, doubleId] = [await world.aMember(), await world.aMember()]
    const { receiptNo } = await buy(doubleId, 60_00)
    await buy(keptId, 40_00)
    await admin.call('POST /admin/members/:memberId/merge', {
      memberId: keptId,
      doubleId,
      reason: '同一人',
      requestId: fresh(),
    })
    expect((await buy(keptId, 50_00)).points).toBe(0)
    await back(receiptNo, 0, 60_00)
    expect((await buy(keptId, 90_00)).points).toBe(60)
  })
})

describe('the number of a purchase', () => {
  const gifts = [
    aRule({ id: 'base', gift: byYuan }),
    aRule({ id: 'first', conditions: [{ type: 'first-purchase' }], gift: { type: 'fixed', points: 30 } }),
    aRule({
      id: 'second',
      conditions: [{ type: 'nth-purchase', n: 2, every: false }],
      gift: { type: 'fixed', points: 7 },
    }),
  ]

  it('does not count returned purchases: the gift of a returned first purchase comes with the next one (FN3)', async () => {
    await rulesAre(...gifts)
    const memberId = await world.aMember()
    const { receiptNo, points } = await buy(memberId, 10_00)
    expect(points).toBe(40)
    await back(receiptNo, 0, 10_00)
    expect((await buy(memberId, 10_00)).points).toBe(40)
    expect((await buy(memberId, 10_00)).points).toBe(17)
  })

  it('counts a purchase of which a part came back (FN3)', async () => {
    await rulesAre(...gifts)
    const memberId = await world.aMember()
    const { receiptNo } = await buy(memberId, 10_00, 10_00)
    await back(receiptNo, 0, 10_00)
    expect((await buy(memberId, 10_00)).points).toBe(17)
  })

  it('counts a purchase of 0 yuan as returned once, with its last piece (FN3)', async () => {
    await rulesAre(...gifts)
    const memberId = await world.aMember()
    await buy(memberId, 10_00)
    const { receiptNo } = await buy(memberId, 0, 0)
    await back(receiptNo, 0, 0)
    expect((await world.account(memberId)).boughtByMonth['2026-03']).toEqual([10_00, 2])
    await back(receiptNo, 1, 0)
    expect((await world.account(memberId)).boughtByMonth['2026-03']).toEqual([10_00, 1])
  })

  it('is the same for rules, tiers and the view of a merge (FN3)', async () => {
    const levels = [
      { id: 'none', name: '普通', from: 0, multiplierBp: 10_000, benefits: [] },
      { id: 'second', name: '老客', from: 2, multiplierBp: 10_000, benefits: [] },
    ]
    const tiers = { ...aPolicy().tiers, measure: 'purchases' as const, window: 'lifetime' as const, levels }
    await publish(admin, aPolicy({ earning: earningBy(gifts), tiers }))
    const [keptId, doubleId] = [await world.aMember(), await world.aMember()]
    const { receiptNo } = await buy(doubleId, 10_00)
    await back(receiptNo, 0, 10_00)
    await buy(keptId, 10_00)
    const seen = await admin.call('GET /admin/members/:memberId/merge', { memberId: keptId, doubleId })
    expect([seen.kept.purchases, seen.double.purchases, seen.after.purchases]).toEqual([1, 0, 1])
    expect(seen.after.tierName).toBe('普通')
    const merged = await admin.call('POST /admin/members/:memberId/merge', {
      memberId: keptId,
      doubleId,
      reason: '同一人',
      requestId: fresh(),
    })
    expect(merged).toMatchObject({ purchases: 1, tierName: '普通' })
    expect((await buy(keptId, 10_00)).points).toBe(17)
    expect((await world.entries(keptId)).some(({ why }) => why.some(({ because }) => 'standing' in because))).toBe(true)
  })
})
