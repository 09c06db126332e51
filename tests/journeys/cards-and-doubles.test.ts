import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aStage, type Panel, type Phone, type Stage } from './stage.ts'

/** Step 9: a card is printed, given, used and lost; and a customer who signed up twice becomes one. */
describe('cards and doubles', { timeout: 90_000 }, () => {
  let stage: Stage
  let panel: Panel
  let member: Phone
  let clerk: Phone
  let cardNo: string

  beforeAll(async () => {
    stage = await aStage()
    member = await stage.aMemberPhone('林小满')
    clerk = await stage.aPhone('陈店员')
    panel = await stage.thePanel()
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const labelled = (label: string) => panel.page.getByLabel(label, { exact: true }).filter({ visible: true }).last()
  const button = (name: string | RegExp) => panel.page.getByRole('button', { name }).filter({ visible: true })
  const row = (nickname: string) => panel.page.locator('main tr').filter({ hasText: nickname })
  const goesTo = (place: string) => panel.page.locator('nav').getByRole('link', { name: place, exact: true }).click()

  test('the merchant makes card numbers and gives a member the first', async () => {
    await labelled('账号').fill('demo')
    await labelled('密码').fill('demo-password')
    await button(/登\s*录/).click()
    await goesTo('设置')
    await labelled('张数').fill('20')
    await button('生成卡号').click()
    await panel.sees('下载 CSV')
    await panel.keeps('9-1-batch')
    const { rows } = await (await stage.asAdmin()).call('GET /admin/card-batches')
    const batch = { batchId: rows[0]!.batchId }
    cardNo = (await (await stage.asAdmin()).call('GET /admin/card-batches/:batchId', batch)).cardNos[0]!
    await goesTo('会员')
    await panel.searches('会员号 / 手机号 / 昵称', '林小满')
    await panel.clicks('林小满')
    await button(/发\s*卡/).click()
    await labelled('新卡卡号').fill(cardNo)
    await button(/发\s*卡/).click()
    await panel.sees('使用中')
    await panel.keeps('9-2-given')
  })

  test('the till takes the card, and asks for the name', async () => {
    await clerk.tab('我的')
    await clerk.taps('切换到店员端')
    await clerk.types('扫不了？输入码下方的数字', cardNo)
    await clerk.taps('确定')
    await clerk.sees(/请先问一下姓名，确认是 林小满 本人/)
    await clerk.keeps('9-3-scanned')
  })

  test('the member reports it lost', async () => {
    await member.opens('/member/card/index')
    await member.sees('使用中')
    await member.keeps('9-4-my-card')
    await member.taps('卡丢了，挂失')
    await member.taps('挂失', -1)
    await member.sees('已挂失')
    await member.keeps('9-5-lost')
  })

  test('the merchant compares two records and merges them, and the panel calls the double merged (FN2, FM23)', async () => {
    const [keptId, doubleId] = [await stage.memberNamed('林小满'), await stage.memberNamed('周子墨')]
    await button('合并档案').click()
    await panel.page.getByRole('dialog').getByRole('combobox').fill(String(doubleId))
    await panel.page.locator('.ant-select-item-option').first().click()
    await panel.sees(/^并入后注销/)
    await panel.keeps('9-6-merge')
    await stage.sells('周子墨', 20_00)
    const [kept, double] = [await stage.pointsOf('林小满'), await stage.pointsOf('周子墨')]
    await labelled('原因').fill('换了手机号，注册了两次')
    await button('确认合并').click()
    await panel.sees(new RegExp(`^两份档案刚刚有变动：现在转入 ${double} 分，合并后余额 [\\d,]+ 分`))
    await panel.sees(new RegExp(`^转入 ${double.toLocaleString('en')} 分`))
    stage.expects(`409 POST /admin/members/${keptId}/merge`)
    await button('确认合并').click()
    await panel.sees('合并来源')
    await panel.keeps('9-7-merged')
    await stage.settle()
    expect(await stage.pointsOf('林小满')).toBe(kept + double)
    await panel.page.goto(new URL(`/panel/members/${doubleId}`, panel.page.url()).href)
    await panel.sees('已合并')
    await panel.sees('已并入，不能用')
    await panel.seesNo('已注销')
    await panel.seesNo('已注销，不能用')
    await goesTo('会员')
    await panel.searches('会员号 / 手机号 / 昵称', '周子墨')
    await expect.poll(() => row('周子墨').getByText('已合并', { exact: true }).isVisible()).toBe(true)
  })
})
