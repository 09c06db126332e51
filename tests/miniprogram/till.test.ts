import { describe, expect, test } from 'vitest'
import { changeStore } from '../support/edits.ts'
import { fresh } from '../support/server.ts'
import { atTheCounter, clerk, member, scan, scanAndFill, shop } from './counter.ts'
import { codeOf } from './shop.ts'

atTheCounter()

describe('recording a purchase', () => {
  test('shows the points with explanations before the confirmation, and the same figures after it', async () => {
    const { phone } = clerk
    await scanAndFill('A-1', '128.5')
    await phone.sees('¥128.50')
    await phone.sees('+128 分')
    await phone.tap('为什么')
    await phone.sees('消费 128.50 元，每 1 元得 1 分')
    await phone.tap('.nut-overlay')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    await phone.sees('+128 分')
    await phone.sees('178')
    expect(phone.errors).toEqual([])
  })

  test('takes several lines, each with its category and number of pieces', async () => {
    const { phone } = clerk
    await scanAndFill('A-2', '60')
    await phone.tap('咖啡')
    await phone.tap('.stepper-key', 1)
    await phone.sees('+70 分')
    await phone.tap('再加一行')
    await phone.type('0.00', '40')
    await phone.sees('¥100.00')
    await phone.sees('+110 分')
    await phone.tap('.added-remove')
    await phone.sees('¥40.00')
    await phone.sees('+40 分')
  })

  test('cannot be confirmed before the points of the typed lines are known', async () => {
    const { phone } = clerk
    await scanAndFill('A-3', '10')
    await phone.sees('+10 分')
    phone.around.network = 'off'
    await phone.type('0.00', '20')
    await phone.sees('没能算出积分')
    expect(await phone.isFree('确认记账')).toBe(false)
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.sees('+20 分')
    expect(await phone.isFree('确认记账')).toBe(true)
  })

  test('asks for a sum in yuan and fen when something else is typed', async () => {
    const { phone } = clerk
    await scanAndFill('A-4', '12.345')
    await phone.sees('金额写到分为止')
    expect(await phone.isFree('确认记账')).toBe(false)
  })

  test('says that a receipt is already recorded before the clerk confirms it again', async () => {
    const { phone } = clerk
    await scanAndFill('A-5', '10')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    phone.around.camera = await codeOf(member.call)
    await phone.tap('扫下一位')
    await phone.type('0.00', '10')
    await phone.type('小票', 'A-5')
    await phone.sees('小票 A-5 在')
    expect(await phone.isFree('确认记账')).toBe(false)
  })

  test('counts once when the answer is lost and the clerk tries again, as the screen suggests', async () => {
    const { phone } = clerk
    await scanAndFill('A-6', '30')
    await phone.sees('+30 分')
    phone.around.network = 'loses-answers'
    await phone.tap('确认记账')
    await phone.sees('可以放心再按一次，不会重复记录')
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.sees('已记到小美名下')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 80 } })
  })
})

describe('paying with points', () => {
  test('shows the most points that can be used, the rest to pay, and the points that a return gives back', async () => {
    const { phone } = clerk
    await scanAndFill('P-1', '8')
    await phone.sees('这一单最多抵 ¥4.00')
    await phone.tap('最多 40 分')
    await phone.sees('应付 ¥8.00，积分抵 ¥4.00')
    await phone.sees('+4 分')
    await phone.tap('其他')
    await phone.type('最多', '45')
    await phone.sees('积分抵现要按 10 分的整数倍使用')
    expect(await phone.isFree('确认记账')).toBe(false)
    await phone.type('最多', '20')
    await phone.sees('应付 ¥8.00，积分抵 ¥2.00')
    await phone.tap('确认记账')
    await phone.sees('20 分抵 ¥2.00')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 36 } })
    phone.open(`/clerk/return/index?store=${shop.storeId}&no=P-1`)
    await phone.sees('其中 20 分抵 ¥2.00')
    await phone.tap('全部退')
    await phone.sees('退回抵现的 20 分，收回 6 分')
    await phone.tap('确认退货')
    await phone.sees('退款 ¥6.00')
    await phone.tap('确认退货')
    await phone.sees('退货已记录')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 50 } })
    expect(phone.errors).toEqual([])
  })

  test('asks again when the sum has changed', async () => {
    const { phone } = clerk
    await scanAndFill('P-2', '8')
    await phone.tap('最多 40 分')
    await phone.sees('积分抵 ¥4.00')
    await phone.type('0.00', '6')
    await phone.sees('最多 30 分')
    await phone.sees('+6 分')
  })
})

describe('a return whose answer was lost', () => {
  test('takes the points back once, with any number of taps', async () => {
    const { phone } = clerk
    const { receiptNo } = await shop.buy(await shop.asMember(clerk.memberId), member.memberId, shop.storeId, [100_00])
    phone.open(`/clerk/return/index?store=${shop.storeId}&no=${receiptNo}`)
    await phone.tap('.stepper-key', 1)
    await phone.sees('收回 100 分')
    await phone.tap('确认退货')
    await phone.sees('确认退货？')
    phone.around.network = 'loses-answers'
    await phone.tap('确认退货')
    await phone.sees('可以放心再按一次，不会重复记录')
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.sees('退货已记录')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 50 } })
  })
})

describe('an order', () => {
  test('is handed over once after a lost answer', async () => {
    const { phone } = clerk
    await redeemed(shop.storeId)
    await phone.tap('交给会员')
    phone.around.network = 'loses-answers'
    await phone.tap('已经交给会员')
    await phone.sees('可以放心再按一次，不会重复记录')
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.sees('已交给小美')
  })

  test('is handed over once although the network was away from the moment it was scanned', async () => {
    const { phone } = clerk
    const itemId = await shop.anItem({ points: 10 })
    const wish = { itemId, quantity: 1, storeId: shop.storeId, requestId: fresh() }
    const { order } = await member.call('POST /mall/redemptions', wish)
    phone.around.between = (op) => (op === 'GET /clerk/me' ? { status: 502, body: '' } : null)
    await scan(order.pickupCode)
    await phone.tap('交给会员')
    await phone.tap('已经交给会员')
    await phone.sees('已交给小美')
    expect(phone.errors).toEqual([])
  })

  test('to be fetched at another store is refused with the name of that store', async () => {
    await scan(await pickupCodeAt(await shop.aStore('静安寺店')))
    await clerk.phone.sees('该订单的取货门店是「静安寺店」，请会员去那家店取')
    await clerk.phone.seesNo('交给会员')
  })

  async function redeemed(storeId: number) {
    await scan(await pickupCodeAt(storeId))
    await clerk.phone.isOn('clerk/pickup/index')
  }

  async function pickupCodeAt(storeId: number) {
    const itemId = await shop.anItem({ points: 10 })
    const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
    return (await member.call('POST /mall/redemptions', wish)).order.pickupCode
  }
})

describe('a purchase without a receipt number', () => {
  test('is recorded with the store’s own, and offers points before any number is typed (FT2)', async () => {
    const { phone } = clerk
    await scan()
    await phone.type('0.00', '8')
    await phone.sees('+8 分')
    await phone.sees('最多 40 分')
    phone.around.network = 'loses-answers'
    await phone.tap('确认记账')
    await phone.sees('可以放心再按一次，不会重复记录')
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.sees('已记到小美名下')
    await phone.sees('PB260302-')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 58 } })
  })
})

describe('the clerk’s day', () => {
  test('shows money taken, given back and net, and the refund of a return (FT4)', async () => {
    const { phone } = clerk
    const [{ receiptNo }] = [
      await shop.buy(await shop.asMember(clerk.memberId), member.memberId, shop.storeId, [20_00, 30_00]),
    ]
    await clerk.call('POST /clerk/returns', {
      storeId: shop.storeId,
      receiptNo,
      lines: [{ line: 1, quantity: 1, amountFen: 30_00 }],
      requestId: fresh('return'),
    })
    phone.open('/clerk/home/index')
    await phone.sees('净额')
    const figures = (await phone.texts()).filter((text) => /^\d+\.\d\d$/.test(text))
    expect(figures.slice(0, 3)).toEqual(['50.00', '30.00', '20.00'])
    await phone.sees('−¥30.00')
  })
})

describe('goods of a store that has closed', () => {
  test('are taken back at another, from its list of stores (FM21)', async () => {
    const closing = await shop.aStore('静安寺店')
    const seller = await shop.aClerk('小周', [closing])
    const { receiptNo } = await shop.buy(await shop.asMember(seller.memberId), member.memberId, closing, [20_00])
    await changeStore(await shop.asAdmin(), { storeId: closing, open: false })
    const { phone } = clerk
    phone.open('/clerk/return/index')
    await phone.tap('静安寺店')
    await phone.type('小票', receiptNo)
    await phone.tap('查小票')
    await phone.tap('全部退')
    await phone.sees('收回 20 分')
    await phone.tap('确认退货')
    await phone.sees('确认退货？')
    await phone.tap('确认退货')
    await phone.sees('退货已记录')
  })
})
