import { joinBacktests } from '@pointbook/server/core/back-test/result'
import { replay } from '@pointbook/server/features/points/back-test/replay'
import { whatGave } from '@pointbook/server/features/points/back-test/store'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addMs } from '@pointbook/shared/day'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPolicy, aRule, earningBy, tiersOf } from '../../support/policies.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

const double = aPolicy({
  name: '一元两分',
  earning: earningBy([
    aRule({
      gift: { type: 'rate', points: 2, perFen: 100 },
      conditions: [{ type: 'amount-at-least', amountFen: 5_000 }],
    }),
  ]),
  tiers: tiersOf([
    { id: 'plain', name: '普通', from: 0, multiplierBp: 10_000, benefits: [] },
    { id: 'gold', name: '金卡', from: 200, multiplierBp: 15_000, benefits: [] },
  ]),
  pointsPerYuan: 50,
})

describe('a back-test', () => {
  let world: Awaited<ReturnType<typeof aWorld>>
  let admin: Speaker
  let members: number[]

  const period = { from: '2026-03-01', until: '2026-04-30' }
  const start = (policy: Policy, changes = {}) =>
    admin.call('POST /admin/backtests', { policy, ...period, ...changes, requestId: fresh() })

  async function ended(id: string) {
    for (let tries = 0; tries < 300; tries++) {
      const view = await admin.call('GET /admin/backtests/:id', { id })
      if (view.state !== 'running') return view
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('the back-test did not end')
  }

  // One point a yuan: 张三 gets 100 and then 100, 李四 40.
  beforeAll(async () => {
    world = await aWorld()
    admin = await world.asAdmin()
    const storeId = await world.aStore()
    const clerk = await world.aClerk([storeId])
    members = [await world.aMember({ nickname: '张三' }), await world.aMember({ nickname: '李四' })]
    await world.buy(clerk, members[0]!, storeId, [6_000, 4_000])
    world.clock.travelDays(31)
    await world.buy(clerk, members[0]!, storeId, [10_000])
    await world.buy(clerk, members[1]!, storeId, [4_000])
  })
  afterAll(() => world.close())

  it('shows the points under the draft, by month, tier, rule and member', async () => {
    const { id, state, result: none } = await start(double)
    expect([state, none]).toEqual(['running', null])
    const { result, ...view } = await ended(id)
    expect(view).toMatchObject({ state: 'done', done: 3, all: 3, policyName: '一元两分', ...period })
    // 200 for the first purchase reaches gold, so that the second gives 200 and half as much again; 40 yuan are too little.
    expect(result).toMatchObject({
      purchases: 3,
      members: 2,
      given: 240,
      would: 500,
      givenFen: 480,
      wouldFen: 1_000,
      more: 2,
      less: 1,
      same: 0,
    })
    expect(result!.months).toEqual([
      { month: '2026-03', purchases: 1, given: 100, would: 200, givenFen: 200, wouldFen: 400 },
      { month: '2026-04', purchases: 2, given: 140, would: 300, givenFen: 280, wouldFen: 600 },
    ])
    expect(result!.tiers.map(({ name, given, would }) => [name, given, would])).toEqual([
      ['普通', 140, 200],
      ['金卡', 100, 300],
    ])
    // The rule in force was called the same and gave one point a yuan.
    expect(result!.rules.map(({ ruleId, purchases, given, would }) => [ruleId, purchases, given, would])).toEqual([
      ['base', 2, 240, 400],
      ['@tier', 1, 0, 100],
    ])
    expect(result!.winners).toMatchObject([{ memberId: members[0], nickname: '张**', given: 200, would: 500 }])
    expect(result!.losers).toMatchObject([{ memberId: members[1], nickname: '李**', given: 40, would: 0 }])
  })

  it('names the rules that gave points and are not in the draft', async () => {
    const rule = aRule({ id: 'other', name: '换一条', gift: { type: 'rate', points: 1, perFen: 200 } })
    const { result } = await ended((await start(aPolicy({ earning: earningBy([rule]) }))).id)
    expect(result!.rules).toMatchObject([
      { ruleId: 'other', name: '换一条', purchases: 3, given: 0, would: 120 },
      { ruleId: 'base', name: '消费积分', purchases: 0, given: 240, would: 0, givenFen: 240, wouldFen: 0 },
    ])
  })

  it('finds that the policy in force changes nothing', async () => {
    const { result } = await ended((await start(aPolicy())).id)
    expect(result).toMatchObject({ given: 240, would: 240, same: 3, winners: [], losers: [] })
  })

  it('has the same result in one thread and in several, each with its own members', async () => {
    const order = { policy: double, ...period, offsetMinutes: world.server.offsetMinutes }
    const part = (index: number, of: number) => replay(world.db, order, { index, of }, () => {})
    const [whole, ...parts] = await Promise.all([part(0, 1), part(0, 3), part(1, 3), part(2, 3)])
    expect(whole.all.purchases).toBeGreaterThan(0)
    expect(parts.filter(({ all }) => all.purchases > 0).length).toBeGreaterThan(1)
    expect(joinBacktests(parts)).toEqual(whole)
  })

  it('counts the period only, to the last instant of its last day', async () => {
    const { result } = await ended((await start(aPolicy(), { until: '2026-04-01' })).id)
    expect(result).toMatchObject({ purchases: 1, given: 100 })
    const later = await ended((await start(aPolicy(), { from: '2026-04-02', until: '2026-04-02' })).id)
    expect(later.result).toMatchObject({ purchases: 2, given: 140 })
  })

  it('runs one at a time, and ends when it is cancelled', async () => {
    const { id } = await start(double)
    const second = await admin.ask('POST /admin/backtests', { policy: double, ...period, requestId: fresh() })
    expect([second.status, second.body.code]).toEqual([409, 'backtest.running'])
    const cancelled = await admin.call('DELETE /admin/backtests/:id', { id })
    expect(cancelled).toMatchObject({ id, state: 'cancelled', result: null })
    expect((await admin.call('GET /admin/backtests')).rows[0]).toEqual(cancelled)
  })

  it('keeps the last five', async () => {
    for (let count = 0; count < 6; count++)
      await admin.call('DELETE /admin/backtests/:id', { id: (await start(aPolicy())).id })
    const { rows } = await admin.call('GET /admin/backtests')
    expect(rows.map(({ state }) => state)).toEqual(Array(5).fill('cancelled'))
  })

  it('refuses a period that ends before it begins, a faulty policy and an unknown run', async () => {
    const refused = async (op: string, input: object) => (await admin.ask(op, input)).body.code
    const backwards = { policy: double, from: '2026-04-01', until: '2026-03-01', requestId: fresh() }
    expect(await refused('POST /admin/backtests', backwards)).toBe('input.invalid')
    const rule = aRule({ gift: { type: 'fixed', points: 1 } })
    const twice = aPolicy({ earning: earningBy([rule, rule]) })
    expect(await refused('POST /admin/backtests', { policy: twice, ...period, requestId: fresh() })).toBe(
      'policy.faulty',
    )
    const id = '00000000-0000-0000-0000-000000000000'
    expect(await refused('GET /admin/backtests/:id', { id })).toBe('backtest.unknown')
    expect(await refused('DELETE /admin/backtests/:id', { id })).toBe('backtest.unknown')
  })
})

it('finds the rules that gave points in stored explanations, with any characters in their names', () => {
  const tricky = fc.oneof(fc.string(), fc.constantFrom('"rule":"a","points":5', '\\', '\\"', '双倍"积分"'))
  const because = fc.oneof(
    fc.record({ type: fc.constant('fixed') }),
    fc.record({ type: fc.constant('beaten'), by: tricky }),
  )
  const one = fc.record({ rule: tricky, points: fc.integer({ min: -50, max: 9_000 }), because })
  fc.assert(
    fc.property(fc.array(one), (why) => {
      const gave = why.filter(({ points }) => points !== 0).map(({ rule, points }) => ({ rule, points }))
      expect(whatGave(JSON.stringify(why))).toEqual(gave)
    }),
  )
})

describe('a back-test over returns', () => {
  const capped = aPolicy({
    earning: earningBy([
      aRule({
        gift: { type: 'rate', points: 1, perFen: 100 },
        caps: { day: 150, month: null, member: null, budget: null },
      }),
      aRule({ id: 'first', conditions: [{ type: 'first-purchase' }], gift: { type: 'fixed', points: 30 } }),
      aRule({
        id: 'second',
        conditions: [{ type: 'nth-purchase', n: 2, every: false }],
        gift: { type: 'fixed', points: 7 },
      }),
    ]),
    tiers: tiersOf([
      { id: 'plain', name: '普通', from: 0, multiplierBp: 10_000, benefits: [] },
      { id: 'gold', name: '金卡', from: 250, multiplierBp: 15_000, benefits: [] },
    ]),
  })
  const period = { from: '2026-03-01', until: '2026-04-30' }

  it('gives back as much as the ledger: points, caps, the number of a purchase and tier figures (FN11)', async () => {
    const world = await aWorld({ policy: capped })
    try {
      const storeId = await world.aStore()
      const clerk = await world.aClerk([storeId])
      const tick = () => world.clock.set(addMs(world.clock.now(), 60_000))
      const buy = async (memberId: number, amountsFen: number[]) => {
        tick()
        return world.buy(clerk, memberId, storeId, amountsFen)
      }
      const back = (receiptNo: string, line: number, amountFen: number, quantity = 1) => {
        tick()
        return clerk.call('POST /clerk/returns', {
          storeId,
          receiptNo,
          lines: [{ line, quantity, amountFen }],
          requestId: fresh(),
        })
      }
      const memberIds = [await world.aMember(), await world.aMember()]
      for (const memberId of memberIds) {
        const first = await buy(memberId, [100_00, 40_00])
        await back(first.receiptNo, 0, 100_00)
        await back(first.receiptNo, 1, 40_00)
        const second = await buy(memberId, [120_00])
        await buy(memberId, [80_00])
        world.clock.travelDays(3)
        await back(second.receiptNo, 0, 35_01, 0)
        await buy(memberId, [140_00])
        world.clock.travelDays(-3)
      }
      const order = { policy: capped, ...period, offsetMinutes: world.server.offsetMinutes }
      const { all, more, less, same, months, rules } = await replay(world.db, order, { index: 0, of: 1 }, () => {})
      expect({ all, more, less, same }).toMatchObject({
        all: { purchases: 6, given: all.would, would: all.given },
        more: 0,
        less: 0,
        same: 6,
      })
      const accounts = await Promise.all(memberIds.map((memberId) => world.account(memberId)))
      expect(all.given).toBe(accounts.reduce((sum, { earned }) => sum + earned, 0))
      expect([...months.values()].map(({ given, would }) => given - would)).toEqual([0])
      for (const { given, would } of rules.values()) expect(would).toBe(given)
    } finally {
      await world.close()
    }
  })
})
