import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeStore } from '../support/edits.ts'
import { fresh } from '../support/house.ts'
import { aRule, earningBy, welcome } from '../support/policies.ts'
import { aShop, codeOf } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>
let clerk: Awaited<ReturnType<typeof shop.aClerk>>
let member: Awaited<ReturnType<typeof shop.aCustomer>>

const onlyCoffee = { categories: ['咖啡'], brands: [], skus: [] }
const nothing = { categories: [], brands: [], skus: [] }
const rules = [
  aRule({ gift: { type: 'rate', points: 1, perFen: 100 } }),
  aRule({
    id: 'coffee',
    name: '咖啡加倍积分',
    gift: { type: 'per-unit', points: 5 },
    scope: { only: onlyCoffee, except: nothing },
  }),
]

beforeAll(async () => {
  const offset = { pointsPerYuan: 10, minimumPoints: 10, stepPoints: 10, maximumShareBp: 5_000 }
  shop = await aShop({ policy: { earning: earningBy([...rules, welcome]), offset } })
})
afterAll(() => shop.close())

beforeEach(async () => {
  clerk = await shop.aClerk()
  member = await shop.aCustomer('小美')
})

async function scan(code?: string) {
  clerk.phone.around.camera = code ?? (await codeOf(member.call))
  await clerk.phone.tap('扫码')
}

async function scanAndFill(receiptNo: string, amount: string) {
  await scan()
  await clerk.phone.type('0.00', amount)
  await clerk.phone.type('小票', receiptNo)
}

describe('recording a purchase', () => {
  test('shows the points and why before it is confirmed, and the same figures after', async () => {
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

  test('cannot be confirmed before the points of what is typed are known', async () => {
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

  test('counts once when the answer is lost and the clerk presses again, as the screen says they may', async () => {
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
  test('shows the most that can be used, what is left to pay and what comes back with the goods', async () => {
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

  test('asks again when the sum has changed since', async () => {
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
  test('takes the points back once, however often the clerk presses', async () => {
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
  test('whose hand-over lost its answer is handed over once', async () => {
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

  test('to be fetched at another store cannot be handed over here', async () => {
    await redeemed(await shop.aStore('静安寺店'))
    await clerk.phone.sees('取货门店是「静安寺店」')
    await clerk.phone.seesNo('交给会员')
  })

  async function redeemed(storeId: number) {
    const itemId = await shop.anItem({ points: 10 })
    const { order } = await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    await scan(order.pickupCode)
    await clerk.phone.isOn('clerk/pickup/index')
  }
})

describe('a scan', () => {
  test('whose answer was lost is repeated without the code counting as used', async () => {
    const { phone } = clerk
    phone.around.network = 'loses-answers'
    await scan()
    await phone.sees('没有收到回答，网络可能断了')
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.isOn('clerk/customer/index')
    await phone.sees('小美')
  })

  test('can be typed, with blanks between the groups', async () => {
    const code = await codeOf(member.call)
    await clerk.phone.type('输入码下方的数字', code.replace(/(.{4})/g, '$1 '))
    await clerk.phone.tap('确定')
    await clerk.phone.sees('小美')
  })

  test('of a code that is none of ours says so', async () => {
    await scan('https://example.com/menu')
    await clerk.phone.sees('这不是会员码或取货码')
    await scan('1234567890')
    await clerk.phone.sees('没有找到这个码')
  })

  test('of a code used before says so', async () => {
    const code = await codeOf(member.call)
    await scan(code)
    await clerk.phone.sees('小美')
    clerk.phone.back()
    await scan(code)
    await clerk.phone.sees('会员码已被使用')
  })

  test('of a frozen member shows who it is and that nothing can be recorded', async () => {
    const admin = await shop.asAdmin()
    await admin.call('POST /admin/members/:memberId/standing', {
      memberId: member.memberId,
      standing: 'frozen',
      reason: '测试',
      requestId: `freeze-${member.memberId}`,
    })
    await scan()
    await clerk.phone.sees('这位会员的账户已冻结')
    await clerk.phone.seesNo('确认记账')
    await clerk.phone.sees('扫下一位')
  })
})

describe('a visit', () => {
  test('that ran out keeps what was typed for the same member’s next code', async () => {
    const { phone } = clerk
    await scanAndFill('A-7', '66')
    await phone.sees('+66 分')
    phone.later(16)
    await phone.sees('十五分钟到了')
    await phone.seesNo('确认记账')
    phone.around.camera = await codeOf(member.call)
    await phone.tap('重新扫会员码')
    await phone.sees('¥66.00')
  })
})

describe('a clerk', () => {
  test('who was taken off the list is told so, and where to go', async () => {
    const admin = await shop.asAdmin()
    await admin.call('DELETE /admin/staff/:memberId', { memberId: clerk.memberId })
    await scan()
    await clerk.phone.sees('您已不是店员，请联系店长')
    clerk.phone.open('/clerk/home/index')
    await clerk.phone.sees('您现在不是店员')
    await clerk.phone.tap('回到会员端')
    await clerk.phone.isOn('pages/me/index')
  })

  test('of two stores chooses once, and the choice is kept', async () => {
    const second = await shop.aStore('静安寺店')
    const { phone } = await shop.aClerk('小周', [shop.storeId, second])
    await phone.tap('人民广场店')
    await phone.tap('静安寺店')
    phone.open('/clerk/home/index')
    await phone.sees('静安寺店')
    await phone.seesNo('人民广场店')
  })
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

describe('a purchase that the clerk leaves', () => {
  test('is found again with its member and lines, and after another member was served (FT3)', async () => {
    const { phone } = clerk
    await scanAndFill('L-1', '60')
    await phone.tap('再加一行')
    await phone.type('0.00', '6.5')
    phone.back()
    await phone.sees('接着给小美记')
    await phone.sees('¥66.50')
    const other = await shop.aCustomer('小林')
    await scan(await codeOf(other.call))
    await phone.sees('小林')
    await phone.type('0.00', '5')
    await phone.sees('+5 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小林名下')
    await phone.tap('回工作台')
    await phone.seesNo('接着给小林记')
    await phone.tap('接着给小美记')
    await phone.sees('¥66.50')
    await phone.sees('+66 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    await phone.sees('L-1')
    await phone.tap('回工作台')
    await phone.seesNo('还没记完')
    expect(phone.errors).toEqual([])
  })

  test('is gone when its quarter of an hour has passed (FT3)', async () => {
    const { phone } = clerk
    await scanAndFill('L-2', '60')
    phone.back()
    await phone.sees('接着给小美记')
    phone.later(15)
    await phone.seesNo('接着给小美记')
  })
})

describe('a clerk’s phone whose clock is wrong', () => {
  test('twenty minutes ahead or behind, counts the visit from the answer and records (FP4)', async () => {
    const { phone } = clerk
    phone.later(20)
    await scan()
    await phone.sees('14:5')
    await phone.type('0.00', '12')
    await phone.sees('+12 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    phone.later(-60)
    phone.around.camera = await codeOf(member.call)
    await phone.tap('扫下一位')
    await phone.type('0.00', '13')
    await phone.sees('+13 分')
    await phone.tap('确认记账')
    await phone.sees('+13 分')
  })
})

describe('a member without the code', () => {
  const noOf = (memberId: number) => String(memberId).padStart(8, '0')

  test('is found by number, and spends points only after saying so on their own phone (FT1, FS11)', async () => {
    const { phone } = clerk
    await phone.type('输入码下方的数字', noOf(member.memberId))
    await phone.tap('确定')
    await phone.sees('是按会员号查到的')
    await phone.sees('确认是 小美 本人')
    await phone.type('0.00', '8')
    await phone.tap('最多 40 分')
    await phone.sees('应付 ¥8.00，积分抵 ¥4.00')
    await phone.seesNo('确认记账')
    await phone.tap('请会员确认')
    await phone.sees('已问会员能不能用 40 分')
    await member.phone.tab('会员码')
    await member.phone.sees('人民广场店的店员想用你的 40 分抵 ¥4.00')
    await member.phone.tap('同意')
    await phone.sees('会员同意用 40 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 14, spent: 40 } })
    expect([phone.errors, member.phone.errors]).toEqual([[], []])
  })

  test('who does not agree keeps the points, and earns for the money (FS11)', async () => {
    const { phone } = clerk
    await phone.type('输入码下方的数字', noOf(member.memberId))
    await phone.tap('确定')
    await phone.type('0.00', '8')
    await phone.tap('最多 40 分')
    await phone.tap('请会员确认')
    await member.phone.tab('会员码')
    await member.phone.tap('不同意')
    await phone.sees('会员没有同意用 40 分')
    await phone.tap('不用')
    await phone.sees('+8 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 58, spent: 0 } })
  })

  test('whom nobody knows is not found, in words (FT1)', async () => {
    const { phone } = clerk
    await phone.type('输入码下方的数字', '13999999999')
    await phone.tap('确定')
    await phone.sees('没有找到这位会员')
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
