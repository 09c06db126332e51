import { demoPolicy } from '@pointbook/config/policies/demo'
import { policies } from '@pointbook/server/book/tables'
import { publishFirst } from '@pointbook/server/features/policy/store'
import { auditLog } from '@pointbook/server/platform/audit-log-table'
import type { Policy } from '@pointbook/shared/contract/policy'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPolicy, aRule, earningBy, living } from '../support/policies.ts'
import { aWorld, fresh, type Speaker } from '../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const latest = async () => (await admin.call('GET /admin/policies')).rows[0]!.version
const named = (name: string) => aPolicy({ name })

async function publishes(policy: Policy, more: object = {}) {
  const input = { policy, note: '试一试', basedOn: await latest(), requestId: fresh(), ...more }
  return admin.ask('POST /admin/policies', input)
}

it('publishes at once, writes it down, and counts from then on', async () => {
  const basedOn = await latest()
  const { status, body } = await publishes(named('新规则'), { note: '开业大促' })
  expect([status, body]).toEqual([
    200,
    {
      version: basedOn + 1,
      name: '新规则',
      note: '开业大促',
      publishedAt: world.clock.now(),
      publishedBy: expect.any(String),
      effectiveAt: world.clock.now(),
      state: 'in-force',
      warnings: expect.any(Array),
    },
  ])
  expect(await admin.call('GET /admin/policy')).toMatchObject({ version: basedOn + 1, inForce: named('新规则') })
  const [before] = (await admin.call('GET /admin/policies')).rows.slice(1)
  expect(before).toMatchObject({ version: basedOn, state: 'past' })
  const [line] = await world.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, 'policy.publish'), eq(auditLog.subject, `policy/${basedOn + 1}`)))
  expect(line).toMatchObject({ actor: 'admin/demo', text: `发布积分规则第 ${basedOn + 1} 版：开业大促` })
})

it('answers a repeated request with the version it has published', async () => {
  const requestId = fresh()
  const basedOn = await latest()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => publishes(named('只发一次'), { requestId, basedOn })),
  )
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.version}`))).toEqual(
    new Set([`200 ${basedOn + 1}`]),
  )
  expect(await latest()).toBe(basedOn + 1)
  const other = await publishes(named('另一个'), { requestId, basedOn })
  expect(other.body.code).toBe('move.key-reused')
})

it('lets only one of many win who started from the same version', async () => {
  const basedOn = await latest()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, who) => publishes(named(`第${who}人`), { basedOn })))
  const codes = answers.map(({ status, body }) => (status === 200 ? 'published' : body.code)).sort()
  expect(codes).toEqual([...Array(19).fill('policy.outdated'), 'published'])
  expect(await latest()).toBe(basedOn + 1)
})

it('refuses a faulty policy with its faults, and a doubtful one not', async () => {
  const faulty = aPolicy({ reminder: { ...aPolicy().reminder, fromHour: 9, untilHour: 9 } })
  const { status, body } = await publishes(faulty)
  expect([status, body.code]).toEqual([422, 'policy.faulty'])
  expect(body.detail.faults).toEqual([{ path: 'reminder.untilHour', level: 'error', text: '结束时间要晚于开始时间' }])
  const doubtful = aPolicy({ referral: { ...aPolicy().referral, inviterPoints: 0 } })
  const { status: published, body: told } = await publishes(doubtful)
  expect([published, told.warnings]).toEqual([
    200,
    [expect.objectContaining({ path: 'referral.inviterPoints', level: 'warning' })],
  ])
})

it('lets a policy come into force later, tells that it is coming, and asks the next one to be based on it', async () => {
  const inForce = await latest()
  const effectiveAt = '2026-03-10T16:00:00.000Z'
  expect((await publishes(named('三月规则'), { effectiveAt })).body).toMatchObject({ state: 'coming', effectiveAt })
  expect(await admin.call('GET /admin/policy')).toMatchObject({ version: inForce, latest: inForce + 1 })
  expect((await publishes(named('忘了三月'), { basedOn: inForce })).body.code).toBe('policy.outdated')
  world.clock.set(effectiveAt)
  expect(await admin.call('GET /admin/policy')).toMatchObject({ version: inForce + 1, inForce: named('三月规则') })
})

it.each([
  ['in the past', { effectiveAt: '2026-01-01T00:00:00.000Z' }, 'policy.in-the-past'],
  ['on no day at all', { effectiveAt: '2026-13-01T00:00:00.000Z' }, 'input.invalid'],
  ['based on a version that is none', { basedOn: 900_000 }, 'policy.unknown'],
  ['without a note', { note: ' ' }, 'input.invalid'],
  ['without a request id', { requestId: 'x' }, 'input.invalid'],
])('refuses to publish %s', async (_, more, code) => {
  const before = await latest()
  expect((await publishes(named('不行'), more)).body.code).toBe(code)
  expect(await latest()).toBe(before)
})

it('refuses a policy that is not of the shape of one', async () => {
  const { earning: _, ...half } = named('半个')
  expect((await publishes(half as Policy)).body.code).toBe('input.invalid')
  const strange = { ...named('多一个'), extra: 1 } as Policy
  expect((await publishes(strange)).body.code).toBe('input.invalid')
})

it('never changes a version that has been published', async () => {
  const { body } = await publishes(named('不变'))
  const first = await admin.call('GET /admin/policies/:version', { version: body.version })
  await publishes(named('后来'))
  expect(await admin.call('GET /admin/policies/:version', { version: body.version })).toEqual({
    ...first,
    state: 'past',
  })
  expect((await admin.ask('GET /admin/policies/:version', { version: 99_999 })).body.code).toBe('policy.unknown')
})

it('keeps a draft with its faults told, until it is published or thrown away', async () => {
  const draft = aPolicy({ name: '草稿', checkIn: { ...aPolicy().checkIn, extras: [{ days: 9, points: 1 }] } })
  const { faults } = await admin.call('PUT /admin/policy/draft', { draft })
  expect(faults.map(({ path }) => path)).toEqual(['checkIn.extras.0.days'])
  expect(await admin.call('GET /admin/policy')).toMatchObject({ draft, draftSavedAt: world.clock.now() })

  const shorter = aPolicy({ expiry: living({ type: 'months', months: 6 }) })
  expect(await admin.call('PUT /admin/policy/draft', { draft: shorter })).toMatchObject({
    faults: [{ path: 'expiry.life', level: 'warning' }],
  })

  const better = named('改好了')
  expect(await admin.call('PUT /admin/policy/draft', { draft: better })).toEqual({ faults: [] })
  await publishes(named('与草稿无关'))
  expect((await admin.call('GET /admin/policy')).draft).toEqual(better)
  await publishes(better)
  expect(await admin.call('GET /admin/policy')).toMatchObject({ draft: null, draftSavedAt: null, draftSavedBy: '' })

  await admin.call('PUT /admin/policy/draft', { draft: better })
  await admin.call('PUT /admin/policy/draft', { draft: null })
  expect((await admin.call('GET /admin/policy')).draft).toBeNull()
})

it('says what a purchase would earn under any policy, and why not more, without writing', async () => {
  const lines = [{ name: '手冲', category: '咖啡', quantity: 2, amountFen: 120_00 }]
  // 4 March 2026 is a Wednesday.
  const event = { trigger: 'purchase' as const, lines, on: '2026-03-04', tierId: 'gold', purchases: 0 }
  const { points, expiresOn, why } = await admin.call('POST /admin/policy/preview', { policy: demoPolicy, event })
  // (120 + 2 × 5 + 30) × 2, of which the member's day is the best multiplier.
  expect([points, expiresOn]).toEqual([320, '2027-03-04'])
  expect(why.map(({ name, points: part, matched }) => [name, part, matched])).toEqual([
    ['消费积分', 120, true],
    ['咖啡加分', 10, true],
    ['首次消费礼', 30, true],
    ['会员日双倍', 160, true],
    ['大单加倍', 0, false],
    ['会员等级加速', 0, false],
  ])
  expect(why.find(({ ruleId }) => ruleId === 'base')!.text).toBe('消费 120.00 元，每 1 元得 1 分')
  const unreal = { policy: demoPolicy, event: { ...event, on: '2026-02-30' } }
  expect((await admin.ask('POST /admin/policy/preview', unreal)).body.code).toBe('input.invalid')
})

it('tries a policy on whatever a rule may look at, and on what is no purchase', async () => {
  const evening = aRule({
    id: 'evening',
    name: '晚间外卖',
    conditions: [
      { type: 'hours', fromMinute: 1_080, untilMinute: 1_200 },
      { type: 'channel', channels: ['delivery'] },
      { type: 'tag', tags: ['老客'] },
      { type: 'birthday', within: 'day' },
      { type: 'member-for', days: 30 },
    ],
    gift: { type: 'fixed', points: 7 },
  })
  const welcome = aRule({ id: 'hello', trigger: 'registration', gift: { type: 'fixed', points: 50 } })
  const rate = aRule({ gift: { type: 'rate', points: 1, perFen: 1_00 } })
  const policy = aPolicy({ earning: earningBy([rate, evening, welcome]) })
  const lines = [
    { name: '便当', quantity: 1, amountFen: 30_00 },
    { name: '配送费', quantity: 1, amountFen: 5_00, delivery: true as const },
  ]
  const known = { tags: ['老客'], birthday: '1990-03-04', joinedOn: '2026-01-01' }
  const event = { trigger: 'purchase' as const, lines, couponFen: 7_00, on: '2026-03-04', ...known }
  const tried = async (changes: object) =>
    (await admin.call('POST /admin/policy/preview', { policy, event: { ...event, ...changes } })).points
  // 6 of the 7 yuan of coupon lie on the lunch, 24 yuan of which are paid for; the fee earns nothing.
  expect(await tried({ minute: 1_100, channel: 'delivery' })).toBe(24 + 7)
  expect(await tried({ minute: 1_200, channel: 'delivery' })).toBe(24)
  expect(await tried({ minute: 1_100, channel: 'store' })).toBe(24)
  expect(await tried({ trigger: 'registration', lines: [{ name: '注册', quantity: 1, amountFen: 0 }] })).toBe(50)
  expect(await tried({ trigger: 'check-in', streakDays: 3 })).toBe(10)
})

it.each([
  ['GET /admin/policy', {}],
  ['PUT /admin/policy/draft', { draft: null }],
  ['POST /admin/policy/preview', {}],
  ['GET /admin/policies', {}],
  ['GET /admin/policies/:version', { version: 1 }],
  ['POST /admin/policies', {}],
])('shows %s to merchants only', async (op, input) => {
  const member = await world.asMember(await world.aMember())
  for (const stranger of [world.anyone(), member]) expect((await stranger.ask(op, input)).status).toBe(401)
})

it('tells anybody the rules in force, in sentences', async () => {
  const store = await world.aStore('人民广场店')
  const nothing = { categories: [], brands: [], skus: [] }
  const rules = [
    ...demoPolicy.earning.rules,
    aRule({
      id: 'autumn',
      name: '秋季满赠',
      from: '2026-09-01',
      until: '2026-11-30',
      conditions: [
        { type: 'amount-at-least', amountFen: 88_80 },
        { type: 'amount-below', amountFen: 500_00 },
        { type: 'tier', tierIds: ['silver', 'gold'] },
        { type: 'store', storeIds: [store] },
        { type: 'birthday', within: 'month' },
      ],
      scope: { only: { ...nothing, brands: ['自有'] }, except: { ...nothing, skus: ['礼品卡'] } },
      gift: { type: 'fixed', points: 1_500 },
      group: 'gift',
    }),
    aRule({ id: 'spring', name: '春季满赠', gift: { type: 'fixed', points: 10 }, group: 'gift' }),
    aRule({ id: 'over', name: '去年的活动', until: '2025-12-31', gift: { type: 'fixed', points: 10 } }),
    aRule({ id: 'off', name: '没启用的', enabled: false, gift: { type: 'fixed', points: 10 } }),
  ]
  const { body } = await publishes({
    ...demoPolicy,
    earning: { ...demoPolicy.earning, groups: [{ id: 'gift', name: '满赠', mode: 'best' }], rules },
  })
  const told = await world.anyone().call('GET /rules')
  expect(told).toMatchObject({ policyVersion: body.version, since: body.effectiveAt })
  expect(told.sections.map(({ title }) => title)).toEqual([
    '怎么得积分',
    '签到',
    '邀请',
    '会员等级',
    '有效期',
    '怎么用',
    '退货',
  ])
  const lines = Object.fromEntries(told.sections.flatMap((one) => one.lines.map(({ label, text }) => [label, text])))
  expect(lines).toMatchObject({
    注册礼: '成为会员，送 50 分',
    消费积分: '每消费 1 元得 1 分',
    大单加倍: '单笔满 100 元积分 ×1.5，单笔满 200 元积分 ×2',
    咖啡加分: '限「咖啡」，每件再得 5 分',
    会员日双倍: '每周三，积分 ×2',
    首次消费礼: '首次消费，送 30 分',
    秋季满赠:
      '2026年9月1日至2026年11月30日，单笔满 88.80 元，单笔不到 500 元，限银卡会员、金卡会员，限人民广场店，生日当月，限「自有」，「礼品卡」不参加，送 1,500 分，与「春季满赠」不同享，只取最多的一项',
    连续签到: '连续 3 天再送 5 分，连续 7 天再送 10 分，每满 7 天重新开始计',
    奖励: '好友通过您的邀请注册并完成首次消费后，您得 20 分，好友得 10 分',
    说明: '只转发分享不会得到积分；这笔消费退货后，邀请奖励会收回；疑似自己邀请自己的，核实后再发放',
    普通会员: '注册即是',
    金卡会员: '满 2,000 分，消费积分 ×1.2；购物：新品优先购；服务：免费续杯；增值：品鉴活动',
    有效期: '自获得起 12 个月内有效',
    到期提醒: '到期前 7 天提醒，满 10 分才提醒',
    抵现金: '100 分抵 1 元，至少用 100 分，每次按 100 分的整数倍使用，最多抵订单的 50%',
    抵现的积分: '按退款的比例退回，有效期不变',
    积分已用掉: '这些积分已经用掉的，记为欠分，由以后获得的积分先抵还',
  })
  expect(lines).not.toHaveProperty('去年的活动')
  expect(lines).not.toHaveProperty('没启用的')
})

it('leaves out what the shop does not do', async () => {
  const { checkIn, referral } = aPolicy()
  await publishes(
    aPolicy({
      earning: earningBy(aPolicy().earning.rules.slice(0, 1)),
      checkIn: { ...checkIn, enabled: false },
      referral: { ...referral, enabled: false },
      expiry: living({ type: 'never' }),
      returns: 'clamp',
    }),
  )
  const { sections } = await world.anyone().call('GET /rules')
  expect(sections.map(({ key }) => key)).toEqual(['earn', 'expiry', 'use', 'returns'])
  expect(sections.find(({ key }) => key === 'expiry')!.lines).toEqual([{ label: '有效期', text: '永久有效' }])
  const labels = sections.flatMap(({ lines }) => lines.map(({ label }) => label))
  expect(labels.filter((label) => label.startsWith('抵现'))).toEqual([])
})

it('gives a new shop its first rules, and a shop that has some keeps them', async () => {
  const before = await latest()
  await publishFirst(world.house, demoPolicy)
  expect(await latest()).toBe(before)
  await world.db.delete(policies)
  await Promise.all([publishFirst(world.house, demoPolicy), publishFirst(world.house, demoPolicy)])
  const { rows } = await admin.call('GET /admin/policies')
  expect(rows).toMatchObject([
    { version: 1, state: 'in-force', publishedBy: '系统', effectiveAt: '2020-01-01T00:00:00.000Z' },
  ])
})
