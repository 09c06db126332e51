import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aStage, type Panel, type Stage } from './stage.ts'

const picture = new URL('../../server/pictures/latte.webp', import.meta.url)

/** Step 8: the merchant before the panel. */
describe('the merchant', { timeout: 90_000 }, () => {
  let stage: Stage
  let panel: Panel

  beforeAll(async () => {
    stage = await aStage()
    await stage.aMemberPhone('林小满')
    panel = await stage.thePanel()
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  // Of two fields of one name, the one in the dialog stands last.
  const labelled = (label: string) => panel.page.getByLabel(label, { exact: true }).filter({ visible: true }).last()
  const button = (name: string | RegExp) => panel.page.getByRole('button', { name }).filter({ visible: true })
  const dialog = () => panel.page.getByRole('dialog').filter({ visible: true })
  const goesTo = (place: string) => panel.page.locator('nav').getByRole('link', { name: place, exact: true }).click()

  const dialogCloses = () => expect.poll(() => dialog().count()).toBe(0)

  /** Fills in why and says yes. */
  async function gives(reason: string, yes: RegExp) {
    await labelled('原因').fill(reason)
    await dialog().getByRole('button', { name: yes }).click()
    await dialogCloses()
  }

  const opensRule = (name: string) =>
    panel.page
      .locator('.rule-card')
      .filter({ hasText: name })
      .getByRole('button', { name: /修\s*改/ })
      .click()

  /** Adds a condition where the first can be added, which is the innermost place. */
  async function addsCondition(kind: string) {
    await dialog().getByRole('button', { name: '添加条件' }).first().click()
    const choice = panel.page.locator('.ant-dropdown').getByRole('menuitem', { name: kind })
    await choice.click()
    await choice.waitFor({ state: 'detached' })
  }

  async function publishes(why: string, version: number) {
    await expect.poll(() => button(/^发\s*布$/).isEnabled()).toBe(true)
    await button(/^发\s*布$/).click()
    await labelled('发布说明').fill(why)
    await button('立即发布').click()
    await panel.hears(`第 ${version} 版已生效`)
    await panel.sees(new RegExp(`^现行的是第 ${version} 版`))
  }

  test('logs in and sees the day at a glance', async () => {
    await labelled('账号').fill('demo')
    await labelled('密码').fill('demo-password')
    await button(/登\s*录/).click()
    await panel.sees('会员手中的积分')
    await panel.sees('等待取货')
    await panel.keeps('8-1-dashboard')
  })

  test('finds a member and reads the whole record', async () => {
    await goesTo('会员')
    const field = '会员号 / 手机号 / 昵称'
    await panel.searches(field, '林小满')
    await panel.clicks('林小满')
    await panel.sees('注册礼')
    // What was typed may be a phone number: not in the address, but there again after a step back.
    await panel.page.goBack()
    expect(new URL(panel.page.url()).search).toBe('')
    expect(await panel.page.getByPlaceholder(field).inputValue()).toBe('林小满')
    await panel.seesNo('周子墨')
    await panel.clicks('林小满')
    for (const tab of ['批次与到期', '消费与退货', '兑换', '签到与邀请', '操作记录'])
      await panel.page.getByRole('tab', { name: tab, exact: true }).click()
    await panel.sees('还没有人对这位会员做过操作')
    await panel.keeps('8-2-member')
  })

  test('gives the member tags, and finds other members with the same tags', async () => {
    await button('编辑标签').click()
    for (const tag of ['熟客', '写字楼']) {
      await labelled('会员标签').fill(tag)
      await panel.page.keyboard.press('Enter')
    }
    await panel.page.keyboard.press('Escape')
    await panel.keeps('8-2-editing-tags')
    await button(/^保\s*存$/).click()
    await panel.hears('标签已保存')
    await panel.keeps('8-2-tags')
    await panel.clicks('熟客')
    await panel.sees('共 1 条')
    await panel.keeps('8-2-members-with-a-tag')
    await panel.clicks('林小满')
    await button('编辑标签').waitFor()
  })

  test('adjusts points with a reason, which the log keeps (H8)', async () => {
    await button('调整积分').click()
    await labelled('积分数').fill('25')
    await gives('补记三月一日消费', /确认 \+25 分/)
    expect(await stage.pointsOf('林小满')).toBe(75)
    await panel.sees(/补记三月一日消费/)
    await panel.keeps('8-3-adjusted')
  })

  test('shows the bounds of a number field instead of changing the input (FM9)', async () => {
    await button('调整积分').click()
    for (const typed of ['-50', '1.5', '99999999999']) {
      await labelled('积分数').fill(typed)
      await panel.sees('请填 1 到 1,000,000,000 的整数')
      expect(await labelled('积分数').inputValue()).toBe(typed)
      await expect.poll(() => button('确认调整').isDisabled()).toBe(true)
    }
    await panel.keeps('8-3-number-refused')
    await labelled('积分数').fill('５０')
    await panel.sees(/确认 \+50 分/)
    await labelled('积分数').fill('')
    await button('再想想').click()
  })

  test('freezes the account and reactivates it', async () => {
    await button('冻结账户').click()
    await gives('同一小票多次退货，待核实', /冻\s*结/)
    await panel.sees('账户已冻结，暂不能得积分和兑换')
    await panel.keeps('8-4-frozen')
    const phone = await stage.aPhone('林小满')
    await phone.sees('账户已冻结，暂时不能获得和使用积分。原因在「消息」里，如有疑问请联系门店。')
    await button('解除冻结').click()
    await gives('核实无误', /解除冻结/)
    await panel.seesNo('账户已冻结，暂不能得积分和兑换')
    await phone.page.reload()
    await phone.sees('可用积分')
    await phone.seesNo('账户已冻结，暂时不能获得和使用积分。原因在「消息」里，如有疑问请联系门店。')
    await phone.page.close()
  })

  test('edits the policy in a form, compares it with the one in force and publishes it (B15, C7)', async () => {
    await goesTo('积分规则')
    await panel.clicks('修改规则')
    await opensRule('注册礼')
    await labelled('给多少分').fill('80')
    await panel.sees('成为会员，送 80 分')
    await button('放入草稿').click()
    await dialogCloses()
    await panel.sees('和现行规则相比，1 处变化')
    await panel.sees(/送 50 分/)
    await panel.keeps('8-5-compare')
    await publishes('开春迎新', 2)
    await panel.keeps('8-6-published')
    expect(await welcomeOf('沈嘉禾')).toBe(80)
  })

  test('publishes the version before again, as a new version', async () => {
    await panel.clicks(/^第 1 版 /)
    await panel.sees('换成这一版会有哪些变化')
    await button(/用回这一版/).click()
    await button('立即发布').click()
    await panel.sees('第 3 版已生效')
    await panel.keeps('8-7-went-back')
    expect(await welcomeOf('何书言')).toBe(50)
  })

  test('builds a rule with conditions within conditions and a cap, tries it and publishes it', async () => {
    await panel.clicks('修改规则')
    await panel.clicks('添加规则')
    await panel.clicks('首单礼')
    await labelled('规则名称').fill('春日茶歇')
    await button('删除这个条件').click()
    await addsCondition('单笔金额满')
    await addsCondition('满足任一：有一个成立就算')
    await addsCondition('会员生日')
    await addsCondition('不满足：反过来，不成立才算')
    await addsCondition('购买渠道')
    await labelled('给多少分').fill('15')
    await labelled('哪些渠道').click()
    await panel.page.getByTitle('外卖', { exact: true }).click()
    await panel.page.keyboard.press('Escape')
    await panel.clicks('最多给多少（封顶）')
    await labelled('每位会员每天').fill('20')
    await labelled('每位会员每天').blur()
    await panel.sees('单笔满 100 元，生日当月或（外卖消费除外），送 15 分，每天最多 20 分')
    await panel.keeps('8-8-nested-conditions')
    await button('放入草稿').click()
    await dialogCloses()
    const trial = panel.page.locator('.editor-side')
    await trial.getByText('+15', { exact: true }).waitFor()
    await trial.getByText('在哪里买、怎么付', { exact: true }).click()
    await trial.getByLabel('渠道').click()
    await panel.page.getByTitle('外卖', { exact: true }).filter({ visible: true }).last().click()
    await trial.getByText('几个条件都不符合', { exact: true }).waitFor()
    await panel.keeps('8-9-trial')
    await publishes('春日茶歇上线', 4)
    await stage.sells('何书言', 120_00)
    // Signing up gave 50. The first purchase, the 120 yuan and the new gift together are lifted by a half.
    expect(await stage.pointsOf('何书言')).toBe(50 + 30 + 120 + 15 + 82)
  })

  test('puts an item with a picture on the shelf, and restocks it (G5)', async () => {
    await goesTo('积分商城')
    await button('添加商品').click()
    await panel.page.locator('input[type=file]').setInputFiles({
      name: 'latte.webp',
      mimeType: 'image/webp',
      buffer: await readFile(picture),
    })
    await button(/换一张/).waitFor()
    await labelled('商品名称').fill('春日马克杯')
    await labelled('兑换积分').fill('40')
    await labelled('分类').fill('生活')
    await labelled('现有库存').fill('7')
    await panel.keeps('8-10-new-item')
    await dialog()
      .getByRole('button', { name: /^添\s*加$/ })
      .click()
    await panel.sees('已添加「春日马克杯」')
    await dialogCloses()
    await panel.searches('商品名称', '春日')
    await expect.poll(() => button(/^补\s*货$/).count()).toBe(1)
    await panel.sees(/^库存 7/)
    await button(/^补\s*货$/).click()
    await labelled('件数').fill('5')
    await gives('新到货', /入\s*库/)
    await panel.sees(/^库存 12/)
    await panel.keeps('8-11-restocked')
    const phone = await stage.aPhone('林小满', '/pages/mall/index')
    await phone.searches('搜搜想要的好物', '春日')
    await phone.taps('春日马克杯')
    await phone.sees('剩 12 件')
    await phone.keeps('8-12-item-in-the-mall')
    await phone.page.close()
  })

  test('cancels an order that waits', async () => {
    await goesTo('兑换订单')
    const orders = panel.page.locator('tbody tr').filter({ hasText: '待取货' })
    await orders.first().waitFor()
    const waiting = await orders.count()
    await panel.keeps('8-13-orders')
    await orders.first().click()
    await button('取消订单').click()
    await labelled('原因').fill('商品破损')
    await dialog().getByRole('button', { name: '取消订单' }).last().click()
    await panel.sees('订单已取消，积分已退回会员')
    await expect.poll(() => orders.count()).toBe(waiting - 1)
  })

  test('gives a member a post as clerk', async () => {
    await panel.page.goto(new URL('/panel/stores', panel.page.url()).href)
    await button('添加员工').click()
    await labelled('哪位会员').fill('林小满')
    await panel.page.getByTitle(/^林小满/).click()
    await labelled('在哪些门店').click()
    await panel.page.getByTitle('滨江店', { exact: true }).click()
    await panel.page.keyboard.press('Escape')
    await button(/^保\s*存$/).click()
    await panel.sees('员工已保存，对方重新进入小程序即可看到店员端')
    await panel.keeps('8-14-staff')
    const phone = await stage.aPhone('林小满', '/pages/me/index')
    await phone.sees('切换到店员端')
    await phone.page.close()
  })

  test('finds these actions in the audit log', async () => {
    await goesTo('审计日志')
    for (const text of [
      /加上标签「熟客」「写字楼」/,
      /补记三月一日消费/,
      /同一小票多次退货，待核实/,
      /开春迎新|第 2 版/,
      /春日马克杯/,
      /商品破损/,
    ])
      await panel.sees(text)
    await panel.keeps('8-15-audit-log')
  })

  test('has the ledger audited: every check passes', async () => {
    await goesTo('账目核对')
    await button('现在核对').first().click()
    await panel.sees('账目全部对得上')
    await panel.keeps('8-16-ledger')
  })

  /** The points of a registration now. */
  async function welcomeOf(name: string): Promise<number> {
    const phone = await stage.aMemberPhone(name)
    await phone.page.close()
    return stage.pointsOf(name)
  }
})
