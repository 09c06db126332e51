import { members } from '@pointbook/server/features/members/directory/tables'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { line, opens, type PresetShop } from '../../../support/preset-shop.ts'

let shop: PresetShop

const inA = (key: string) =>
  opens(key, (opened) => {
    shop = opened
  })

describe('a coffee shop', () => {
  inA('coffee')

  const cups = (quantity: number, yuan: number) => line(yuan, { name: '咖啡', category: '咖啡', quantity })

  it.each([
    ['one for 9.90', [cups(1, 9.9)], 10],
    ['one for 58', [cups(1, 58)], 10],
    ['three together', [cups(3, 84)], 30],
    ['two kinds and a cake', [cups(2, 56), cups(1, 32), line(32, { category: '甜品' })], 30],
    ['a cake alone', [line(32, { category: '甜品' })], 0],
  ])('gives 10 points per cup, whatever it costs: %s (B24)', async (_, lines, points) => {
    expect(await shop.earns(...lines)).toBe(points)
  })

  it('gives 50 for registering (B24)', async () => {
    expect(await shop.balance(await shop.registers())).toBe(50)
  })

  it('gives 5 to 15 a day for days in a row, and starts again after a missed day (B24)', async () => {
    const memberId = await shop.aMember()
    expect(await shop.checksIn(memberId, 8)).toEqual([5, 7, 9, 11, 13, 15, 15, 15])
    shop.clock.travelDays(1)
    expect(await shop.checksIn(memberId, 2)).toEqual([5, 7])
  })

  it('gives 80 to both once the friend has registered and bought, and not before (B24)', async () => {
    const inviter = await shop.registers()
    const friend = await shop.registers(inviter)
    expect([await shop.balance(inviter), await shop.balance(friend)]).toEqual([50, 50])
    await shop.buys(friend, [cups(1, 28)])
    await shop.settle()
    expect([await shop.balance(inviter), await shop.balance(friend)]).toEqual([50 + 80, 50 + 10 + 80])
    await shop.buys(friend, [cups(1, 28)])
    await shop.settle()
    expect(await shop.balance(inviter)).toBe(130)
  })

  it('expires points nine months after they were earned (C6)', async () => {
    const memberId = await shop.aMember()
    await shop.buys(memberId, [cups(1, 28)])
    expect(await shop.leftOn('2026-12-02', memberId)).toBe(10)
    expect(await shop.leftOn('2026-12-03', memberId)).toBe(0)
  })

  it('takes the points of a returned cup back (H1)', async () => {
    const memberId = await shop.aMember()
    const { receiptNo } = await shop.buys(memberId, [cups(2, 56)])
    const returned = { storeId: shop.storeId, receiptNo, lines: [{ line: 0, quantity: 1, amountFen: 28_00 }] }
    await shop.clerk.call('POST /clerk/returns', { ...returned, requestId: `half-${receiptNo}` })
    expect(await shop.balance(memberId)).toBe(10)
  })
})

describe('a restaurant', () => {
  inA('catering')

  const bornOn = async (birthday: string) => {
    const memberId = await shop.aMember()
    await shop.db
      .update(members)
      .set({ birthMonthDay: birthday.slice(-5) })
      .where(eq(members.id, memberId))
    return memberId
  }

  it.each([
    ['2026-03-03', 204],
    ['2026-03-04', 408],
    ['2026-03-05', 204],
  ])('doubles on the member day: %s (B27)', async (on, points) => {
    shop.on(on)
    expect(await shop.earns(line(168), line(36))).toBe(points)
  })

  it.each([
    ['2026-02-27', 100],
    ['2026-03-02', 200],
    ['2026-03-31', 200],
    ['2026-04-02', 100],
  ])('doubles for the birthday, in its month: %s (B13, B27)', async (on, points) => {
    shop.on(on)
    const memberId = await bornOn('1990-03-15')
    expect((await shop.buys(memberId, [line(100)])).points).toBe(points)
  })

  it('doubles once when the birthday meets the member day (B27)', async () => {
    shop.on('2026-03-04')
    const { points, why } = await shop.buys(await bornOn('1990-03-15'), [line(100)])
    expect(points).toBe(200)
    expect(why.filter(({ matched }) => matched)).toHaveLength(2)
  })

  it('gives priority in the queue and cheaper delivery to higher tiers (F7)', async () => {
    const memberId = await shop.aMember()
    const rights = async () =>
      (await (await shop.asMember(memberId)).call('GET /me')).tier!.benefits.map((one) => one.name)
    expect(await rights()).toEqual(['生日餐'])
    await shop.buys(memberId, [line(1_000)])
    expect(await rights()).toEqual(['生日餐', '优先排号'])
    await shop.buys(memberId, [line(4_000)])
    expect(await rights()).toEqual(['生日餐', '优先排号', '外送优惠'])
  })
})
