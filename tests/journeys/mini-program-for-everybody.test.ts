import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fresh } from '../support/server.ts'
import { obstacles } from './obstacles.ts'
import type { Words } from './screen.ts'
import { aStage, type Phone, type Stage } from './stage.ts'

/** Every page of the preview is looked at by axe, with something on it. */
describe('accessibility of the mini-program', { timeout: 90_000 }, () => {
  let stage: Stage
  let member: Phone
  let clerk: Phone
  let manager: Phone
  let orderNo: string
  let storeId: number

  beforeAll(async () => {
    stage = await aStage()
    member = await stage.aMemberPhone('林小满')
    await stage.sells('林小满', 168_00)
    const memberId = await stage.memberNamed('林小满')
    const { call } = await stage.asMember(memberId)
    const { rows } = await call('GET /mall/items', {})
    const { itemId } = rows.find(({ points, stock }) => points <= 200 && stock > 0)!
    const { stores } = await call('GET /shop')
    storeId = stores[0]!.storeId
    const redeemed = await call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    orderNo = redeemed.order.orderNo
    await stage.settle()
    clerk = await stage.aPhone('陈店员')
    manager = await stage.aPhone('王店长')
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  /** Looks at what is on the screen once it says so. */
  async function looks(phone: Phone, words: Words, name: string) {
    await phone.sees(words)
    await phone.page.waitForLoadState('networkidle')
    await phone.keeps(`13-${name}`)
    expect(await obstacles(phone.page, { best: false })).toEqual([])
  }

  async function looksAt(phone: Phone, at: string, words: Words) {
    await phone.opens(at)
    await looks(phone, words, at.replace(/\W+/g, '-'))
  }

  test.each<[string, Words]>([
    ['/pages/home/index', '积分好物'],
    ['/pages/mall/index', '任选拿铁一杯'],
    ['/pages/code/index', /秒后自动更新$/],
    ['/pages/me/index', '退出登录'],
    ['/member/ledger/index', '月度对账单'],
    ['/member/statement/index', '余额走势'],
    ['/member/purchases/index', '人民广场店'],
    ['/member/entry/index?seq=2', '为什么是这些积分'],
    ['/member/check-in/index', '已连续签到'],
    ['/member/item/index?id=1', '兑换须知'],
    ['/member/orders/index', /^取货码/],
    ['/member/invite/index', '我邀请的好友'],
    ['/member/rules/index', '怎么得积分'],
    ['/member/benefits/index', '各等级对比'],
    ['/member/inbox/index', '积分到期微信提醒'],
    ['/member/announcements/index', /公告/],
    ['/member/profile/index', '点头像更换'],
    ['/member/card/index', '还没有会员卡'],
    ['/member/agreement/index', '会员与积分'],
    ['/member/privacy/index', '本店保存的信息'],
    ['/member/leave/index', '注销会发生什么'],
  ])('shows a member %s without obstacles (FW1)', (at, words) => looksAt(member, at, words))

  test('shows an order and the redemption sheet without obstacles (FW1)', async () => {
    await looksAt(member, `/member/order/index?no=${orderNo}`, '取货码')
    await member.opens('/pages/mall/index')
    await member.taps('满 50 减 10 代金券')
    await member.taps('立即兑换')
    await member.sees('确认兑换')
    await looks(member, '用 100 分兑换', 'redeem-sheet')
    await member.tapsBesideSheet()
    await member.opens(`/member/order/index?no=${orderNo}`)
    await member.taps('取消兑换')
    await looks(member, '取消这次兑换？', 'cancel-sheet')
  })

  test.each<[string, Words]>([
    ['/clerk/home/index', '人民广场店'],
    ['/clerk/pickup/index', '请先扫取货码'],
    ['/clerk/return/index', '查小票'],
  ])('shows a clerk %s without obstacles (FW1)', (at, words) => looksAt(clerk, at, words))

  test.each<[string, Words]>([
    ['/clerk/home/index', '门店管理'],
    ['/clerk/manage/index', '每个人今天做的'],
    ['/clerk/manage/staff/index', '添加店员'],
    ['/clerk/manage/adjust/index', '给谁调整'],
    ['/clerk/manage/approvals/index', '审批'],
  ])('shows a store manager %s without obstacles (FW1, FT6)', (at, words) => looksAt(manager, at, words))

  test('shows a store manager what adding and removing a clerk means without obstacles (FW1, FT6)', async () => {
    await manager.opens('/clerk/manage/staff/index')
    await manager.types('或输入手机号、会员号', String(await stage.memberNamed('林小满')).padStart(8, '0'))
    await manager.taps('查找')
    await looks(manager, '让林小满当店员？', 'add-clerk-sheet')
    await manager.taps('再想想')
    await manager.taps('移出', 0)
    await looks(manager, '移出门店', 'remove-clerk-sheet')
    await manager.taps('再想想', 0)
  })

  test('shows a store manager each step of an adjustment without obstacles (FW1, FT6)', async () => {
    await manager.opens('/clerk/manage/adjust/index')
    await manager.types('或输入手机号、会员号', String(await stage.memberNamed('林小满')).padStart(8, '0'))
    await manager.taps('查找')
    await manager.types('多少积分', '600')
    await manager.types('原因（会员会看到），例如：补记昨天漏记的消费', '投诉补偿')
    await looks(manager, '调整后', 'adjusting')
    await manager.taps('提交审批')
    await looks(manager, '提交审批？', 'adjust-sheet')
    await manager.taps('提交')
    await looks(manager, '已提交审批', 'handed-in')
  })

  async function clerkEnters(code: string) {
    await clerk.opens('/clerk/home/index')
    await clerk.types('扫不了？输入码下方的数字', code)
    await clerk.taps('确定')
  }

  const codeOf = async (nickname: string) =>
    (await (await stage.asMember(await stage.memberNamed(nickname))).call('GET /me/code')).code

  test('shows a clerk each step of a purchase without obstacles (FW1)', async () => {
    await clerkEnters(await codeOf('林小满'))
    await looks(clerk, '应付金额', 'serving')
    await clerk.types('0.00', '88')
    await clerk.types('收银小票上的单号', 'E-100')
    await looks(clerk, '¥88.00', 'priced')
    await clerk.taps(/^\+\d+ 分\s*为什么$/)
    await looks(clerk, '消费 88.00 元，每 1 元得 1 分', 'why-sheet')
    await clerk.tapsBesideSheet()
    await clerk.seesNo('消费 88.00 元，每 1 元得 1 分')
    await clerk.taps('确认记账')
    await looks(clerk, '已记到林小满名下', 'recorded')
  })

  test('shows a clerk a receipt and each step of its return without obstacles (FW1)', async () => {
    await looksAt(clerk, `/clerk/record/index?store=${storeId}&no=E-100`, '获得积分')
    await clerk.taps('退货')
    await looks(clerk, '退哪些', 'choosing')
    await clerk.taps('全部退')
    await looks(clerk, /^收回/, 'chosen')
    await clerk.taps('确认退货')
    await looks(clerk, '确认退货？', 'return-sheet')
    await clerk.taps('确认退货', 0)
    await looks(clerk, '退货已记录', 'returned')
  })

  test('shows a clerk each step of a pick-up without obstacles (FW1)', async () => {
    await member.opens(`/member/order/index?no=${orderNo}`)
    await member.sees('取货码')
    await clerkEnters((await member.reads(member.one(/^\d{4}( \d{4}){2,}$/))).replaceAll(' ', ''))
    await looks(clerk, '交给会员', 'to-hand-over')
    await clerk.taps('交给会员')
    await looks(clerk, '已经交给会员', 'hand-over-sheet')
    await clerk.taps('已经交给会员')
    await looks(clerk, '已交给林小满', 'handed-over')
  })

  test('shows a member the spend request on the phone without obstacles (FW1)', async () => {
    const memberId = await stage.memberNamed('林小满')
    const asking = await stage.aClerk([storeId])
    const found = { storeId, member: { memberNo: String(memberId) } }
    const { visit } = await asking.call('POST /clerk/look-ups', found)
    const wish = { visit, storeId, draftId: fresh('draft'), points: 100, requestId: fresh('ask') }
    await asking.call('POST /clerk/spend-requests', wish)
    await member.opens('/pages/code/index')
    await looks(member, '用积分抵现？', 'spend-request')
    await member.taps('不同意')
  })

  test('shows a visitor the sign-up without obstacles (FW1)', async () => {
    const visitor = await stage.aPhone((await stage.aPerson()).name)
    await looksAt(visitor, '/member/sign-up/index', '我已阅读并同意')
  })

  test('can be used by keys alone: every tap is a button with a name (FW1)', async () => {
    await member.opens('/pages/home/index')
    await member.page.getByRole('button', { name: '积分规则' }).press('Enter')
    await member.sees('怎么得积分')
    expect(await member.page.evaluate(namelessButtons)).toEqual([])
  })
})

const namelessButtons = `[...document.querySelectorAll('[role=button]')]
  .filter((button) => button.checkVisibility() && !button.textContent.trim() && !button.getAttribute('aria-label'))
  .map((button) => button.outerHTML.slice(0, 200))`
