import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { changeItem, changeStore } from '../support/edits.ts'
import { fresh } from '../support/server.ts'
import { aStage, type Panel, type Stage } from './stage.ts'

/** The effects of closing a store, and the panel of a shop with few data. */
describe('a merchant whose second store has closed', { timeout: 90_000 }, () => {
  let stage: Stage
  let panel: Panel
  let admin: Awaited<ReturnType<Stage['asAdmin']>>
  let memberId: number

  beforeAll(async () => {
    stage = await aStage()
    admin = await stage.asAdmin()
    await (await stage.aMemberPhone('林小满')).page.close()
    memberId = await stage.memberNamed('林小满')
    const storeId = await stage.aStore('历史导入')
    await stage.buy(await stage.aClerk([storeId]), memberId, storeId, [20_00, 12_00], 'C-1')
    await stage.settle()
    await changeStore(admin, { storeId, open: false })
    panel = await stage.thePanel(`/members/${memberId}`)
    await panel.page.getByLabel('账号', { exact: true }).fill('demo')
    await panel.page.getByLabel('密码', { exact: true }).fill('demo-password')
    await button(/登\s*录/).click()
    await button('调整积分').waitFor()
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const labelled = (label: string) => panel.page.getByLabel(label, { exact: true }).filter({ visible: true }).last()
  const button = (name: string | RegExp) => panel.page.getByRole('button', { name }).filter({ visible: true }).last()
  const dialog = () => panel.page.getByRole('dialog').filter({ visible: true })
  const dialogCloses = () => expect.poll(() => dialog().count()).toBe(0)
  const goes = (at: string) => panel.page.goto(new URL(`/panel${at}`, panel.page.url()).href)

  test('takes its goods back with the points that the preview shows (FM21, FN2)', async () => {
    const before = await stage.pointsOf('林小满')
    await panel.page.getByRole('tab', { name: '消费与退货', exact: true }).click()
    await panel.clicks('C-1')
    const lines = (await panel.page.locator('.why table').boundingBox())!
    const why = (await panel.page.getByText('积分怎么来的').boundingBox())!
    expect(lines.x + lines.width).toBeLessThan(why.x)
    await button(/^退\s*货$/).click()
    await labelled('商品1退几件').fill('1')
    expect(await labelled('商品1退款').inputValue()).toBe('20')
    const notice = panel.page.getByText(/^退款 ¥20\.00，收回 \d+ 分/)
    await notice.waitFor()
    const points = Number(/收回 (\d+) 分/.exec((await notice.textContent()) ?? '')?.[1])
    await panel.keeps('16-1-return')
    await labelled('原因').fill('门店已停业，总部收货')
    await button('确认退货').click()
    await dialogCloses()
    await panel.sees('¥20.00')
    await panel.keeps('16-2-returned')
    expect(points).toBeGreaterThan(0)
    expect(await stage.pointsOf('林小满')).toBe(before - points)
    await panel.page.getByRole('tab', { name: '操作记录', exact: true }).click()
    await panel.sees(/小票 C-1 退货，退款 20\.00 元，收回 \d+ 分.*：门店已停业，总部收货/)
  })

  test('sees the new balance before confirming, and an old refusal disappears with the next figure (FN2, FM22)', async () => {
    const before = await stage.pointsOf('林小满')
    await button('调整积分').click()
    await labelled('积分数').fill('10')
    await labelled('原因').fill('补记')
    const meanwhile = { memberId, points: 5, reason: '同事先补了 5 分', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/adjustments', meanwhile)
    const refusal = `积分刚刚有变动：这样调整后余额是 ${before + 15} 分，请核对后再确认`
    await button(/确认 \+10 分/).click()
    await panel.sees(refusal)
    stage.expects(`409 POST /admin/members/${memberId}/adjustments`)
    await panel.sees(String(before + 15))
    await panel.keeps('16-3-changed')
    await labelled('积分数').fill('20')
    await panel.seesNo(refusal)
    await button(/确认 \+20 分/).click()
    await dialogCloses()
    expect(await stage.pointsOf('林小满')).toBe(before + 25)
  })

  test('saves tags while the list of tags is open (FM22)', async () => {
    await button('编辑标签').click()
    await labelled('会员标签').fill('熟客')
    await panel.page.keyboard.press('Enter')
    await button(/^保\s*存$/).click()
    await panel.hears('标签已保存')
  })

  test('is not offered that store as a workplace (FM22)', async () => {
    await goes('/stores')
    await button('添加员工').click()
    await labelled('在哪些门店').click()
    await panel.page.getByTitle('人民广场店', { exact: true }).last().waitFor()
    expect(await panel.page.locator('.ant-select-dropdown').getByText('历史导入').count()).toBe(0)
    await panel.page.keyboard.press('Escape')
  })

  test('finds the last month in a statement on the first of the next (FM22)', async () => {
    stage.clock.set('2026-04-01T04:00:00.000Z')
    await goes(`/members/${memberId}/statement`)
    await panel.sees('注册礼')
    await panel.keeps('16-4-statement')
  })

  test('shows that the mall is empty instead of a sufficient stock (FM17)', async () => {
    const { rows } = await admin.call('GET /admin/items')
    for (const { itemId, listed } of rows) if (listed) await changeItem(admin, { itemId, listed: false })
    await goes('/')
    await panel.sees('商城里还没有上架的商品')
    await panel.seesNo('上架商品的库存都还充足')
  })
})
