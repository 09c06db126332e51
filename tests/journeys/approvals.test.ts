import { admins } from '@pointbook/server/features/shop/accounts/tables'
import { hashPassword } from '@pointbook/server/platform/passwords'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aStage, type Panel, type Stage } from './stage.ts'

const PASSWORD = '晴天去海边捡贝壳看日落 42'

/** A manager adjusts more points than one person may; the owner agrees, and the manager sees what came of it. */
describe('approvals', { timeout: 90_000 }, () => {
  let stage: Stage
  let owner: Panel
  let manager: Panel
  let before: number

  beforeAll(async () => {
    stage = await aStage()
    before = await stage.pointsOf('顾知夏')
    const passwordHash = await hashPassword(PASSWORD)
    await stage.db.update(admins).set({ passwordHash }).where(eq(admins.login, 'manager'))
    owner = await stage.thePanel()
    manager = await stage.thePanel()
    await logsIn(owner, 'demo', 'demo-password')
    await logsIn(manager, 'manager', PASSWORD)
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const goesTo = ({ page }: Panel, place: RegExp) => page.locator('nav').getByRole('link', { name: place }).click()
  const button = ({ page }: Panel, name: string | RegExp) =>
    page.getByRole('button', { name }).filter({ visible: true })

  async function logsIn(panel: Panel, login: string, password: string) {
    await panel.page.getByLabel('账号', { exact: true }).fill(login)
    await panel.page.getByLabel('密码', { exact: true }).fill(password)
    await button(panel, /^登\s*录$/).click()
    await panel.sees('概览')
  }

  test('the manager is told beforehand that a second person decides, and hands it in (M15)', async () => {
    await goesTo(manager, /^会员$/)
    await manager.searches('会员号 / 手机号 / 昵称', '顾知夏')
    await manager.clicks('顾知夏')
    await button(manager, '调整积分').click()
    await manager.page.getByRole('spinbutton', { name: '积分数' }).fill('500')
    await manager.seesNo('一次调整超过 500 分，要另一个人审批')
    await manager.page.getByRole('spinbutton', { name: '积分数' }).fill('1200')
    await manager.sees('一次调整超过 500 分，要另一个人审批')
    await manager.page.getByRole('textbox', { name: '原因' }).fill('补记三次团购')
    await manager.keeps('approvals-1-beforehand')
    await button(manager, '提交审批 +1,200 分').click()
    await manager.hears('已提交审批，另一个人同意后才执行。进度在「审批」里看')
    expect(await stage.pointsOf('顾知夏')).toBe(before)
  })

  test('the manager can take it back, but not decide on it (M15)', async () => {
    await goesTo(manager, /审批/)
    await manager.clicks('增加 1,200 分：补记三次团购')
    await manager.sees('等待他人审批')
    await button(manager, /^撤\s*回$/).waitFor()
    expect(await button(manager, /^同\s*意$/).count()).toBe(0)
    await manager.keeps('approvals-2-own')
  })

  test('the owner sees what would happen, agrees, and the balance changes (M15)', async () => {
    await goesTo(owner, /审批/)
    await owner.clicks('增加 1,200 分：补记三次团购')
    const figure = (points: number) => points.toLocaleString('en')
    await owner.sees(`${figure(before + 1_200)} 分`)
    await owner.keeps('approvals-3-detail')
    await button(owner, /^同\s*意$/).click()
    await owner.sees(`余额：${figure(before)} 分 → ${figure(before + 1_200)} 分`)
    await owner.page.getByRole('textbox', { name: '审批意见' }).fill('看过三张小票')
    await button(owner, '同意并执行').click()
    await owner.hears(`已调整，余额 ${figure(before + 1_200)} 分`)
    expect(await stage.pointsOf('顾知夏')).toBe(before + 1_200)
  })

  test('the manager sees the result and who decided (M15)', async () => {
    await manager.page.goto(new URL('/panel/approvals?state=done', manager.page.url()).href)
    await manager.clicks('增加 1,200 分：补记三次团购')
    await manager.sees('看过三张小票')
    await manager.sees(`已调整，余额 ${(before + 1_200).toLocaleString('en')} 分`)
    await manager.keeps('approvals-4-result')
  })
})
