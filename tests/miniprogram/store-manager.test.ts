import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givePost } from '../support/edits.ts'
import { fresh } from '../support/server.ts'
import { aShop, codeOf } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>
let manager: Awaited<ReturnType<typeof shop.aClerk>>
let member: Awaited<ReturnType<typeof shop.aCustomer>>

beforeAll(async () => {
  shop = await aShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  manager = await shop.aClerk('罗店长', [shop.storeId], 'manager')
  member = await shop.aCustomer('小美')
})

const scan = async (code: string) => {
  manager.phone.around.camera = code
  await manager.phone.tap('扫会员码')
}

describe('the store of a manager (FT6)', () => {
  test('shows today as a whole and by clerk, and again after a pull or a return', async () => {
    const { phone } = manager
    const clerk = await shop.aClerk('小周')
    const seller = await shop.asMember(clerk.memberId)
    await shop.buy(seller, member.memberId, shop.storeId, [128_50])
    await phone.tap('门店管理')
    await phone.isOn('clerk/manage/index')
    await phone.sees('每个人今天做的')
    await phone.sees('1 张小票')
    await phone.sees('¥128.50')
    await phone.sees('+128')
    await shop.buy(seller, member.memberId, shop.storeId, [10_00])
    await phone.comesBack()
    await phone.sees('2 张小票')
    expect(phone.errors).toEqual([])
  })

  test('is closed to clerks, also by a link, and to a manager who is one no longer', async () => {
    const clerk = await shop.aClerk('小周')
    await clerk.phone.sees('退货')
    expect(await clerk.phone.texts()).not.toContain('门店管理')
    for (const page of ['index', 'staff/index']) {
      clerk.phone.open(`/clerk/manage/${page}`)
      await clerk.phone.sees('这里只有店长能用')
    }
    const { phone } = manager
    phone.open('/clerk/manage/index')
    await phone.sees('每个人今天做的')
    await givePost(await shop.asAdmin(), { memberId: manager.memberId, role: 'clerk', storeIds: [shop.storeId] })
    await phone.comesBack()
    await phone.sees('这里只有店长能用')
  })

  test('is one of several by choice, which holds at the till too', async () => {
    const other = await shop.aStore('静安寺店')
    const { phone } = await shop.aClerk('两店店长', [shop.storeId, other], 'manager')
    await phone.tap('门店管理')
    await phone.tap('人民广场店')
    await phone.tap('静安寺店')
    await phone.sees('每个人今天做的')
    expect(await phone.texts()).toContain('静安寺店')
    phone.back()
    await phone.sees('扫码')
    await phone.sees('静安寺店')
  })

  test('says what failed without network, and reads again on a tap', async () => {
    const { phone } = manager
    await phone.sees('门店管理')
    phone.around.network = 'off'
    await phone.tap('门店管理')
    await phone.sees('没能加载出来')
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.sees('每个人今天做的')
  })
})

describe('the staff of a store (FT6)', () => {
  beforeEach(async () => {
    manager.phone.open('/clerk/manage/staff/index')
    await manager.phone.sees('添加店员')
  })

  test('a scanned member becomes a clerk after a second look, and one tap ends it', async () => {
    const { phone } = manager
    await scan(await codeOf(member.call))
    await phone.sees('让小美当店员？')
    expect((await member.call('GET /me')).staff).toBeNull()
    await phone.tap('设为店员')
    await phone.sees('小美现在是店员了')
    expect((await member.call('GET /me')).staff).toMatchObject({ role: 'clerk' })
    member.phone.open('/clerk/home/index')
    await member.phone.sees('扫码')

    // The clerk made last is the last on the list.
    const { rows } = await manager.call('GET /clerk/staff', { storeId: shop.storeId })
    const clerks = rows.filter(({ removable }) => removable)
    await phone.tap('移出', clerks.length - 1)
    await phone.sees('把小美移出这家店？')
    await phone.tap('移出门店')
    await phone.sees('已把小美移出门店')
    expect((await member.call('GET /me')).staff).toBeNull()
    await member.phone.comesBack()
    await member.phone.sees('您现在不是店员')
    expect(phone.errors).toEqual([])
  })

  test('a lost answer is repeated safely', async () => {
    const { phone } = manager
    await phone.type('或输入手机号', String(member.memberId).padStart(8, '0'))
    await phone.tap('查找')
    await phone.sees('让小美当店员？')
    phone.around.network = 'loses-answers'
    await phone.tap('设为店员')
    await phone.sees('可以放心再按一次，不会重复记录')
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.sees('小美现在是店员了')
  })

  test('a pick-up code, an unknown number and another manager are refused in words', async () => {
    const { phone } = manager
    await shop.gives(member.memberId, 100)
    const itemId = await shop.anItem({ points: 10 })
    const wish = { itemId, quantity: 1, storeId: shop.storeId, requestId: fresh() }
    const { order } = await member.call('POST /mall/redemptions', wish)
    await scan(order.pickupCode)
    await phone.sees('这是取货码')
    await phone.type('或输入手机号', '12345')
    await phone.tap('查找')
    await phone.sees('没有找到这个码')
    const peer = await shop.aClerk('另一位店长', [shop.storeId], 'manager')
    await scan(await codeOf(peer.call))
    await phone.tap('设为店员')
    await phone.sees('「另一位店长」是店长，店长由商家在后台安排')
  })
})
