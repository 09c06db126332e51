import { parts } from '@pointbook/shared/policy-fields/parts'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fullPolicy } from '../support/policies.ts'
import { aStage, type Panel, type Stage } from './stage.ts'

/** Step 10: a new shop's first rules, from the templates. */
describe('a merchant with only the starting rules', { timeout: 90_000 }, () => {
  let stage: Stage
  let panel: Panel

  beforeAll(async () => {
    stage = await aStage()
    panel = await stage.thePanel()
    await panel.page.getByLabel('账号', { exact: true }).fill('demo')
    await panel.page.getByLabel('密码', { exact: true }).fill('demo-password')
    await button(/登\s*录/).click()
    await panel.page.locator('nav').waitFor({ timeout: 60_000 })
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const button = (name: string | RegExp) => panel.page.getByRole('button', { name }).filter({ visible: true })
  const card = (name: string) => panel.page.getByRole('region', { name, exact: true })

  test('reads on the first page which rules apply, and opens them', async () => {
    await panel.sees('现在用的是「咖啡店会员积分」')
    await panel.clicks('定好积分规则')
  })

  test('is asked for the kind of shop, and sees the points of a typical purchase', async () => {
    await panel.sees('您的店最像哪一种？')
    await card('连锁超市').getByText('周末采购').waitFor()
    expect(await panel.reads(card('连锁超市').getByText(/^得 \d+ 分$/))).toBe('得 20 分')
    await panel.keeps('10-1-first-run')
  })

  test('looks at all templates', async () => {
    await panel.clicks('全部模板')
    await card('范文方案').waitFor()
    const templates = panel.page.getByRole('region').filter({ visible: true, has: button('用这套规则') })
    expect(await templates.count()).toBe(13)
    await panel.keeps('10-2-templates')
    await card('在线教育').scrollIntoViewIfNeeded()
    await panel.keeps('10-3-more-templates')
  })

  test('copies a template into the draft, which can be changed before publishing', async () => {
    await card('咖啡店').getByRole('button', { name: '用这套规则' }).click()
    await panel.sees('修改规则')
    await panel.sees('每杯积分')
    await panel.keeps('10-4-draft')
    const { inForce, draft } = await (await stage.asAdmin()).call('GET /admin/policy')
    expect([inForce.name, draft?.name]).toEqual(['咖啡店会员积分', '咖啡店按杯积分'])
  })

  test('is asked before another template replaces it', async () => {
    await panel.page.goBack()
    await card('健身房').getByRole('button', { name: '用这套规则' }).click()
    await panel.sees('用「健身房」替换现在的草稿？')
    await button('替换草稿').click()
    await panel.seesNo('每杯积分')
    const { draft } = await (await stage.asAdmin()).call('GET /admin/policy')
    expect(draft?.name).toBe('健身会员积分')
  })

  test('changes the draft on a tablet, where the form has the whole width', async () => {
    await panel.page.setViewportSize({ width: 820, height: 1180 })
    const widthOf = async (what: Locator) => (await what.boundingBox())!.width
    expect(await widthOf(panel.page.locator('#section-rules'))).toBeGreaterThanOrEqual(500)
    expect(await widthOf(panel.page.locator('.rule-card-text').first())).toBeGreaterThanOrEqual(200)
    expect(await panel.page.evaluate('document.documentElement.scrollWidth')).toBe(820)
    await panel.keeps('10-5-tablet')
    await panel.page.locator('.editor-side').scrollIntoViewIfNeeded()
    await panel.keeps('10-6-tablet-preview')
  })

  test('finds an input for each setting once every part is switched on', async () => {
    const admin = await stage.asAdmin()
    const { inForce, draftRevision } = await admin.call('GET /admin/policy')
    await admin.call('PUT /admin/policy/draft', { draft: fullPolicy(inForce), revision: draftRevision })
    await panel.page.reload()
    await panel.sees('修改规则')
    const inputs = parts.flatMap(({ at, fields }) => Object.keys(fields).map((key) => [...at, key].join('_')))
    const isMissing = async (id: string) => (await panel.page.locator(`[id="${id}"]`).count()) === 0
    const missing = async () => {
      const each = await Promise.all(inputs.map(async (id) => ((await isMissing(id)) ? [id] : [])))
      return each.flat().map((id) => `${id} needs FieldRows in policy-edit`)
    }
    await expect.poll(missing).toEqual([])
  })
})
