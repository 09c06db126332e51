import { afterAll, afterEach, beforeAll, describe, test } from 'vitest'
import { aStage, type Phone, type Stage } from './stage.ts'

/** A member rises by buying, sees what it brings and what keeps it, and is granted more by the merchant. */
describe('tiers', { timeout: 90_000 }, () => {
  let stage: Stage
  let member: Phone

  beforeAll(async () => {
    stage = await aStage()
    member = await stage.aMemberPhone('林小满')
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  test('a member who buys enough rises at once, is notified, and sees the benefits (F1, F2, F3, F10)', async () => {
    await stage.sells('林小满', 230_00)
    await member.opens('/member/inbox/index')
    await member.taps('恭喜升级为银卡会员')
    await member.sees('银卡会员可保留到 2027年2月28日')
    await member.sees('购物权益')
    await member.keeps('10-1-benefits')
    await member.taps('钻石会员', 0)
    await member.sees('限量款预留')
    await member.sees('专属店长')
    await member.one('各等级对比').scrollIntoViewIfNeeded()
    await member.keeps('10-2-comparison')
    await member.opens('/pages/home/index')
    await member.sees('银卡会员权益')
    await member.keeps('10-3-home')
    await member.opens('/pages/mall/index')
    await member.taps('厚磅帆布袋')
    await member.sees('生日双周礼遇')
    await member.keeps('10-4-item')
  })

  test('the merchant grants a tier until a day, and the member has it (A2, F9)', async () => {
    const panel = await stage.thePanel()
    const labelled = (label: string) => panel.page.getByLabel(label, { exact: true }).filter({ visible: true }).last()
    await labelled('账号').fill('demo')
    await labelled('密码').fill('demo-password')
    await panel.page.getByRole('button', { name: /登\s*录/ }).click()
    await panel.page.locator('nav').getByRole('link', { name: '会员', exact: true }).click()
    await panel.searches('会员号 / 手机号 / 昵称', '林小满')
    await panel.sees('银卡会员')
    await panel.keeps('10-5-members')
    await panel.clicks('林小满')
    await panel.sees('可保留到 2027-02-28')
    await panel.clicks('授予等级')
    await panel.page.getByRole('dialog').getByRole('combobox').click()
    await panel.page.locator('.ant-select-item-option').getByText('钻石会员').click()
    await labelled('原因').fill('购买年度会员')
    await panel.keeps('10-6-grant')
    await panel.page
      .getByRole('dialog')
      .getByRole('button', { name: /授予等级/ })
      .click()
    await panel.sees(/^授予「钻石会员」到/)
    await panel.keeps('10-7-granted')
    await member.opens('/member/benefits/index')
    await member.page.reload()
    await member.sees(/^有效期到 /)
    await member.sees('已经是最高等级')
    await member.keeps('10-8-granted-benefits')
  })
})
