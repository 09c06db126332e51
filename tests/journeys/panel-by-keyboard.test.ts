import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aStage, type Panel, type Stage } from './stage.ts'

/** A merchant without a mouse. Everything here is done by keys: what the tabulator does not reach is not there. */
describe('the panel by keyboard alone', { timeout: 90_000 }, () => {
  let stage: Stage
  let panel: Panel

  beforeAll(async () => {
    stage = await aStage()
    await (await stage.aMemberPhone('林小满')).page.close()
    panel = await stage.thePanel('/login')
    await panel.page.getByLabel('账号').waitFor()
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const press = (key: string) => panel.page.keyboard.press(key)
  const type = (text: string) => panel.page.keyboard.insertText(text)
  const link = (name: string | RegExp) =>
    panel.page.getByRole('link', { name, exact: true }).filter({ visible: true }).last()
  const button = (name: string | RegExp) => panel.page.getByRole('button', { name }).filter({ visible: true }).last()
  const field = (label: string) => panel.page.getByLabel(label, { exact: true }).filter({ visible: true }).last()
  const isFocused = async (what: Locator) => (await what.and(panel.page.locator(':focus')).count()) > 0

  /** Presses Tab until the element has the focus, a hundred times at most. */
  async function reaches(what: Locator, key = 'Tab') {
    await what.waitFor()
    for (let stops = 0; stops < 100; stops++) {
      await press(key)
      expect(await panel.page.evaluate(unseenFocus)).toBe('')
      if (await isFocused(what)) return
    }
    throw new Error(`the tabulator never reaches ${what}`)
  }

  async function uses(what: Locator, key?: string) {
    await reaches(what, key)
    await press('Enter')
  }

  test('logs in, and skips the menu with one key (FW1)', async () => {
    await panel.hasFocus(field('账号'))
    await type('demo')
    await press('Tab')
    await type('demo-password')
    await press('Enter')
    await panel.sees('会员手中的积分')
    await press('Tab')
    await panel.hasFocus(button('跳过菜单'))
    await panel.keeps('16-1-past-the-menu')
    await press('Enter')
    await panel.hasFocus(panel.page.locator('main'))
  })

  test('opens a member, adjusts points, and returns to the button that opened the dialog (FW1)', async () => {
    await uses(link('会员'), 'Shift+Tab')
    await panel.sees('按会员号、手机号（完整或后四位）、卡号或昵称查找')
    await uses(link(/林小满/))
    await uses(button('调整积分'))
    await panel.hasFocus(field('积分数'))
    await panel.keeps('16-2-adjusting')
    await type('5')
    await reaches(field('原因'))
    await type('补记三月一日消费')
    await uses(button('确认 +5 分'))
    await panel.hears(/余额 55 分/)
    await panel.hasFocus(button('调整积分'))
    expect(await stage.pointsOf('林小满')).toBe(55)
  })

  test('reads why an entry gave its points (FW1)', async () => {
    await uses(panel.page.getByRole('button', { name: '展开行' }).first())
    await panel.sees('凭据')
    await panel.keeps('16-3-entry')
  })

  test('changes a rule and publishes it (FW1)', async () => {
    await uses(link('积分规则'), 'Shift+Tab')
    await uses(link(/修改规则$/))
    const first = panel.page.getByRole('switch').first()
    await reaches(first)
    await press('Space')
    await panel.sees('草稿已保存，发布后才生效')
    await expect.poll(() => button(/^发布$/).isEnabled()).toBe(true)
    await panel.keeps('16-4-rule')
    await uses(button(/^发布$/), 'Shift+Tab')
    await panel.hasFocus(field('发布说明'))
    await type('停用一条')
    await uses(button('立即发布'))
    await panel.hears('第 2 版已生效')
  })

  test('closes dialogs with Escape, and logs out (FW1)', async () => {
    await uses(link('兑换订单'), 'Shift+Tab')
    const order = panel.page.locator('tbody').getByRole('button').first()
    await uses(order)
    await panel.sees('订单号')
    await press('Escape')
    await panel.hasFocus(order)
    await uses(button('退出登录'), 'Shift+Tab')
    await panel.sees('退出登录？')
    await panel.hasFocus(button(/^取\s*消$/))
    await uses(button(/^退\s*出$/))
    await panel.hasFocus(field('账号'))
  })
})

/** The focused element if it is invisible; an input within a label counts as visible with its label. */
const unseenFocus = `(() => {
  const element = document.activeElement
  const { width, height } = (element.closest('label') ?? element).getBoundingClientRect()
  return width > 0 && height > 0 ? '' : element.outerHTML.slice(0, 200)
})()`
