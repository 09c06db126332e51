import { adminSessions } from '@pointbook/server/platform/session/tables'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aStage, type Panel, type Stage } from './stage.ts'

const logIn = async (panel: Panel) => {
  await panel.page.getByLabel('账号').fill('demo')
  await panel.page.getByLabel('密码', { exact: true }).fill('demo-password')
  await panel.page.getByRole('button', { name: /登\s*录/ }).click()
}

/** A merchant's input is not lost and does not overwrite a colleague's change. */
describe('a merchant with two windows', { timeout: 90_000 }, () => {
  let stage: Stage
  let panel: Panel
  let other: Panel

  beforeAll(async () => {
    stage = await aStage()
    await (await stage.aMemberPhone('林小满')).page.close()
    ;[panel, other] = [await stage.thePanel('/settings'), await stage.thePanel('/settings')]
    for (const window of [panel, other]) {
      await logIn(window)
      await window.one('客服电话').waitFor()
    }
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const field = (window: Panel, label: string) =>
    window.page.getByLabel(label, { exact: true }).filter({ visible: true }).last()
  const button = (window: Panel, name: string | RegExp) =>
    window.page.getByRole('button', { name }).filter({ visible: true }).last()
  const goes = (window: Panel, at: string) => window.page.goto(new URL(`/panel${at}`, window.page.url()).href)
  const dialog = (window: Panel) => window.page.getByRole('dialog').filter({ visible: true })

  test('sees the values of the other window beside the typed ones, and chooses (FM1)', async () => {
    await field(panel, '公告').fill('周三会员日')
    await button(panel, /^保\s*存$/).click()
    await panel.sees('设置已保存')
    await field(other, '客服电话').fill('400-800-1234')
    await button(other, /^保\s*存$/).click()
    await other.sees('您打开之后，这里又被改过。请对照最新的内容，再决定保存哪一份')
    await other.keeps('14-1-outdated')
    stage.expects('409 PUT /admin/settings')
    await button(other, '保存我填的，其余用现在的').click()
    await other.sees('设置已保存')
    await panel.page.reload()
    await expect.poll(() => field(panel, '客服电话').inputValue()).toBe('400-800-1234')
    expect(await field(panel, '公告').inputValue()).toBe('周三会员日')
  })

  test('keeps two drafts of the rules apart (FM1)', async () => {
    await Promise.all([goes(panel, '/policy/edit'), goes(other, '/policy/edit')])
    for (const window of [panel, other]) await window.sees('修改会自动保存为草稿，发布后才生效')
    await field(panel, '方案名称').fill('第一个窗口')
    await panel.sees('草稿已保存，发布后才生效')
    await field(other, '方案名称').fill('第二个窗口')
    await other.sees('草稿刚刚在别处改过，您这里的修改还没有保存')
    await other.keeps('14-2-outdated-draft')
    stage.expects('409 PUT /admin/policy/draft')
    await button(other, '用我的这份代替').click()
    await other.sees('草稿已保存，发布后才生效')
    await panel.page.reload()
    await expect.poll(() => field(panel, '方案名称').inputValue()).toBe('第二个窗口')
  })

  test('clicks twice on save without a conflict (FM1)', async () => {
    await goes(panel, '/settings')
    await field(panel, '公告').fill('今天买一送一')
    await button(panel, /^保\s*存$/).dblclick()
    await panel.sees('设置已保存')
    await panel.seesNo('您打开之后，这里又被改过。请对照最新的内容，再决定保存哪一份')
    await goes(panel, '/mall')
    const item = panel.page.locator('.item').filter({ hasText: '任选拿铁一杯' })
    await item.getByRole('button', { name: /^下\s*架$/ }).dblclick()
    await panel.sees('「任选拿铁一杯」已下架，已有的兑换仍可取货')
    await item.getByRole('button', { name: /^上\s*架$/ }).click()
    await panel.sees('「任选拿铁一杯」已上架')
  })

  test('presses a button of a list again when the other window was faster (FM1)', async () => {
    const { rows } = await (await stage.asAdmin()).call('GET /admin/items')
    const { itemId } = rows.find(({ name }) => name === '任选拿铁一杯')!
    await Promise.all([goes(panel, '/mall'), goes(other, '/mall')])
    const shelf = (window: Panel) =>
      window.page
        .locator('.item')
        .filter({ hasText: '任选拿铁一杯' })
        .getByRole('button', { name: /^[上下]\s*架$/ })
    await shelf(other).waitFor()
    await panel.page.getByRole('button', { name: '修改「任选拿铁一杯」' }).first().click()
    await field(panel, '商品介绍').fill('大杯')
    await button(panel, /^保\s*存$/).click()
    await panel.sees('「任选拿铁一杯」已保存')
    await shelf(other).click()
    await other.hears('您打开之后，这里又被改过。请对照最新的内容，再决定保存哪一份')
    stage.expects(`409 PATCH /admin/items/${itemId}`)
    await shelf(other).click()
    await other.sees('「任选拿铁一杯」已下架，已有的兑换仍可取货')
    await shelf(other).click()
    await other.sees('「任选拿铁一杯」已上架')
  })

  test('is asked before Esc, a link or the back button drops a form, and Enter keeps it (FM11)', async () => {
    await panel.page.locator('nav').getByRole('link', { name: '门店与员工', exact: true }).click()
    await button(panel, '添加门店').click()
    await field(panel, '门店名称').fill('滨江二店')
    await panel.page.keyboard.press('Escape')
    await panel.sees('填写的内容还没有保存')
    await panel.keeps('14-3-asked')
    await panel.page.locator('button:focus', { hasText: '继续填写' }).waitFor()
    await button(panel, '继续填写').click()
    expect(await field(panel, '门店名称').inputValue()).toBe('滨江二店')
    await panel.page.goBack()
    await panel.sees('填写的内容还没有保存')
    await button(panel, '继续填写').click()
    expect(await field(panel, '门店名称').inputValue()).toBe('滨江二店')
    await panel.page.keyboard.press('Escape')
    await button(panel, /^离\s*开$/).click()
    await expect.poll(() => dialog(panel).count()).toBe(0)
  })

  test('logs in again over the form when the session has ended, and saves what was typed (FM11)', async () => {
    await goes(panel, '/stores')
    await button(panel, '添加门店').click()
    await field(panel, '门店名称').fill('滨江二店')
    await stage.db.delete(adminSessions)
    await button(panel, /^保\s*存$/).click()
    await panel.sees('登录已过期，请重新登录')
    await panel.page.locator('input[type=password]:focus').waitFor()
    await panel.keeps('14-4-log-in-again')
    stage.expects('401 POST /admin/stores')
    await panel.page.keyboard.type('demo-password')
    await button(panel, /^登\s*录$/).click()
    await panel.seesNo('登录已过期，请重新登录')
    expect(await field(panel, '门店名称').inputValue()).toBe('滨江二店')
    await button(panel, /^保\s*存$/).click()
    await panel.sees('「滨江二店」已保存')
    await other.page.close()
  })

  test('is asked before the log-out, and Enter stays logged in (FM11)', async () => {
    await button(panel, '退出登录').click()
    await panel.sees('退出登录？')
    await panel.page.locator('button:focus', { hasText: /取\s*消/ }).waitFor()
    await panel.page.keyboard.press('Enter')
    await expect.poll(() => dialog(panel).count()).toBe(0)
    await panel.sees('滨江二店')
  })

  test('corrects a profile and rebinds the phone, which the log names with the value before (FM4, FP6, FM15)', async () => {
    const memberId = await stage.memberNamed('林小满')
    await goes(panel, `/members/${memberId}`)
    await button(panel, '修改资料').click()
    await field(panel, '地址').fill('滨江路 2 号')
    await field(panel, '原因').fill('会员来电更正')
    await panel.keeps('14-5-profile')
    await button(panel, /^保\s*存$/).click()
    await panel.sees('资料已保存')
    await button(panel, /^换\s*绑$/).click()
    await panel.keeps('14-6-wechat')
    await button(panel, '再想想').click()
    await panel.page
      .locator('tr')
      .filter({ hasText: '手机' })
      .getByRole('button', { name: /换\s*绑/ })
      .click()
    await field(panel, '新手机号').fill('138 1234 9876')
    await field(panel, '原因').fill('本人到店，已核对')
    await panel.keeps('14-7-phone')
    await dialog(panel)
      .getByRole('button', { name: /换\s*绑/ })
      .click()
    await panel.sees('138****9876')
    await panel.keeps('14-8-member')
    await goes(panel, '/audit-log')
    await panel.clicks('修改资料（地址）：会员来电更正')
    await panel.sees(/无 → 滨江路.*\*\*\*\*/)
    await panel.sees('林小满')
    await panel.keeps('14-9-audit-log')
  })

  test('sees a past day without today’s state, and a message for an invalid address (FM14, FM15)', async () => {
    const memberId = await stage.memberNamed('林小满')
    await goes(panel, `/members/${memberId}?asOf=2026-03-01`)
    await panel.sees('您看到的是 2026-03-01 结束时的积分、明细与批次')
    await panel.seesNo('会员等级')
    await panel.seesNo('调整积分')
    await panel.keeps('14-10-as-of')
    await goes(panel, '/liability?on=2026-03-01')
    await panel.sees('您看到的是 2026-03-01 结束时的积分负债')
    await panel.keeps('14-11-liability-as-of')
    for (const [at, words] of [
      ['/members/abc', '没有找到这位会员'],
      ['/members/abc/statement', '没有找到这位会员'],
      ['/cases/abc', '没有找到这次调查'],
      ['/policy/versions/abc', '没有找到这个规则版本'],
    ] as const) {
      await goes(panel, at)
      await panel.sees(words)
    }
    await panel.keeps('14-12-missing')
  })

  test('opens an address with an unknown filter as if it had none (FM13)', async () => {
    await goes(panel, '/cases?tab=compensation')
    await panel.sees('没有进行中的调查')
    await goes(panel, '/mall?shelf=list')
    await panel.sees('任选拿铁一杯')
  })

  test('sees the reason, person and time of a freeze, and no usable points (FM16, FM22)', async () => {
    const memberId = await stage.memberNamed('林小满')
    await goes(panel, `/members/${memberId}`)
    await button(panel, '冻结账户').click()
    await field(panel, '原因').fill('小票待核实')
    await dialog(panel)
      .getByRole('button', { name: /冻\s*结/ })
      .click()
    await panel.sees(/^2026-03-\d\d \d\d:\d\d 管理员：小票待核实$/)
    await panel.sees('解冻后可用')
    await panel.seesNo('现在可用')
    await panel.keeps('14-13-frozen')
  })

  test('reads the shop’s days on a computer in New York (FM2)', async () => {
    const away = await stage.thePanel('/', { timezoneId: 'America/New_York' })
    await logIn(away)
    await away.sees('会员手中的积分')
    const memberId = await stage.memberNamed('林小满')
    await goes(away, `/members/${memberId}/statement`)
    const { today } = await stage.anyone().call('GET /shop')
    await expect.poll(() => away.page.locator('.ant-picker-range input').last().inputValue()).toBe(today)
    await away.page.close()
  })
})
