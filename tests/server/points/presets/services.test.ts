import { describe, expect, it } from 'vitest'
import { line, opens, type PresetShop } from '../../../support/preset-shop.ts'
import { fresh } from '../../../support/world.ts'

let shop: PresetShop

const inA = (key: string) =>
  opens(key, (opened) => {
    shop = opened
  })

describe('a gym', () => {
  inA('gym')

  it.each([
    [100, 10],
    [80, 8],
    [2_839, 283],
  ])('gives 10 points for 100 yuan: %d yuan (B18)', async (yuan, points) => {
    expect(await shop.earns(line(yuan))).toBe(points)
  })

  it('gives free classes and early booking to frequent visitors (A8, F6)', async () => {
    const memberId = await shop.aMember()
    const comes = async (times: number) => {
      const { clerk, storeId } = shop
      const visit = await shop.aVisit(clerk, memberId, storeId)
      const receipts = Array.from({ length: times }, () => ({
        visit,
        storeId,
        receiptNo: fresh('R'),
        lines: [line(1)],
      }))
      await Promise.all(receipts.map((receipt) => clerk.call('POST /clerk/purchases', receipt)))
      const { tier } = await (await shop.asMember(memberId)).call('GET /me')
      return [tier!.name, ...tier!.benefits.map(({ name }) => name)]
    }
    expect(await comes(11)).toEqual(['普通会员'])
    expect(await comes(1)).toEqual(['活跃会员', '免费团课'])
    expect(await comes(36)).toEqual(['黑金会员', '免费团课', '优先订场'])
  })
})

describe('a hotel', () => {
  inA('hotel')

  const room = line(1_176, { category: '住宿', quantity: 2 })

  it('gives points for the stay, for dining and for other services (B29)', async () => {
    expect(await shop.earns(room, line(238, { category: '餐饮' }), line(60, { category: '服务' }))).toBe(1_474)
  })

  it('expires the points of a guest without further stays after a year (C1)', async () => {
    const memberId = await shop.aMember()
    await shop.buys(memberId, [room])
    expect(await shop.leftOn('2027-03-02', memberId)).toBe(1_176)
    expect(await shop.leftOn('2027-03-03', memberId)).toBe(0)
  })

  it('moves the end of all points to a year after each new stay within their validity (C5)', async () => {
    const memberId = await shop.aMember()
    await shop.buys(memberId, [room])
    shop.on('2027-03-02')
    await shop.buys(memberId, [line(100)])
    expect(await shop.leftOn('2028-03-02', memberId)).toBe(1_276)
    expect(await shop.leftOn('2028-03-03', memberId)).toBe(0)
  })

  it('does not bring back points that had ended before the next stay (C5)', async () => {
    const memberId = await shop.aMember()
    await shop.buys(memberId, [room])
    shop.on('2027-03-03')
    await shop.buys(memberId, [line(100)])
    expect(await shop.leftOn('2027-03-03', memberId)).toBe(100)
  })
})

describe('a bank card', () => {
  inA('bank-card')

  it.each([
    [19.99, 0],
    [20, 1],
    [39.99, 1],
    [3_599, 179],
  ])('gives a point for each whole 20 yuan spent: %d yuan (B28)', async (yuan, points) => {
    expect(await shop.earns(line(yuan))).toBe(points)
  })

  it('gives points for repaying, once a month, and for instalments by their amount (B28)', async () => {
    const memberId = await shop.aMember()
    const repays = () => shop.does(memberId, 'event', { code: 'repayment', amountFen: 2_000_00 })
    expect([await repays(), await repays()]).toEqual([20, 0])
    shop.on('2026-04-02')
    expect(await repays()).toBe(20)
    expect(await shop.does(memberId, 'event', { code: 'instalment', amountFen: 6_000_00 })).toBe(600)
  })

  it('never lets points end (C3)', async () => {
    const memberId = await shop.aMember()
    await shop.buys(memberId, [line(3_599)])
    expect(await shop.leftOn('2046-03-02', memberId)).toBe(179)
  })
})

describe('online education', () => {
  inA('online-education')

  const learns = (memberId: number, code = 'lesson') => shop.does(memberId, 'activity', { code })

  it('gives points for learning, up to a limit per day (B32, H6)', async () => {
    const memberId = await shop.aMember()
    const day = []
    for (let lesson = 0; lesson < 6; lesson++) day.push(await learns(memberId))
    expect(day).toEqual([5, 5, 5, 5, 0, 0])
    shop.clock.travelDays(1)
    expect(await learns(memberId)).toBe(5)
    expect(await learns(memberId, 'course')).toBe(50)
  })

  it('limits the points of a bot that learns day and night by the month’s cap (B32)', async () => {
    const memberId = await shop.aMember()
    for (let day = 0; day < 16; day++) {
      for (let lesson = 0; lesson < 4; lesson++) await learns(memberId)
      shop.clock.travelDays(1)
    }
    expect(await shop.balance(memberId)).toBe(300)
  })

  it('gives 1 point for 1 yuan of a course bought (B8)', async () => {
    expect(await shop.earns(line(299, { category: '课程' }))).toBe(299)
  })
})
