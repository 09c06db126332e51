import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aStage, type Phone, type Stage } from './stage.ts'

// ¥110 on a Monday: a point for each yuan, 5 for the coffee, 30 for the first purchase, and from ¥100 half as many again.
const earned = Math.floor((110 + 5 + 30) * 1.5)

/** Steps 4 to 6: Lin Xiaoman and the clerk face each other, each with a phone. */
describe('at the till', { timeout: 90_000 }, () => {
  let stage: Stage
  let member: Phone
  let clerk: Phone

  beforeAll(async () => {
    stage = await aStage()
    member = await stage.aMemberPhone('林小满')
    clerk = await stage.aPhone('陈店员')
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const points = () => stage.pointsOf('林小满')
  const codeShown = async () => (await member.reads(member.one(/^\d{4}( \d{4}){2,}$/))).replaceAll(' ', '')

  async function clerkEnters(code: string) {
    await clerk.types('扫不了？输入码下方的数字', code)
    await clerk.taps('确定')
  }

  test('a clerk opens the till, types the member’s code and sees the member’s name', async () => {
    await clerk.tab('我的')
    await clerk.taps('切换到店员端')
    await clerk.sees('人民广场店')
    await clerk.keeps('4-1-till')
    await member.tab('会员码')
    await member.sees(/秒后自动更新$/)
    await clerkEnters(await codeShown())
    await clerk.sees('林小满')
    await clerk.sees('填金额，先看积分再确认')
  })

  test('enters a receipt of two lines and sees the points with explanations before confirming', async () => {
    await clerk.types('0.00', '32')
    await clerk.taps('咖啡')
    await clerk.taps('再加一行')
    await clerk.types('0.00', '78')
    await clerk.types('收银小票上的单号', 'A-100')
    await clerk.sees('¥110.00')
    await clerk.taps(/^\+217 分\s*为什么$/)
    await clerk.sees('消费 110.00 元，每 1 元得 1 分')
    await clerk.sees('这次没享受到的优惠')
    await clerk.sees('会员日双倍')
    await clerk.keeps('4-2-preview')
    expect(await points()).toBe(50)
    await clerk.tapsBesideSheet()
    await clerk.seesNo('这次没享受到的优惠')
    await clerk.taps('确认记账')
    await clerk.sees('已记到林小满名下')
    await clerk.keeps('4-3-recorded')
    expect(await points()).toBe(50 + earned)
  })

  test('the member sees the entry at once, with explanations of given and missing points (G1)', async () => {
    await member.taps('消费')
    await member.sees('为什么是这些积分')
    await member.sees('A-100')
    await member.sees('首次消费礼')
    await member.sees('大单加倍')
    await member.sees('这次没享受到的优惠')
    await member.keeps('4-4-entry')
  })

  test('the member redeems an item: stock falls and a pick-up code appears', async () => {
    await member.back()
    await member.tab('商城')
    await redeems('满 50 减 10 代金券', 100)
    await member.sees('兑换成功')
    await member.keeps('5-1-redeemed')
    expect(await points()).toBe(50 + earned - 100)
    await member.taps('满 50 减 10 代金券')
    await member.sees(`剩 ${before - 1} 件`)
    await member.back()
  })

  test('the clerk hands over the order of the code, and the same code has no further effect', async () => {
    const code = await codeShown()
    await clerk.taps('回工作台')
    await clerkEnters(code)
    await clerk.taps('交给会员')
    await clerk.taps('已经交给会员')
    await clerk.sees('已交给林小满')
    await clerk.keeps('5-2-handed-over')
    await clerk.taps('回工作台')
    await clerkEnters(code)
    await clerk.sees(/不要再给货$/)
    await clerk.keeps('5-3-not-twice')
    await clerk.taps('回工作台')
    await member.page.reload()
    await member.sees('已取货')
  })

  test('another order is cancelled: the points go back to their own lot, the item to the shelf', async () => {
    await member.opens('/pages/mall/index')
    await redeems('满 50 减 10 代金券', 100)
    await member.taps('取消兑换')
    await member.sees('取消这次兑换？')
    await member.keeps('5-4-cancel')
    await member.taps('取消兑换', -1)
    await member.sees('已取消')
    expect(await points()).toBe(50 + earned - 100)
    await member.opens('/member/ledger/index')
    await member.taps('取消兑换')
    await member.sees('退回到这几笔积分')
    await member.keeps('5-5-given-back')
    await member.opens('/pages/mall/index')
    await member.taps('满 50 减 10 代金券')
    await member.sees(`剩 ${before} 件`)
  })

  test('part of the purchase is returned, then the rest: together they take exactly the given points', async () => {
    // Bought since, so that nothing of what was given is spent.
    await stage.sells('林小满', 60_00)
    const start = await points()
    await clerk.taps('退货')
    const first = await givesBack(() => clerk.types('0.00', '32'))
    await clerk.keeps('6-1-part-returned')
    expect(first).toBeGreaterThan(0)
    expect(await points()).toBe(start - first)
    await clerk.taps('再退一张')
    const rest = await givesBack(() => clerk.taps('全部退'))
    await clerk.keeps('6-2-rest-returned')
    expect(first + rest).toBe(earned)
    expect(await points()).toBe(start - earned)
    await member.opens('/member/ledger/index')
    await expect.poll(() => member.one('退货').count()).toBe(2)
    await member.keeps('6-3-ledger')
  })

  test('the member pays a part with points, which come back with the goods', async () => {
    await stage.sells('林小满', 600_00)
    const start = await points()
    await member.opens('/pages/code/index')
    await member.sees(/秒后自动更新$/)
    await clerk.taps('完成')
    await clerkEnters(await codeShown())
    await clerk.types('0.00', '50')
    await clerk.types('收银小票上的单号', 'A-200')
    await clerk.sees('积分抵现')
    await clerk.taps(/^最多 [\d,]+ 分$/)
    await clerk.sees(/^应付 ¥50\.00，积分抵 ¥/)
    await clerk.keeps('6-4-offset')
    await clerk.taps('确认记账')
    await clerk.sees('已记到林小满名下')
    await clerk.sees(/ 分抵 ¥/)
    await clerk.keeps('6-5-offset-recorded')
    const paid = await points()
    expect(paid).toBeLessThan(start)
    await member.opens('/member/purchases/index')
    await member.sees(/用 [\d,]+ 分抵了 ¥/)
    await member.keeps('6-6-offset-purchase')
    await clerk.taps('回工作台')
    await clerk.taps('退货')
    await clerk.types('收银小票上的单号', 'A-200')
    await clerk.taps('查小票')
    await clerk.taps('全部退')
    await clerk.sees(/^退回抵现的 [\d,]+ 分，收回 \d+ 分$/)
    await clerk.keeps('6-7-offset-return')
    await clerk.taps('确认退货')
    await clerk.sees('确认退货？')
    await clerk.taps('确认退货', 0)
    await clerk.sees('退货已记录')
    await clerk.keeps('6-8-offset-returned')
    expect(await points()).toBe(start)
    await member.opens('/member/ledger/index')
    await member.taps('积分抵现')
    await member.sees(/^用 [\d,]+ 分抵 /)
    await member.page.waitForTimeout(400)
    await member.keeps('6-9-offset-entry')
  })

  let before = 0

  /** From the mall: what is on the screen of the item, and the order it becomes. */
  async function redeems(item: string, cost: number) {
    await member.taps(item)
    await member.sees('兑换须知')
    before = Number.parseInt((await member.reads(member.one(/^剩 \d+ 件$/, -1))).slice(2), 10)
    await member.taps('立即兑换')
    await member.taps(`用 ${cost} 分兑换`)
    await member.sees('取货码')
  }

  /** Returns some of receipt A-100; answers how many points the screen says it took. */
  async function givesBack(choose: () => Promise<void>): Promise<number> {
    await clerk.types('收银小票上的单号', 'A-100')
    await clerk.taps('查小票')
    await clerk.sees('退哪些')
    await choose()
    await clerk.sees(/^收回/)
    await clerk.taps('确认退货')
    await clerk.sees('确认退货？')
    await clerk.taps('确认退货', 0)
    await clerk.sees('退货已记录')
    return Number.parseInt((await clerk.reads(clerk.one(/^−\d+ 分$/))).slice(1), 10)
  }
})
