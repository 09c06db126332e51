import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeItem, changeStore } from '../support/edits.ts'
import { fresh } from '../support/server.ts'
import { aShop, codeOf } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>
let member: Awaited<ReturnType<typeof shop.aCustomer>>
let clerk: Awaited<ReturnType<typeof shop.aClerk>>

beforeAll(async () => {
  shop = await aShop()
  clerk = await shop.aClerk()
})
afterAll(() => shop.close())
beforeEach(async () => {
  member = await shop.aCustomer('小美')
  await shop.gives(member.memberId, 1_000)
  await member.phone.sees('小美')
})

async function anOrder() {
  const itemId = await shop.anItem({ name: '马克杯', points: 40 })
  const { order } = await member.call('POST /mall/redemptions', {
    itemId,
    quantity: 1,
    storeId: shop.storeId,
    requestId: fresh(),
  })
  await shop.settle()
  return order
}

const cancel = (orderNo: string) => member.call('POST /me/redemptions/:orderNo/cancel', { orderNo, requestId: fresh() })

const handOver = async (code: string) => {
  await clerk.call('POST /clerk/pickups', { code, storeId: shop.storeId, requestId: fresh() })
}

describe('an order', () => {
  it('shows the hand-over while the page is open (FP10)', async () => {
    const { orderNo, pickupCode } = await anOrder()
    member.phone.open(`/member/order/index?no=${orderNo}`)
    await member.phone.sees('取货码')
    await handOver(pickupCode)
    await member.phone.sees('已取货')
    await member.phone.seesNo('取货码')
  })

  it('is no longer announced as ready in the inbox once it is cancelled (FP10)', async () => {
    const { orderNo } = await anOrder()
    await cancel(orderNo)
    member.phone.open('/member/inbox/index')
    await member.phone.sees('兑换已取消')
    await member.phone.sees('「马克杯」的兑换已取消，取货码不再有效。')
    await member.phone.seesNo('可以取货了')
  })

  it('is no longer announced as ready in the inbox once it is fetched (FP10)', async () => {
    const { pickupCode } = await anOrder()
    await handOver(pickupCode)
    member.phone.open('/member/inbox/index')
    await member.phone.sees('「马克杯」已经取走')
    await member.phone.seesNo('可以取货了')
  })
})

describe('an entry', () => {
  it('shows the points that a redemption took from its lots with minus, and returned points with plus (FP2)', async () => {
    const { orderNo } = await anOrder()
    await cancel(orderNo)
    const { rows } = await member.call('GET /me/entries', { limit: 2 })
    const [back, spent] = rows
    member.phone.open(`/member/entry/index?seq=${spent!.seq}`)
    await member.phone.sees('用掉的是这几笔积分')
    expect(member.phone.texts().filter((text) => text === '−40')).toHaveLength(2)
    member.phone.open(`/member/entry/index?seq=${back!.seq}`)
    await member.phone.sees('退回到这几笔积分')
    expect(member.phone.texts().filter((text) => text === '+40')).toHaveLength(2)
  })

  it('does not show points that went back to their lots as points without expiry (FP2)', async () => {
    const { orderNo } = await anOrder()
    await cancel(orderNo)
    const { rows } = await member.call('GET /me/entries', { limit: 1 })
    member.phone.open(`/member/entry/index?seq=${rows[0]!.seq}`)
    await member.phone.sees('退回到这几笔积分')
    await member.phone.seesNo('长期有效')
    await member.phone.seesNo('有效期至（')
  })
})

describe('redeeming', () => {
  it('closes the sheet when another member redeemed the last piece (FP16)', async () => {
    const itemId = await shop.anItem({ name: '帆布袋', points: 100, stock: 1 })
    member.phone.open(`/member/item/index?id=${itemId}`)
    await member.phone.tap('立即兑换')
    await member.phone.sees('用 100 分兑换')
    const other = await shop.aCustomer('阿芳')
    await shop.gives(other.memberId, 100)
    await other.call('POST /mall/redemptions', { itemId, quantity: 1, storeId: shop.storeId, requestId: fresh() })
    await member.phone.tap('用 100 分兑换')
    await member.phone.sees('手慢了')
    await member.phone.sees('已兑完，补货后再来')
    await member.phone.seesNo('用 100 分兑换')
  })

  it('shows the stock that is left when fewer are left than wanted (FP16)', async () => {
    const itemId = await shop.anItem({ name: '帆布袋', points: 100, stock: 3 })
    member.phone.open(`/member/item/index?id=${itemId}`)
    await member.phone.tap('立即兑换')
    await member.phone.tap('.stepper-key', 1)
    await member.phone.tap('.stepper-key', 1)
    await member.phone.sees('用 300 分兑换')
    const other = await shop.aCustomer('阿芳')
    await shop.gives(other.memberId, 100)
    await other.call('POST /mall/redemptions', { itemId, quantity: 1, storeId: shop.storeId, requestId: fresh() })
    await member.phone.tap('用 300 分兑换')
    await member.phone.sees('只剩 2 件')
    await member.phone.sees('用 200 分兑换')
  })
})

describe('an open sheet', () => {
  it('closes when the item is no longer listed, and the page says so (FP16)', async () => {
    const itemId = await shop.anItem({ name: '帆布袋', points: 100, stock: 3 })
    const { phone } = member
    phone.open(`/member/item/index?id=${itemId}`)
    await phone.tap('立即兑换')
    await phone.sees('用 100 分兑换')
    await changeItem(await shop.asAdmin(), { itemId, listed: false })
    await phone.tap('用 100 分兑换')
    await phone.seesNo('用 100 分兑换')
    expect(await phone.isFree('商品已下架')).toBe(false)
  })

  it('no longer offers a store that has closed, and the next tap uses another store (FP16)', async () => {
    const closing = await shop.aStore('静安寺店')
    const itemId = await shop.anItem({ name: '帆布袋', points: 100, stock: 3 })
    const { phone } = member
    phone.open(`/member/item/index?id=${itemId}`)
    await phone.tap('立即兑换')
    await phone.tap('静安寺店')
    await changeStore(await shop.asAdmin(), { storeId: closing, open: false })
    await phone.tap('用 100 分兑换')
    await phone.sees('这家门店已停用')
    await phone.seesNo('静安寺店')
    await phone.tap('用 100 分兑换')
    await phone.sees('兑换成功')
    await phone.sees('人民广场店')
    expect(phone.errors).toEqual([])
  })
})

describe('a redemption whose answer was lost', () => {
  it('keeps the confirmed figures, shows that the member may tap again, and is made once (FP3)', async () => {
    const itemId = await shop.anItem({ name: '帆布袋', points: 100, stock: 3 })
    const { balance } = (await member.call('GET /me')).points
    const { phone } = member
    phone.open(`/member/item/index?id=${itemId}`)
    await phone.tap('立即兑换')
    await phone.tap('.stepper-key', 1)
    await phone.sees('用 200 分兑换')
    phone.around.network = 'loses-answers'
    await phone.tap('用 200 分兑换')
    await phone.sees('可以放心再点一次，不会重复兑换')
    phone.around.network = 'on'
    await phone.seesNo('手慢了')
    expect(phone.texts()).toContain(String(balance - 200))
    await phone.tap('用 200 分兑换')
    await phone.sees('兑换成功')
    expect((await member.call('GET /me')).points.balance).toBe(balance - 200)
    expect(phone.errors).toEqual([])
  })
})

describe('the search of the mall', () => {
  it('empties its field when everything is shown again (FP15)', async () => {
    member.phone.tab('商城')
    await member.phone.searches('搜搜想要的好物', '没有的东西')
    await member.phone.sees('没有找到合适的')
    await member.phone.tap('看全部')
    await member.phone.seesNo('没有找到合适的')
    expect(await member.phone.valueIn('搜搜想要的好物')).toBe('')
  })
})

describe('purchases', () => {
  it('show the amount paid in money, and no plus sign before zero points (FP14)', async () => {
    const { visit } = await visitOf()
    const line = { name: '拿铁', quantity: 1, amountFen: 50 }
    await clerk.call('POST /clerk/purchases', { visit, storeId: shop.storeId, receiptNo: fresh('R'), lines: [line] })
    member.phone.open('/member/purchases/index')
    await member.phone.sees('未得积分')
    await member.phone.seesNo('+0')
  })

  async function visitOf() {
    const code = await codeOf(member.call)
    const scanned = await clerk.call('POST /clerk/scans', { code, storeId: shop.storeId, requestId: fresh() })
    if (scanned.kind !== 'member') throw new Error('that was no member code')
    return scanned
  }
})
