import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from './harness.ts'
import { aShop } from './shop.ts'

type Shop = Awaited<ReturnType<typeof aShop>>
type Customer = Awaited<ReturnType<Shop['aCustomer']>>

/** One member's story through the build that WeChat runs: each step continues after the previous one. */
describe('a member’s story', () => {
  let shop: Shop
  let friend: Customer
  let clerk: Customer
  let mei: Phone

  beforeAll(async () => {
    shop = await aShop()
    await shop.anItem({ name: '帆布袋', points: 100, stock: 5 })
    await shop.anItem({ name: '马克杯', points: 60, stock: 5 })
    friend = await shop.aCustomer('阿芳')
    clerk = await shop.aClerk('小陈')
    mei = await shop.aStranger()
  })
  afterAll(() => shop.close())

  const balanceShown = async () => {
    mei.tab('我的')
    return mei.read('.me-figure')
  }

  test('signs up from a friend’s invitation, by WeChat alone, and has the welcome points at once', async () => {
    const { path } = await friend.call('GET /me/invitation')
    mei.open(path)
    await mei.tap('加入会员')
    await mei.sees('好友邀请您加入')
    await mei.type('选填，可用微信昵称', '小美')
    await mei.tap('我已满 14 周岁')
    await mei.tap('我已阅读并同意')
    await mei.tap('手机号快捷加入')
    await mei.sees('50 积分已到账')
    await mei.isOn('pages/home/index')
    await mei.sees('小美')
  })

  test('checks in once a day', async () => {
    await mei.tap('每日签到')
    await mei.tap('签到领 5 分')
    await mei.seesNo('签到领 5 分')
    mei.back()
    await expect.poll(balanceShown).toContain('55')
  })

  test('shows a code, which the clerk scans to enter a receipt', async () => {
    mei.tab('会员码')
    clerk.phone.around.camera = await mei.read('.code-digits')
    await clerk.phone.tap('扫码')
    await clerk.phone.sees('小美')
    await clerk.phone.type('0.00', '200')
    await clerk.phone.type('小票', 'A-100')
    await clerk.phone.sees('+200 分')
    await clerk.phone.tap('确认记账')
    await clerk.phone.sees('已记到小美名下')
    await clerk.phone.tap('回工作台')
    await clerk.phone.sees('小票 A-100')
  })

  test('sees the entry at once, with the explanation of its points', async () => {
    mei.tab('我的')
    await mei.tap('积分明细')
    await mei.tap('+200')
    await mei.sees('消费 200.00 元，每 1 元得 1 分')
    await mei.sees('A-100')
  })

  test('redeems, and the clerk hands over the order of the code, once', async () => {
    await redeem('帆布袋', 100)
    const pickup = await mei.read('.pickup-code')
    await scanPickup(pickup)
    await clerk.phone.sees('帆布袋')
    await clerk.phone.tap('交给会员')
    await clerk.phone.tap('已经交给会员')
    await clerk.phone.sees('已交给小美')
    clerk.phone.around.camera = pickup
    await clerk.phone.tap('扫下一位')
    await clerk.phone.sees('不要再给货')
    await clerk.phone.tap('回工作台')
    mei.open(`/${mei.route()}?no=${orderOf(mei)}`)
    await mei.sees('已取货')
  })

  test('cancels another order and gets the points back', async () => {
    const before = await balanceShown()
    await redeem('马克杯', 60)
    const pickup = await mei.read('.pickup-code')
    await mei.tap('取消兑换')
    await mei.sees('取消这次兑换')
    await mei.tap('取消兑换')
    await mei.sees('已取消')
    await expect.poll(balanceShown).toBe(before)
    await scanPickup(pickup)
    await clerk.phone.sees('已取消')
    await clerk.phone.tap('回工作台')
  })

  test('returns part of the purchase, then the rest: together they take exactly the given points', async () => {
    expect(await giveBack(async () => void (await clerk.phone.type('0.00', '33.33')))).toBe('收回 33 分')
    expect(await giveBack(() => clerk.phone.tap('全部退'))).toMatch(/^收回 167 分/)
    clerk.phone.open('/clerk/return/index')
    await clerk.phone.type('小票', 'A-100')
    await clerk.phone.tap('查小票')
    await clerk.phone.sees('已经全部退完')
    expect([...mei.errors, ...clerk.phone.errors]).toEqual([])
  })

  async function redeem(item: string, points: number) {
    mei.tab('商城')
    await mei.tap(item)
    await mei.tap('立即兑换')
    await mei.tap(`用 ${points} 分兑换`)
    await mei.isOn('member/order/index')
  }

  async function scanPickup(code: string) {
    await clerk.phone.isOn('clerk/home/index')
    clerk.phone.around.camera = code
    await clerk.phone.tap('扫码')
    await clerk.phone.isOn('clerk/pickup/index')
  }

  /** Returns some of receipt A-100 and says what the screen told it would take. */
  async function giveBack(choose: () => Promise<void>): Promise<string> {
    const { phone } = clerk
    phone.open('/clerk/return/index')
    await phone.type('小票', 'A-100')
    await phone.tap('查小票')
    await phone.sees('退哪些')
    await choose()
    const claimText = await phone.read('.claim-text')
    await phone.tap('确认退货')
    await phone.sees('确认退货？')
    await phone.tap('确认退货')
    await phone.sees('退货已记录')
    return claimText
  }
})

const orderOf = (phone: Phone) => phone.options().no
