import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeRules } from '../support/approvals.ts'
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

describe('adjusting points (FT6, H8)', () => {
  beforeEach(async () => {
    manager.phone.open('/clerk/manage/adjust/index')
    await manager.phone.sees('给谁调整')
    await scan(await codeOf(member.call))
    await manager.phone.sees('小美')
  })
  const balance = async () => (await shop.account(member.memberId)).balance

  test('shows the balance before and after, asks once more, and says what came of it', async () => {
    const { phone } = manager
    await phone.type('多少积分', '５０')
    await phone.sees('调整后')
    expect(await phone.isFree('确认调整')).toBe(false)
    await phone.type('原因', '补记漏记的消费')
    await phone.tap('确认调整')
    await phone.sees('余额从 50 分变成 100 分')
    expect(await balance()).toBe(50)
    await phone.tap('增加 50 分')
    await phone.sees('已给小美增加')
    await phone.sees('现在余额 100 分')
    expect(await balance()).toBe(100)
    await phone.tap('再调一位')
    await phone.sees('给谁调整')
    expect(phone.errors).toEqual([])
  })

  test('takes points, and refuses what is no whole number or more than there are', async () => {
    const { phone } = manager
    await phone.type('多少积分', '1.5')
    await phone.sees('请填大于 0 的整数')
    await phone.tap('扣减')
    await phone.type('多少积分', '51')
    await phone.sees('最多只能扣减 50 分')
    await phone.type('多少积分', '40')
    await phone.type('原因', '多记了')
    await phone.tap('确认调整')
    await phone.tap('扣减 40 分')
    await phone.sees('已给小美扣减')
    expect(await balance()).toBe(10)
  })

  test('repeats safely after a lost answer, and shows a balance that has changed meanwhile', async () => {
    const { phone } = manager
    await phone.type('多少积分', '50')
    await phone.type('原因', '补记')
    await phone.sees('调整后')
    await shop.gives(member.memberId, 7)
    await phone.tap('确认调整')
    await phone.tap('增加 50 分')
    await phone.sees('积分刚刚有变动')
    await phone.sees('调整后')
    await phone.sees('57')
    phone.around.network = 'loses-answers'
    await phone.tap('确认调整')
    await phone.tap('增加 50 分')
    await phone.sees('可以放心再按一次')
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.sees('现在余额 107 分')
    expect(await balance()).toBe(107)
  })

  test('above the limit hands it in, and says who decides', async () => {
    const { phone } = manager
    await phone.type('多少积分', '501')
    await phone.type('原因', '投诉补偿')
    await phone.sees('要商家审批')
    await phone.tap('提交审批')
    await phone.tap('提交')
    await phone.sees('已提交审批')
    expect(await balance()).toBe(50)
    expect((await manager.call('GET /clerk/approvals')).own).toMatchObject([{ state: 'waiting' }])
  })
})

describe('approvals (FT6, FS7)', () => {
  beforeAll(async () => {
    await changeRules(await shop.asAdmin(), { purchaseFen: 500_00 })
  })

  /** A large purchase that a clerk has handed in. */
  async function handedIn() {
    const seller = await shop.asMember((await shop.aClerk('小周')).memberId)
    const visit = await shop.aVisit(seller, member.memberId, shop.storeId)
    const lines = [{ name: '茶具', quantity: 1, amountFen: 600_00 }]
    const input = { visit, storeId: shop.storeId, requestId: fresh('draft'), lines }
    const { body } = await seller.ask('POST /clerk/purchases', input)
    return { seller, approvalId: body.waiting.approvalId as number }
  }
  const balance = async () => (await shop.account(member.memberId)).balance

  test('are counted at the till, shown with what would happen, and carried out on a second yes', async () => {
    const { phone } = manager
    await handedIn()
    await phone.comesBack()
    await phone.sees('1 笔等您审批')
    await phone.tap('门店管理')
    await phone.tap('审批')
    await phone.tap('小美 · 人民广场店')
    await phone.sees('店员 小周')
    await phone.tap('同意')
    await phone.sees('同意这个申请？')
    expect(await balance()).toBe(50)
    await phone.tap('同意并执行')
    await phone.sees('已同意，并已执行')
    await phone.sees('处理的人')
    expect(await balance()).toBeGreaterThan(50)
    phone.back()
    await phone.sees('没有等您审批的')
    expect(phone.errors).toEqual([])
  })

  test('are refused with a reason only, which the clerk reads', async () => {
    const { phone } = manager
    const { seller, approvalId } = await handedIn()
    phone.open(`/clerk/manage/approval/index?id=${approvalId}`)
    await phone.tap('不同意')
    await phone.tap('确定不同意')
    await phone.sees('请写明不同意的原因')
    await phone.tap('不同意')
    await phone.type('写明原因', '小票对不上')
    await phone.tap('确定不同意')
    await phone.sees('没有同意')
    expect((await seller.call('GET /clerk/approvals')).own).toMatchObject([{ state: 'refused', reason: '小票对不上' }])
    expect(await balance()).toBe(50)
  })

  test('that another person has decided meanwhile show what became of them', async () => {
    const { phone } = manager
    const { seller, approvalId } = await handedIn()
    phone.open(`/clerk/manage/approval/index?id=${approvalId}`)
    await phone.sees('同意')
    await seller.call('POST /clerk/approvals/:approvalId/withdrawal', { approvalId, requestId: fresh() })
    await phone.tap('同意')
    await phone.tap('同意并执行')
    await phone.sees('撤回了这个申请')
    phone.open('/clerk/manage/approval/index?id=9999')
    await phone.sees('没有找到这个申请')
    phone.open('/clerk/manage/approval/index')
    await phone.sees('这个链接打不开')
  })
})
