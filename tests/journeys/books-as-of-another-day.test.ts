import { readFile } from 'node:fs/promises'
import { addDays } from '@pointbook/shared/day'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fresh } from '../support/server.ts'
import { aStage, type Panel, type Phone, type Stage } from './stage.ts'

/** Step 9: the same books as of another day, on the phone, in the panel and on paper. */
describe('the books as of another day', { timeout: 90_000 }, () => {
  let stage: Stage
  let phone: Phone
  let panel: Panel

  beforeAll(async () => {
    stage = await aStage()
    const first = await stage.aMemberPhone('林小满')
    await first.page.close()
    await stage.sells('林小满', 88_00)
    stage.clock.travelDays(2)
    await stage.sells('林小满', 40_00)
    phone = await stage.aPhone('林小满', '/pages/me/index')
    panel = await stage.thePanel()
    await panel.page.getByLabel('账号', { exact: true }).fill('demo')
    await panel.page.getByLabel('密码', { exact: true }).fill('demo-password')
    await panel.page.getByRole('button', { name: /登\s*录/ }).click()
    await panel.sees('会员手中的积分')
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  test('a member reads the statement of a month, which opens with the one before', async () => {
    await phone.taps('积分明细')
    await phone.taps('月度对账单')
    await phone.sees('2026年3月')
    await phone.sees('3月4日余额')
    await phone.sees('注册礼')
    await phone.sees('从下个月起，这里会画出您每个月底的积分余额')
    await phone.keeps('9-1-statement')
    await phone.page.locator('.month-turn').first().tap()
    await phone.sees('2026年2月')
    await phone.sees('这个月没有积分变动')
    await phone.keeps('9-2-month-before')
  })

  test('a member asks what the balance was at the end of a day', async () => {
    await phone.taps('请选择')
    await phone.taps('确定')
    await phone.sees('2026年3月4日')
    await phone.sees('当天结束时余额')
    expect(await phone.reads(phone.page.locator('.statement-then'))).toBe(String(await stage.pointsOf('林小满')))
    await phone.keeps('9-3-balance-on')
  })

  test('a member of many months sees the chart of the balance and opens the statement of a month (G4)', async () => {
    const friend = await stage.aPhone('周子墨', '/member/statement/index')
    const bars = friend.page.locator('.balance')
    await expect.poll(() => bars.count()).toBe(12)
    const shown = friend.page.locator('.balances-shown')
    expect(await friend.reads(shown)).toBe(String(await stage.pointsOf('周子墨')))
    await friend.keeps('9-3-balances')
    await bars.nth(3).tap()
    await friend.sees('2025年7月')
    await friend.sees('7月31日余额')
    await expect
      .poll(() => friend.reads(friend.page.locator('.statement-closing-points')))
      .toBe(await friend.reads(shown))
    await friend.keeps('9-3-balance-of-a-month')
    await friend.page.close()
  })

  test('the merchant sees the record of a member as it was at the end of a day', async () => {
    const now = await stage.pointsOf('林小满')
    const memberId = await stage.memberNamed('林小满')
    const { rows } = await (await stage.asAdmin()).call('GET /admin/members/:memberId/entries', { memberId })
    const later = rows.filter(({ at }) => at > '2026-03-02T16').reduce((sum, { delta }) => sum + delta, 0)
    await panel.page.goto(new URL(`/panel/members/${memberId}?asOf=2026-03-02`, panel.page.url()).href)
    await panel.sees('您看到的是 2026-03-02 结束时的积分、明细与批次')
    const balance = panel.page.locator('.points-strip-big')
    await expect.poll(() => balance.textContent()).toBe(String(now - later))
    await panel.keeps('9-4-as-of')
    await panel.page.getByRole('tab', { name: '批次与到期', exact: true }).click()
    await panel.sees('最后可用日')
    await panel.clicks('回到现在')
    await expect.poll(() => balance.textContent()).toBe(String(now))
  })

  test('extends points with the named last day, as the text describes (FM20)', async () => {
    const memberId = await stage.memberNamed('林小满')
    const { lots } = await (await stage.asAdmin()).call('GET /admin/members/:memberId', { memberId })
    const last = lots.map(({ expiresOn }) => expiresOn!).sort()[0]!
    const ending = lots.filter(({ expiresOn }) => expiresOn === last).reduce((sum, lot) => sum + lot.remaining, 0)
    await panel.page.getByRole('button', { name: '延长有效期' }).click()
    const dialog = panel.page.getByRole('dialog')
    await dialog.getByText('到期日在这天或更早的').waitFor()
    for (const [nth, day] of [last, addDays(last, 30)].entries()) {
      await dialog.locator('.ant-picker input').nth(nth).fill(day)
      await panel.page.keyboard.press('Enter')
    }
    await panel.sees(`共 ${ending} 分会延期到 ${addDays(last, 30)}，其余积分不变。`)
    await panel.keeps('9-4-extend')
    await dialog.locator('textarea').fill('门店装修停业')
    await dialog.getByRole('button', { name: `延长 ${ending} 分` }).click()
    await dialog.waitFor({ state: 'hidden' })
    const after = await (await stage.asAdmin()).call('GET /admin/members/:memberId', { memberId })
    expect(after.lots.filter(({ expiresOn }) => expiresOn! <= last)).toEqual([])
  })

  test('prints a statement', async () => {
    await panel.clicks('打印对账单')
    await panel.sees('会员积分对账单')
    await panel.sees('期末积分的最后可用日')
    await panel.keeps('9-5-paper')
    await panel.page.evaluate(`window.print = () => document.body.setAttribute('data-printed', '')`)
    await panel.page.getByRole('button', { name: '打印' }).click()
    expect(await panel.page.locator('body[data-printed]').count()).toBe(1)
    await panel.page.emulateMedia({ media: 'print' })
    await panel.seesNo('积分负债')
    await panel.sees('会员积分对账单')
    await panel.page.emulateMedia({ media: null })
  })

  test('sees the liability and its months of expiry, and downloads the table', async () => {
    await panel.page.locator('nav').getByRole('link', { name: '积分负债', exact: true }).click()
    await panel.sees('近两年每月进出')
    await expect.poll(() => panel.page.locator('.liability-charts [role=img]').count()).toBe(2)
    await panel.keeps('9-6-liability')
    const { expiring } = await (await stage.asAdmin()).call('GET /admin/liability', {})
    const downloading = panel.page.waitForEvent('download')
    await panel.page.getByRole('button', { name: '下载表格' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('按到期月份-2026-03-04.csv')
    const [head, first] = (await readFile(await download.path(), 'utf8')).split('\r\n')
    expect(head).toBe('\uFEFF到期月份,积分,约合（元）,会员（人）')
    const { month, points, fen, members } = expiring[0]!
    expect(first).toBe([month, points, (fen / 100).toFixed(2), members].join(','))
    await panel.page.getByRole('tab', { name: '每月进出' }).click()
    await panel.sees(/^上月结余/)
    await panel.keeps('9-7-flows')
    await panel.page.getByRole('tab', { name: '过期未用' }).click()
    await panel.sees(/^每个月进账的积分后来怎样了/)
  })

  test('finds the last back-test again with its own period (FM13)', async () => {
    const admin = await stage.asAdmin()
    const { inForce } = await admin.call('GET /admin/policy')
    const [from, until] = ['2026-01-05', '2026-02-20']
    await admin.call('POST /admin/backtests', { policy: inForce, from, until, requestId: fresh() })
    await panel.page.goto(new URL('/panel/policy/backtest', panel.page.url()).href)
    const period = panel.page.locator('.ant-picker-range input')
    const shown = () => Promise.all([0, 1].map((nth) => period.nth(nth).inputValue()))
    await expect.poll(shown).toEqual([from, until])
    await panel.page.reload()
    await expect.poll(shown).toEqual([from, until])
  })
})
