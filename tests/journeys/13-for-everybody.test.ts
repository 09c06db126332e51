import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fresh } from '../support/house.ts'
import type { Words } from './screen.ts'
import { aStage, type Phone, type Stage } from './stage.ts'

const run = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] })`

interface Found {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[]
}

/** What stands in the way of people who do not see well, hear the screen, or use keys. */
async function obstacles(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<Found>(run)
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return serious.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  )
}

/** Every page of the preview is looked at by axe, with something on it. */
describe('the mini-program for everybody', { timeout: 90_000 }, () => {
  let stage: Stage
  let member: Phone
  let clerk: Phone
  let orderNo: string

  beforeAll(async () => {
    stage = await aStage()
    member = await stage.aMemberPhone('林小满')
    await stage.sells('林小满', 168_00)
    const memberId = await stage.memberNamed('林小满')
    const { call } = await stage.asMember(memberId)
    const { rows } = await call('GET /mall/items', {})
    const { itemId } = rows.find(({ points, stock }) => points <= 200 && stock > 0)!
    const { stores } = await call('GET /shop')
    const { storeId } = stores[0]!
    const redeemed = await call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    orderNo = redeemed.order.orderNo
    await stage.settle()
    clerk = await stage.aPhone('陈店员')
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  async function looksAt(phone: Phone, at: string, words: Words) {
    await phone.opens(at)
    await phone.sees(words)
    await phone.keeps(`13-${at.replace(/\W+/g, '-')}`)
    expect(await obstacles(phone.page)).toEqual([])
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
  ])('shows a member %s without serious obstacles (FW1)', (at, words) => looksAt(member, at, words))

  test('shows an order and the redemption sheet without serious obstacles (FW1)', async () => {
    await looksAt(member, `/member/order/index?no=${orderNo}`, '取货码')
    await member.opens('/pages/mall/index')
    await member.taps('满 50 减 10 代金券')
    await member.taps('立即兑换')
    await member.sees('确认兑换')
    await member.sees('用 100 分兑换')
    await member.keeps('13-redeem-sheet')
    expect(await obstacles(member.page)).toEqual([])
  })

  test.each<[string, Words]>([
    ['/clerk/home/index', '人民广场店'],
    ['/clerk/pickup/index', '请先扫取货码'],
    ['/clerk/return/index', '查小票'],
  ])('shows a clerk %s without serious obstacles (FW1)', (at, words) => looksAt(clerk, at, words))

  test('shows a clerk the member they serve without serious obstacles (FW1)', async () => {
    const { code } = await (await stage.asMember(await stage.memberNamed('林小满'))).call('GET /me/code')
    await clerk.opens('/clerk/home/index')
    await clerk.types('扫不了？输入码下方的数字', code)
    await clerk.taps('确定')
    await clerk.sees('应付金额')
    await clerk.keeps('13-serving')
    expect(await obstacles(clerk.page)).toEqual([])
  })

  test('shows a visitor the sign-up without serious obstacles (FW1)', async () => {
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
