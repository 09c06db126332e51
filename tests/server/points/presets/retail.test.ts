import { confirmPurchase } from '@pointbook/server/features/earning/purchases/confirm'
import { describe, expect, it } from 'vitest'
import { line, opens, type PresetShop } from '../../../support/preset-shop.ts'

let shop: PresetShop

const inA = (key: string) =>
  opens(key, (opened) => {
    shop = opened
  })

describe('a supermarket', () => {
  inA('supermarket')

  it.each([
    ['100 元', 100, 10],
    ['36 元', 36, 3],
    ['9.99 元', 9.99, 0],
    ['1,280.50 元', 1_280.5, 128],
  ])('gives 10 points for 100 yuan: %s (B1)', async (_, yuan, points) => {
    expect(await shop.earns(line(yuan))).toBe(points)
  })

  it('stores the bought goods line by line (B1, B7)', async () => {
    const bought = [line(60, { name: '鲜牛奶', category: '食品', quantity: 4 }), line(88, { name: '洗衣液' })]
    const { receiptNo } = await shop.buys(await shop.aMember(), bought, { receiptNo: 'R-100' })
    const kept = await shop.clerk.call('GET /clerk/purchases/:storeId/:receiptNo', { storeId: shop.storeId, receiptNo })
    expect(kept).toMatchObject({ at: shop.clock.now(), amountFen: 148_00, points: 14 })
    expect(kept.lines).toMatchObject([
      { name: '鲜牛奶', category: '食品', quantity: 4, amountFen: 60_00 },
      { name: '洗衣液', category: '', quantity: 1, amountFen: 88_00 },
    ])
  })

  it('reaches the coupon of 50 yuan after 5,000 yuan (D1)', async () => {
    const memberId = await shop.aMember()
    await shop.buys(memberId, [line(5_000)])
    expect(await shop.balance(memberId)).toBe(500)
  })
})

describe('a clothing brand', () => {
  inA('clothing')

  const coat = line(899, { category: '女装' })
  const scarf = line(200, { category: '配饰' })

  it('gives 10 % of the amount (B4)', async () => {
    expect(await shop.earns(line(500, { category: '女装' }))).toBe(50)
  })

  it('gives another ratio for another kind of goods, on the same receipt (B4)', async () => {
    expect(await shop.earns(scarf)).toBe(10)
    expect(await shop.earns(coat, scarf)).toBe(89 + 10)
  })

  it.each([
    ['2026-11-10', 99],
    ['2026-11-11', 198],
    ['2026-11-12', 99],
  ])('doubles all goods on 11 November only: %s (B5)', async (on, points) => {
    shop.on(on)
    expect(await shop.earns(coat, scarf)).toBe(points)
  })

  it('starts and ends at the shop’s midnight on 11 November (B5)', async () => {
    shop.clock.set('2026-11-10T15:59:59.000Z')
    expect(await shop.earns(coat)).toBe(89)
    shop.clock.set('2026-11-10T16:00:00.000Z')
    expect(await shop.earns(coat)).toBe(178)
  })
})

describe('an online shop', () => {
  inA('e-commerce')

  const shoes = line(399, { category: '运动' })
  const cup = line(79, { category: '家居' })
  const freight = line(8, { delivery: true })

  it('gives 1 point for 1 yuan of goods and fixed points for each order (B19)', async () => {
    expect(await shop.earns(cup)).toBe(79 + 10)
    expect(await shop.earns(shoes, cup, freight)).toBe(478 + 10)
  })

  it('doubles designated goods in the campaign, and only those (B5)', async () => {
    shop.on('2026-11-11')
    expect(await shop.earns(cup)).toBe(79 + 10)
    expect(await shop.earns(shoes)).toBe(2 * (399 + 10))
    shop.on('2026-11-12')
    expect(await shop.earns(shoes)).toBe(399 + 10)
  })

  it('holds the points of an order until it is confirmed, at the latest for 15 days (B31, L1)', async () => {
    const memberId = await shop.aMember()
    const { storeId, receiptNo, seq: entrySeq } = { storeId: shop.storeId, ...(await shop.buys(memberId, [cup])) }
    const points = async () => (await (await shop.asMember(memberId)).call('GET /me')).points
    expect(await points()).toMatchObject({ balance: 89, usable: 0, pending: 89 })
    await shop.book.make(confirmPurchase, { memberId, entrySeq, storeId, receiptNo, actor: 'system' })
    expect(await points()).toMatchObject({ balance: 89, usable: 89, pending: 0 })

    const patient = await shop.aMember()
    await shop.buys(patient, [cup])
    const [lot] = await shop.openLots(patient)
    expect(lot).toMatchObject({ usableOn: '2026-03-17' })
  })

  it('rewards days in a row, reviews and shares besides amounts (B20, B30)', async () => {
    const memberId = await shop.aMember()
    expect(await shop.checksIn(memberId, 7)).toEqual([5, 5, 10, 5, 5, 5, 15])
    expect(await shop.does(memberId, 'review')).toBe(10)
    expect(await shop.does(memberId, 'share')).toBe(10)
  })

  it('gives a higher tier a larger multiplier (B20, F5, F8)', async () => {
    const memberId = await shop.aMember()
    await shop.buys(memberId, [line(990)])
    expect(await shop.tierName(memberId)).toBe('银牌会员')
    expect((await shop.buys(memberId, [line(90)])).points).toBe(110)
    await shop.buys(memberId, [line(20_000)])
    expect(await shop.tierName(memberId)).toBe('钻石会员')
    expect((await shop.buys(memberId, [line(90)])).points).toBe(150)
  })
})

describe('a chain of shops', () => {
  inA('chain-retail')

  const shampoo = line(98, { quantity: 2, brand: '自有品牌' })

  it.each([
    ['10 元', 10, 1],
    ['122 元', 122, 12],
    ['9.90 元', 9.9, 0],
  ])('gives 1 point for 10 yuan: %s (B25)', async (_, yuan, points) => {
    expect(await shop.earns(line(yuan))).toBe(points)
  })

  it('gives many more points for designated goods (B14)', async () => {
    expect(await shop.earns(shampoo)).toBe(9 + 2 * 5)
  })

  it('doubles on the member day (B27, E15)', async () => {
    shop.on('2026-03-04')
    expect(await shop.earns(line(220))).toBe(44)
    shop.on('2026-03-05')
    expect(await shop.earns(line(220))).toBe(22)
  })

  it('gives each act its own points, with a daily limit for some (B25, E12)', async () => {
    const memberId = await shop.aMember()
    expect(await shop.does(memberId, 'share')).toBe(10)
    expect(await shop.does(memberId, 'activity', { code: 'survey' })).toBe(20)
    expect(await shop.does(memberId, 'activity', { code: 'something-else' })).toBe(0)
    expect(await shop.does(memberId, 'birthday')).toBe(50)
    const reviews = []
    for (let count = 0; count < 6; count++) reviews.push(await shop.does(memberId, 'review'))
    expect(reviews).toEqual([5, 5, 5, 5, 5, 0])
    expect(await shop.checksIn(memberId, 7)).toEqual([1, 1, 1, 1, 1, 1, 6])
  })

  it('raises through four tiers by points earned, and higher tiers earn faster (B26, F4)', async () => {
    const memberId = await shop.aMember()
    const tiers = [await shop.tierName(memberId)]
    for (const yuan of [2_000, 8_000, 20_000]) {
      await shop.buys(memberId, [line(yuan)])
      tiers.push(await shop.tierName(memberId))
    }
    expect(tiers).toEqual(['普通会员', '银卡会员', '金卡会员', '钻石会员'])
    expect((await shop.buys(memberId, [line(1_000)])).points).toBe(150)
  })
})
