import { demoPolicy } from '@pointbook/config/policies/demo'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPolicy, aRule, earningBy } from '../../support/policies.ts'
import { aWorld, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

it('shows the points of a purchase under any policy, with explanations, without writing', async () => {
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

it('tries a policy on every fact that a rule can use, and on events other than purchases', async () => {
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

it('refuses a trial on a day after which no points could end, and one beyond what an account may hold (FN6)', async () => {
  const million = aRule({ gift: { type: 'rate', points: 1_000_000, perFen: 1 } })
  const lines = Array.from({ length: 20 }, () => ({ name: '金条', quantity: 9_999, amountFen: 10_000_000_00 }))
  const event = { trigger: 'purchase', lines, on: '9899-12-31' }
  const tried = (policy: object, more: object = {}) =>
    admin.ask('POST /admin/policy/preview', { policy, event: { ...event, ...more } })
  expect(await tried(aPolicy())).toMatchObject({ status: 200, body: { expiresOn: '9900-12-31' } })
  for (const on of ['9900-01-01', '9999-12-31'])
    expect(await tried(aPolicy(), { on })).toMatchObject({ status: 400, body: { code: 'input.invalid' } })
  expect(await tried(aPolicy({ earning: earningBy([million]) }))).toMatchObject({
    status: 409,
    body: { code: 'points.too-many' },
  })
})
