import { readFile } from 'node:fs/promises'
import type { Condition, EarningRule, Gift } from '@pointbook/shared/contract/points/earning-rule'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fresh } from '../support/server.ts'
import { obstacles } from './obstacles.ts'
import type { Words } from './screen.ts'
import { aStage, type Panel, type Stage } from './stage.ts'

// The panel's own table of routes, so that a new page is checked without a change here.
const table = await readFile(new URL('../../server/panel/src/routes.tsx', import.meta.url), 'utf8')
const paths = [...table.matchAll(/path: '(\/[^']*)'/g)].map(([, room]) => room!).filter((room) => room !== '/login')

const desktop = { width: 1440, height: 900 }
const tablet = { width: 820, height: 1180 }

/** axe checks every page of the panel and every dialog, at the size of a desktop and of a tablet. */
describe('accessibility of the panel', { timeout: 90_000 }, () => {
  let stage: Stage
  let panel: Panel
  const known: Record<string, number> = { version: 1 }

  beforeAll(async () => {
    stage = await aStage()
    await (await stage.aMemberPhone('林小满')).page.close()
    for (let receipts = 0; receipts < 3; receipts++) await stage.sells('林小满', 168_00)
    known['memberId'] = await stage.memberNamed('林小满')
    const member = await stage.asMember(known['memberId'])
    const { stores } = await member.call('GET /shop')
    const { rows } = await member.call('GET /mall/items', {})
    const { itemId } = rows.find(({ points, stock }) => points <= 200 && stock > 0)!
    const { storeId } = stores[0]!
    await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    const admin = await stage.asAdmin()
    const memberIds = [await stage.memberNamed('周子墨')]
    const opening = { memberIds, reason: '多笔小票对不上', freeze: true, requestId: fresh() }
    known['caseId'] = (await admin.call('POST /admin/cases', opening)).caseId
    await stage.settle()
    panel = await stage.thePanel('/login')
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const button = (name: Words) => panel.page.getByRole('button', { name }).filter({ visible: true }).first()
  const dialog = () => panel.page.getByRole('dialog').filter({ visible: true })

  async function settles() {
    await panel.page.locator('h1').first().waitFor()
    await panel.page.waitForLoadState('networkidle')
    await expect.poll(() => panel.page.locator('.ant-skeleton, .ant-spin-spinning').count()).toBe(0)
  }

  async function opens(at: string) {
    const path = at.replace(/:(\w+)/g, (_, name: string) => String(known[name] ?? `:${name}`))
    await panel.page.goto(new URL(`/panel${path}`, panel.page.url()).href)
    await settles()
  }

  /** Checks the page at both sizes, its colours at one of them, or a part of it at the size of a tablet. */
  async function looks(name: string, within?: string) {
    const sizes = within ? [tablet] : [desktop, tablet]
    const problems: string[] = []
    for (const size of sizes) {
      await panel.page.setViewportSize(size)
      if (!within) await panel.keeps(`15-${name.replace(/[^\p{L}\d]+/gu, '-')}-${size.width}`)
      problems.push(...(await obstacles(panel.page, within ? { within } : { colours: size === tablet })))
    }
    expect(problems).toEqual([])
  }

  test('shows the log-in and its messages about missing input without obstacles (FW1)', async () => {
    await settles()
    await looks('login')
    await button(/登\s*录/).click()
    await panel.sees('请输入账号')
    await looks('login-missing', 'main')
    await panel.page.getByLabel('账号').fill('demo')
    await panel.page.getByLabel('密码', { exact: true }).fill('demo-password')
    await button(/登\s*录/).click()
    await panel.sees('会员手中的积分')
  })

  test.each(paths)('shows %s without obstacles (FW1)', async (path) => {
    await opens(path)
    await looks(path)
  })

  test.each([
    ['no such page', '/nowhere'],
    ['no such member', '/members/nobody'],
    ['an empty list', '/members?tag=nobody-has-this-tag'],
    ['lots', '/members/:memberId?tab=lots'],
    ['purchases', '/members/:memberId?tab=purchases'],
    ['redemptions', '/members/:memberId?tab=redemptions'],
    ['friends', '/members/:memberId?tab=circle'],
    ['the log', '/members/:memberId?tab=log'],
    ['a past day', '/members/:memberId?asOf=2026-01-01'],
    ['compensations', '/cases?tab=compensations'],
    ['cohorts', '/liability?tab=cohorts'],
  ])('shows %s without obstacles (FW1)', async (name, at) => {
    await panel.page.setViewportSize(tablet)
    await opens(at)
    await looks(name, 'main')
  })

  test('shows why an entry gave its points without obstacles (FW1)', async () => {
    await opens('/members/:memberId')
    await button('展开行').click()
    await panel.sees('凭据')
    await looks('an entry', 'main')
  })

  test('shows the message about a failed read without obstacles (FW1)', async () => {
    const isTheList = ({ pathname }: URL) => pathname === '/admin/members/search'
    const busy = { code: 'server.busy', text: '现在人有点多，请稍后再试', requestId: 'a1' }
    await panel.page.route(isTheList, (route) => route.fulfill({ status: 503, json: busy }))
    await opens('/members')
    await panel.sees(busy.text)
    await looks('an error', 'main')
    await panel.page.unroute(isTheList)
    stage.expects('503 POST /admin/members/search')
  })

  test.each<[string, ...Words[]]>([
    ['/', '退出登录'],
    ['/members/:memberId', '调整积分', '合并档案', '记录行为', '冻结账户', '修改资料', '换绑', '授予等级'],
    ['/members/:memberId?tab=lots', '延长有效期'],
    ['/approvals', /^增加 1,200 分/],
    ['/redemptions', /拿铁|卡|杯|券|蛋糕|袋/],
    ['/mall', '添加商品', /^修改「/, '补货'],
    ['/policy/edit', '添加规则', '修改'],
    ['/stores', '添加门店', '添加员工'],
    ['/announcements', '写公告'],
    ['/cases', '开始调查'],
    ['/cases?tab=compensations', '发放补偿'],
    ['/cases/:caseId', '核查积分来源', '确定处理结果'],
    ['/open-api', /新建/],
  ])('opens over %s what has no obstacles, and gives the focus back (FW1)', async (at, ...openers) => {
    await panel.page.setViewportSize(tablet)
    await opens(at)
    for (const name of openers) {
      const opener = button(name)
      await opener.focus()
      await panel.page.keyboard.press('Enter')
      await dialog().first().waitFor()
      await panel.page.waitForLoadState('networkidle')
      await looks(`${at}-${name}`, '[role=dialog]')
      await panel.page.keyboard.press('Escape')
      await expect.poll(() => dialog().count()).toBe(0)
      await panel.hasFocus(opener)
    }
  })

  test('shows every kind of gift and condition without obstacles (FW1)', async () => {
    const admin = await stage.asAdmin()
    const { inForce, draftRevision } = await admin.call('GET /admin/policy')
    const [first, ...others] = inForce.earning.rules
    const rules = [
      { ...first!, conditions },
      ...gifts.map((gift, at) => ({ ...first!, id: `g${at}`, gift })),
      ...others,
    ]
    const draft = { ...inForce, earning: { ...inForce.earning, rules: rules.map(switchedOff) } }
    await admin.call('PUT /admin/policy/draft', { draft, revision: draftRevision })
    await opens('/policy/edit')
    await looks('a draft', 'main')
    for (let at = 0; at <= gifts.length; at++) {
      await panel.page.getByRole('button', { name: '修改' }).nth(at).click()
      await dialog().waitFor()
      await looks(`rule-${at}`, '[role=dialog]')
      await panel.page.keyboard.press('Escape')
      await expect.poll(() => dialog().count()).toBe(0)
    }
  })

  test('asks to log in again over a form without obstacles (FW1)', async () => {
    await opens('/members/:memberId')
    await button('调整积分').click()
    await panel.page.getByLabel('积分数').fill('5')
    await panel.page.getByLabel('原因').fill('补记')
    await panel.page.context().clearCookies()
    await button(/^确认/).click()
    await panel.sees('登录已过期，请重新登录')
    await looks('log-in again', '[role=dialog]:has(input[type=password])')
    stage.expects('401 POST /admin/members/:memberId/adjustments'.replace(':memberId', String(known['memberId'])))
  })
})

const conditions: Condition[] = [
  { type: 'amount-at-least', amountFen: 10_00 },
  { type: 'nth-purchase', n: 3, every: true },
  { type: 'tag', tags: ['熟客'] },
  { type: 'store', storeIds: [1] },
  { type: 'channel', channels: ['store'] },
  { type: 'hours', fromMinute: 0, untilMinute: 60 },
  { type: 'dates', from: '2026-03-01', until: '2026-03-31' },
  { type: 'birthday', within: 'month' },
  { type: 'member-for', days: 30 },
  {
    type: 'any',
    of: [
      { type: 'weekday', days: [1] },
      { type: 'not', of: { type: 'month-day', days: [1] } },
    ],
  },
]

const gifts: Gift[] = [
  { type: 'percent', percentBp: 1_000 },
  { type: 'bands', bands: [{ fromFen: 100_00, multiplierBp: 15_000 }] },
]

/** Every other rule: what is off looks otherwise. */
const switchedOff = (rule: EarningRule, at: number) => ({ ...rule, enabled: at % 2 === 0 })
