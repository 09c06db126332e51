import { describe, expect, it } from 'vitest'
import { line, opens, type PresetShop } from '../../../support/preset-shop.ts'

let shop: PresetShop

const inA = (key: string) =>
  opens(key, (opened) => {
    shop = opened
  })

describe('the general scheme', () => {
  inA('general')

  it.each([
    [1, 1],
    [50, 50],
    [99.99, 99],
    [100, 150],
    [150, 225],
    [199.99, 298],
    [200, 400],
    [260, 520],
  ])('gives 1 point for 1 yuan, ×1.5 from 100 and ×2 from 200: %d yuan (B8, B9)', async (yuan, points) => {
    expect(await shop.earns(line(yuan))).toBe(points)
  })

  it('uses the whole receipt, not its lines (B9)', async () => {
    expect(await shop.earns(line(60), line(60), line(80))).toBe(400)
  })

  it('gives 5 more at three and 10 more at seven days in a row, week after week (B10)', async () => {
    const week = [5, 5, 5 + 5, 5, 5, 5, 5 + 10]
    expect(await shop.checksIn(await shop.aMember(), 10)).toEqual([...week, ...week.slice(0, 3)])
  })

  it('starts the days again after a missed one (B10)', async () => {
    const memberId = await shop.aMember()
    await shop.checksIn(memberId, 2)
    shop.clock.travelDays(1)
    expect(await shop.checksIn(memberId, 3)).toEqual([5, 5, 10])
  })

  it('gives 20 to the inviter and 10 to the friend at registration (B11)', async () => {
    const inviter = await shop.registers()
    const friend = await shop.registers(inviter)
    expect([await shop.balance(inviter), await shop.balance(friend)]).toEqual([20, 10])
  })

  it('expires points a year after they were earned (C1)', async () => {
    const memberId = await shop.aMember()
    await shop.buys(memberId, [line(50)])
    shop.on('2026-09-01')
    await shop.buys(memberId, [line(30)])
    expect(await shop.leftOn('2027-03-02', memberId)).toBe(80)
    expect(await shop.leftOn('2027-03-03', memberId)).toBe(30)
    expect(await shop.leftOn('2027-09-02', memberId)).toBe(0)
  })

  it('raises by points earned, and spending them costs no tier (F3)', async () => {
    const memberId = await shop.aMember()
    expect(await shop.tierName(memberId)).toBe('普通会员')
    await shop.buys(memberId, [line(500)])
    expect(await shop.tierName(memberId)).toBe('银卡会员')
    await shop.buys(memberId, [line(2_000)])
    expect(await shop.tierName(memberId)).toBe('金卡会员')
    expect((await shop.buys(memberId, [line(50)])).points).toBe(50)
  })
})

describe('a beauty brand', () => {
  inA('beauty')

  it('gives 50, 30, 1:1, 20 and 10 (B22)', async () => {
    const memberId = await shop.registers()
    expect(await shop.balance(memberId)).toBe(50)
    expect(await shop.does(memberId, 'profile')).toBe(30)
    expect((await shop.buys(memberId, [line(268), line(89)])).points).toBe(357)
    expect(await shop.does(memberId, 'review')).toBe(20)
    expect([await shop.does(memberId, 'share'), await shop.does(memberId, 'share')]).toEqual([10, 10])
    expect(await shop.balance(memberId)).toBe(50 + 30 + 357 + 20 + 2 * 10)
  })

  it('shows the source of each point (B7, G2)', async () => {
    const memberId = await shop.registers()
    await shop.does(memberId, 'profile')
    await shop.does(memberId, 'review')
    const causes = (await shop.entries(memberId)).map(({ cause, delta }) => [cause, delta])
    expect(causes.sort()).toEqual([
      ['profile', 30],
      ['registration', 50],
      ['review', 20],
    ])
  })
})

describe('the sample plan', () => {
  inA('sample-plan')

  it.each([
    [10, 1],
    [9.99, 0],
    [328, 32],
    [1_000, 100],
  ])('gives 1 point for 10 yuan: %d yuan (B23)', async (yuan, points) => {
    expect(await shop.earns(line(yuan))).toBe(points)
  })

  it('gives 50 for registering, 30 for the profile and 10 for each successful share (B23)', async () => {
    const memberId = await shop.registers()
    expect(await shop.balance(memberId)).toBe(50)
    expect(await shop.does(memberId, 'profile')).toBe(30)
    expect([await shop.does(memberId, 'share'), await shop.does(memberId, 'share')]).toEqual([10, 10])
  })

  it('takes the points of returned goods back, all of them with all goods (H1)', async () => {
    const memberId = await shop.aMember()
    const { receiptNo } = await shop.buys(memberId, [line(200), line(128)])
    const returns = (at: number, yuan: number) => {
      const lines = [{ line: at, quantity: 1, amountFen: yuan * 100 }]
      return shop.clerk.call('POST /clerk/returns', {
        storeId: shop.storeId,
        receiptNo,
        lines,
        requestId: `return-${at}`,
      })
    }
    await returns(0, 200)
    expect(await shop.balance(memberId)).toBe(12)
    await returns(1, 128)
    expect(await shop.balance(memberId)).toBe(0)
  })

  it('expires points a year after they were earned (C1)', async () => {
    const memberId = await shop.registers()
    expect(await shop.leftOn('2027-03-02', memberId)).toBe(50)
    expect(await shop.leftOn('2027-03-03', memberId)).toBe(0)
  })
})
