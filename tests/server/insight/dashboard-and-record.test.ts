import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
  storeId = await world.aStore()
})
afterAll(() => world.close())

describe('the dashboard', () => {
  it('counts issued and used points by the shop’s days', async () => {
    const shop = await aWorld({ now: '2026-03-01T17:00:00.000Z' })
    try {
      const owner = await shop.asAdmin()
      const store = await shop.aStore()
      const clerk = await shop.aClerk([store])
      const memberId = await shop.aMember({ nickname: '林小满' })
      const member = await shop.asMember(memberId)
      const bought = await shop.buy(clerk, memberId, store, [200_00])
      const itemId = await shop.anItem({ points: 50, stock: 3 })
      const wish = { itemId, quantity: 1, storeId: store }
      const { order } = await member.call('POST /mall/redemptions', { ...wish, requestId: fresh() })
      await member.call('POST /mall/redemptions', { ...wish, requestId: fresh() })
      await member.call('POST /me/redemptions/:orderNo/cancel', { orderNo: order.orderNo, requestId: fresh() })
      // One o'clock in the morning of 2 March in the shop; the return comes the next day there.
      shop.clock.travelDays(1)
      await clerk.call('POST /clerk/returns', {
        storeId: store,
        receiptNo: bought.receiptNo,
        lines: [{ line: 0, quantity: 0, amountFen: 60_00 }],
        requestId: fresh(),
      })
      const adjustment = { memberId, points: 30, reason: '补偿', requestId: fresh() }
      await owner.call('POST /admin/members/:memberId/adjustments', adjustment)
      const figures = await owner.call('GET /admin/dashboard')
      expect(figures).toMatchObject({
        members: 2,
        newToday: 0,
        activeToday: 1,
        pointsToday: { issued: 0, redeemed: 0, expired: 0, reversed: 60, adjusted: 30 },
        outstanding: 120,
        outstandingFen: 120,
        waitingOrders: 1,
        lowStock: [{ itemId, stock: 2 }],
      })
      expect(figures.days).toHaveLength(30)
      expect(figures.days.slice(-2)).toEqual([
        { on: '2026-03-02', issued: 200, redeemed: 50, expired: 0, reversed: 0, adjusted: 0, newMembers: 2 },
        { on: '2026-03-03', issued: 0, redeemed: 0, expired: 0, reversed: 60, adjusted: 30, newMembers: 0 },
      ])
      expect(figures.liability).toEqual([{ month: '2027-03', points: 120, fen: 120 }])
      expect(figures.latest[0]).toMatchObject({ memberId, nickname: '林小满', delta: 30, title: '人工调整：补偿' })
    } finally {
      await shop.close()
    }
  })

  it('is empty on the first day', async () => {
    const shop = await aWorld()
    try {
      const figures = await (await shop.asAdmin()).call('GET /admin/dashboard')
      expect(figures).toMatchObject({ members: 0, outstanding: 0, liability: [], latest: [], lowStock: [] })
    } finally {
      await shop.close()
    }
  })
})

describe('one member’s record', () => {
  it('shows points, lots, purchases, orders and the ledger with explanations', async () => {
    const clerk = await world.aClerk([storeId])
    const memberId = await world.aMember({ nickname: '周子墨' })
    const member = await world.asMember(memberId)
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [100_00, 50_00])
    await member.call('POST /me/check-ins')
    const itemId = await world.anItem({ points: 20 })
    await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    const record = await admin.call('GET /admin/members/:memberId', { memberId })
    expect(record).toMatchObject({
      nickname: '周子墨',
      balance: 135,
      streak: 1,
      lastCheckIn: '2026-03-02',
      invited: [],
    })
    expect(record.points).toMatchObject({ balance: 135, usable: 135, spent: 20, earned: 155 })
    expect(record.lots.map(({ title, points, remaining }) => ({ title, points, remaining }))).toEqual([
      { title: '消费', points: 150, remaining: 130 },
      { title: '每日签到', points: 5, remaining: 5 },
    ])
    const purchases = await admin.call('GET /admin/members/:memberId/purchases', { memberId })
    expect(purchases.rows).toMatchObject([{ receiptNo, amountFen: 150_00, points: 150 }])
    const orders = await admin.call('GET /admin/members/:memberId/redemptions', { memberId })
    expect(orders.rows).toMatchObject([{ itemId, points: 20, state: 'waiting' }])
    const { rows } = await admin.call('GET /admin/members/:memberId/entries', { memberId })
    expect(rows.map(({ kind, delta }) => [kind, delta])).toEqual([
      ['spend', -20],
      ['earn', 5],
      ['earn', 150],
    ])
    expect(rows[2]!.why).toMatchObject([{ ruleId: 'base', points: 150, matched: true }])
  })

  it('shows the inviter and the invited members', async () => {
    const [inviter, friend] = [await world.aMember({ nickname: '邀请人' }), await world.aMember({ nickname: '好友' })]
    const { inviteCode } = await (await world.asMember(inviter)).call('GET /me/invitation')
    await world.db.insert(outbox).values({
      topic: 'member.registered',
      payload: { memberId: friend, inviteCode },
      dueAt: world.clock.now(),
    })
    await world.settle()
    expect((await admin.call('GET /admin/members/:memberId', { memberId: friend })).invitedBy).toEqual({
      memberId: inviter,
      nickname: '邀请人',
    })
    const { invited } = await admin.call('GET /admin/members/:memberId', { memberId: inviter })
    expect(invited).toMatchObject([{ memberId: friend, nickname: '好友', state: '等待首次消费' }])
  })

  it('is unknown for an unused number', async () => {
    for (const list of ['', '/entries', '/purchases', '/redemptions']) {
      const { status, body } = await admin.ask(`GET /admin/members/:memberId${list}`, { memberId: 99_999_999 })
      expect([status, body.code]).toEqual([404, 'member.unknown'])
    }
  })
})

describe('adjusting and freezing', () => {
  it('adds points once a request, with the reason in the ledger and the audit log', async () => {
    const memberId = await world.aMember()
    const adjustment = { memberId, points: 88, reason: '系统故障补偿', requestId: fresh() }
    const first = await admin.call('POST /admin/members/:memberId/adjustments', adjustment)
    expect(first).toEqual({ seq: 1, balance: 88 })
    expect(await admin.call('POST /admin/members/:memberId/adjustments', adjustment)).toEqual(first)
    const { log, balance } = await admin.call('GET /admin/members/:memberId', { memberId })
    expect(balance).toBe(88)
    expect(log.map(({ text }) => text)).toEqual(['增加 88 分：系统故障补偿'])
    const { rows } = await admin.call('GET /admin/members/:memberId/entries', { memberId })
    expect(rows[0]!.facts).toContainEqual({ label: '原因', value: '系统故障补偿' })
  })

  it('never exceeds the greatest balance of an account', async () => {
    const memberId = await world.aMember({ points: 1 })
    const adjustment = { memberId, points: 1_000_000_000, reason: '手滑', requestId: fresh() }
    const { status, body } = await admin.ask('POST /admin/members/:memberId/adjustments', adjustment)
    expect([status, body.code]).toEqual([409, 'points.too-many'])
  })

  it('removes no more than the usable points', async () => {
    const memberId = await world.aMember({ points: 10 })
    const adjustment = { memberId, points: -11, reason: '扣减', requestId: fresh() }
    const { status, body } = await admin.ask('POST /admin/members/:memberId/adjustments', adjustment)
    expect([status, body.code, body.detail]).toEqual([409, 'points.overdrawn', { usable: 10 }])
  })

  it('freezes and lifts the freeze repeatedly, each time with an audit log line and a message to the member', async () => {
    const memberId = await world.aMember()
    const change = async (standing: 'active' | 'frozen') =>
      admin.call('POST /admin/members/:memberId/standing', {
        memberId,
        standing,
        reason: '刷分调查',
        requestId: fresh(),
      })
    expect(await change('frozen')).toEqual({ standing: 'frozen' })
    expect((await admin.call('GET /admin/members/:memberId', { memberId })).standing).toBe('frozen')
    expect(await change('active')).toEqual({ standing: 'active' })
    const { log, standing } = await admin.call('GET /admin/members/:memberId', { memberId })
    expect(standing).toBe('active')
    expect(log.map(({ text }) => text)).toEqual(['解除冻结：刷分调查', '冻结账户：刷分调查'])
    await change('frozen')
    await world.settle()
    const { rows } = await (await world.asMember(memberId)).call('GET /me/messages', {})
    expect(rows.map(({ title }) => title)).toEqual(['账户已冻结', '账户已恢复', '账户已冻结'])
  })
})

describe('the ledger audit page', () => {
  it('keeps the last report, and runs one audit for simultaneous requests', async () => {
    const fresh = await aWorld()
    try {
      const owner = await fresh.asAdmin()
      expect(await owner.call('GET /admin/ledger-audit')).toEqual({ report: null })
      await fresh.aMember({ points: 50 })
      const [first, second] = await Promise.all([
        owner.call('POST /admin/ledger-audit'),
        owner.call('POST /admin/ledger-audit'),
      ])
      expect(first.report).toMatchObject({
        passed: true,
        at: fresh.clock.now(),
        totals: { adjusted: 50, outstanding: 50 },
      })
      expect(second).toEqual(first)
      expect(await owner.call('GET /admin/ledger-audit')).toEqual(first)
    } finally {
      await fresh.close()
    }
  })
})

describe('bad input', () => {
  const requestId = 'abcdefgh'
  const wrong: [string, object][] = [
    ['POST /admin/members/search', { cursor: 'x' }],
    ['POST /admin/members/search', { standing: 'gone' }],
    ['POST /admin/members/search', { limit: 1_000 }],
    ['GET /admin/members/:memberId', { memberId: 'x' }],
    ['GET /admin/members/:memberId/entries', { memberId: 1, cursor: '1.5' }],
    ['POST /admin/members/:memberId/adjustments', { memberId: 1, points: 1.5, reason: 'a', requestId }],
    ['POST /admin/members/:memberId/adjustments', { memberId: 1, points: 1, reason: '', requestId }],
    ['POST /admin/members/:memberId/standing', { memberId: 1, standing: 'cancelled', reason: 'a', requestId }],
  ]
  it.each(wrong)('%s refuses %j', async (op, input) => {
    const { status, body } = await admin.ask(op, input)
    expect([status, body.code]).toEqual([400, 'input.invalid'])
  })

  it.each([
    'GET /admin/dashboard',
    'POST /admin/members/search',
    'GET /admin/ledger-audit',
    'POST /admin/ledger-audit',
  ])('%s refuses callers without a session of the panel', async (op) => {
    const member = await world.asMember(await world.aMember())
    expect([(await world.anyone().ask(op)).status, (await member.ask(op)).status]).toEqual([401, 401])
  })
})
