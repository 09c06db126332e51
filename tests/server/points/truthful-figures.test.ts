import { send } from '@pointbook/server/book/events'
import { readInbox } from '@pointbook/server/features/care/messages/store'
import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { mallItems } from '@pointbook/server/features/spending/mall/tables'
import { Refusal } from '@pointbook/shared/refusals'
import { describe, expect, it } from 'vitest'
import { aPartner } from '../../support/partner.ts'
import { aPolicy, aRule, earningBy, living } from '../../support/policies.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh, publish } from '../../support/world.ts'

inAStaffedShop()

describe('an order that the merchant cancels after its points have ended', () => {
  it('gives the points back, ends them at once, and says so (FN8)', async () => {
    await publish(admin, aPolicy({ expiry: living({ type: 'days', days: 10 }) }))
    const memberId = await world.aMember({ points: 100 })
    const member = await world.asMember(memberId)
    const itemId = await world.anItem({ points: 80 })
    const { order } = await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    world.clock.travelDays(11)
    await expirePoints(world.server)
    const cancel = { orderNo: order.orderNo, reason: '缺货', requestId: fresh() }
    await admin.call('POST /admin/redemptions/:orderNo/cancel', cancel)
    expect(await world.account(memberId)).toMatchObject({ balance: 0, spent: 0, expired: 100 })
    await world.settle()
    const inbox = await readInbox(world.db, memberId, undefined, 10)
    expect(JSON.stringify(inbox)).toContain('80 分已退回，到期日不变；其中 80 分已过有效期，随即失效。原因：缺货')
    world.clock.travelDays(-11)
    await publish(admin, aPolicy())
  })
})

describe('the preview of a return', () => {
  const policy = aPolicy({
    earning: earningBy([
      aRule({ gift: { type: 'rate', points: 1, perFen: 100 } }),
      aRule({
        id: 'double',
        name: '满 200 双倍',
        conditions: [{ type: 'amount-at-least', amountFen: 200_00 }],
        gift: { type: 'multiply', multiplierBp: 20_000 },
      }),
    ]),
  })

  it('names the points that stay although their condition no longer holds (FN4)', async () => {
    await publish(admin, policy)
    const { receiptNo, points } = await world.buy(clerk, await world.aMember(), storeId, [101_00, 99_00])
    expect(points).toBe(400)
    const preview = (line: number, amountFen: number) =>
      clerk.call('POST /clerk/returns/preview', { storeId, receiptNo, lines: [{ line, quantity: 1, amountFen }] })
    expect((await preview(0, 101_00)).text).toBe(
      '收回 202 分；「满 200 双倍」要满 200 元，退后剩 99 元，余下商品已多得的积分不收回',
    )
    const larger = await world.buy(clerk, await world.aMember(), storeId, [100_00, 200_00])
    const lines = [{ line: 0, quantity: 1, amountFen: 100_00 }]
    const harmless = await clerk.call('POST /clerk/returns/preview', { storeId, receiptNo: larger.receiptNo, lines })
    expect(harmless.text).toBe('收回 200 分')
    await publish(admin, aPolicy())
  })
})

it('sends no message about a tier reached long ago, alone or among others (FR1)', async () => {
  const reached = (memberId: number, on: string) =>
    send(world.db, 'tier.upgraded', { memberId, on, name: '金卡', benefits: [] }, world.clock.now())
  const [old, recent] = [await world.aMember(), await world.aMember()]
  await reached(old, '2020-01-01')
  await world.settle()
  expect(await readInbox(world.db, old, undefined, 10)).toEqual([])
  await reached(recent, world.clock.now().slice(0, 10))
  await world.settle()
  expect(await readInbox(world.db, recent, undefined, 10)).toHaveLength(1)
})

it('allows a partner to confirm the purchase of a record merged meanwhile (FR2)', async () => {
  await publish(admin, aPolicy({ pending: { until: 'confirmed', days: 0 } }))
  const partner = await aPartner(world, [storeId])
  const [keptId, doubleId] = [await world.aMember(), await world.aMember()]
  const { receiptNo } = await world.buy(clerk, doubleId, storeId, [60_00])
  const merge = { memberId: keptId, doubleId, reason: '同一人', requestId: fresh() }
  await admin.call('POST /admin/members/:memberId/merge', merge)
  expect(await partner.call('POST /open/purchases/confirmations', { storeId, receiptNo })).toEqual({ points: 60 })
  const { points } = await admin.call('GET /admin/members/:memberId', { memberId: keptId })
  expect(points).toMatchObject({ usable: 60, pending: 0 })
  await publish(admin, aPolicy())
})

it('shows a clerk the amount paid with money and the amount paid with points (FR3)', async () => {
  const offset = { pointsPerYuan: 100, minimumPoints: 0, stepPoints: 1, maximumShareBp: 10_000 }
  await publish(admin, aPolicy({ offset }))
  const visit = await world.aVisit(clerk, await world.aMember({ points: 1_000 }), storeId)
  const receiptNo = fresh('R')
  const lines = [{ name: '拿铁', quantity: 1, amountFen: 30_00 }]
  await clerk.call('POST /clerk/purchases', { visit, storeId, receiptNo, lines, couponFen: 2_00, offsetPoints: 1_000 })
  expect(await clerk.call('GET /clerk/purchases/:storeId/:receiptNo', { storeId, receiptNo })).toMatchObject({
    amountFen: 30_00,
    paidFen: 18_00,
    offset: { points: 1_000, fen: 10_00 },
  })
  await publish(admin, aPolicy())
})

describe('an item of the mall', () => {
  const anItem = (name: string, requestId: string) => ({
    name,
    category: '生活',
    pictureUrl: '',
    worthFen: 0,
    description: '',
    instructions: '',
    position: 0,
    points: 100,
    limitPerMember: null,
    listed: true,
    stock: 5,
    requestId,
  })

  it('is added whole or not at all (FR4)', async () => {
    const requestId = fresh()
    const count = () => world.db.$count(mallItems)
    const before = await count()
    const added = await admin.call('POST /admin/items', anItem('帆布袋', requestId))
    expect(await admin.ask('POST /admin/items', anItem('马克杯', requestId))).toMatchObject({
      status: 409,
      body: { code: 'move.key-reused' },
    })
    expect(await count()).toBe(before + 1)
    const more = await Promise.all(
      Array.from({ length: 8 }, (_, at) => admin.call('POST /admin/items', anItem(`杯子${at}`, fresh()))),
    )
    expect(new Set([added, ...more].map(({ itemId }) => itemId)).size).toBe(9)
  })

  it('changes texts and terms in one move (FR4)', async () => {
    const { itemId, revision } = await admin.call('POST /admin/items', anItem('帆布袋', fresh()))
    const wish = { itemId, revision, name: '大帆布袋', points: 150 }
    const changed = await admin.call('PATCH /admin/items/:itemId', wish)
    expect(changed).toMatchObject({ name: '大帆布袋', points: 150, stock: 5 })
    const moves = await world.db.execute("SELECT name FROM moves WHERE move_key LIKE 'terms/%'")
    expect(JSON.stringify(moves[0])).toContain('mall.change-item')
  })
})

it('lists the refusals that say that a member may not earn (FR6)', () => {
  expect(new Refusal('member.frozen').barsEarning).toBe(true)
  expect(new Refusal('member.cancelled').barsEarning).toBe(true)
  expect(new Refusal('member.unknown').barsEarning).toBe(false)
  expect(new Refusal('member.merged').barsEarning).toBe(false)
})

it('counts as activity only what members do themselves (FM8)', async () => {
  const [active, idle] = [await world.aMember({ nickname: '常客阿明' }), await world.aMember({ nickname: '旧友阿明' })]
  await world.buy(clerk, active, storeId, [10_00])
  const bought = world.clock.now()
  world.clock.travelDays(5)
  for (const memberId of [active, idle])
    await admin.call('POST /admin/members/:memberId/adjustments', {
      memberId,
      points: 5,
      reason: '补',
      requestId: fresh(),
    })
  const { rows } = await admin.call('POST /admin/members/search', { q: '阿明' })
  expect(rows.map(({ memberId, lastActiveAt }) => [memberId, lastActiveAt])).toEqual([
    [idle, null],
    [active, bought],
  ])
  const record = await admin.call('GET /admin/members/:memberId', { memberId: active })
  expect(record.lastActiveAt).toBe(bought)
  expect((await admin.call('GET /admin/dashboard')).activeToday).toBe(0)
  world.clock.travelDays(-5)
})

describe('anomalies', () => {
  it('show the points that returns let go (FM24)', async () => {
    await publish(admin, aPolicy({ returns: 'clamp' }))
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [100_00])
    const itemId = await world.anItem({ points: 70 })
    const member = await world.asMember(memberId)
    await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    const lines = [{ line: 0, quantity: 1, amountFen: 100_00 }]
    await clerk.call('POST /clerk/returns', { storeId, receiptNo, lines, requestId: fresh() })
    const { rows } = await admin.call('GET /admin/anomalies', {})
    expect(rows.filter(({ kind }) => kind === 'let-go')).toMatchObject([
      { memberId, text: '退货 1 次，共 70 分已被花掉，按规则没有追回' },
    ])
    await publish(admin, aPolicy())
  })

  it('show points that a return did not take back at all (FM24)', async () => {
    await publish(admin, aPolicy({ returns: 'clamp' }))
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [100_00])
    const itemId = await world.anItem({ points: 100 })
    const member = await world.asMember(memberId)
    await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    const lines = [{ line: 0, quantity: 1, amountFen: 100_00 }]
    await clerk.call('POST /clerk/returns', { storeId, receiptNo, lines, requestId: fresh() })
    const { rows } = await admin.call('GET /admin/anomalies', {})
    expect(rows.filter((row) => row.kind === 'let-go' && row.memberId === memberId)).toMatchObject([
      { text: '退货 1 次，共 100 分已被花掉，按规则没有追回' },
    ])
    await publish(admin, aPolicy())
  })

  it('compare an amount with those of other members at the store, so that several of one member cannot hide each other (FM24)', async () => {
    const elsewhere = await world.aStore('古镇店')
    const there = await world.aClerk([elsewhere])
    for (let count = 0; count < 10; count++) await world.buy(there, await world.aMember(), elsewhere, [60_00])
    const memberId = await world.aMember()
    for (let count = 0; count < 3; count++) await world.buy(there, memberId, elsewhere, [600_00])
    const { rows } = await admin.call('GET /admin/anomalies', {})
    const matches = rows.filter((row) => row.kind === 'large-amount' && row.memberId === memberId)
    expect(matches.map(({ text }) => text)).toEqual(
      Array(3).fill('在「古镇店」一笔消费 600.00 元，该店近期平均每笔 60.00 元'),
    )
  })

  it('compare an amount with the other receipts of its store, so that an outlier cannot hide itself (FM24)', async () => {
    const elsewhere = await world.aStore('滨江店')
    const there = await world.aClerk([elsewhere])
    for (let count = 0; count < 10; count++) await world.buy(there, await world.aMember(), elsewhere, [60_00])
    const memberId = await world.aMember()
    await world.buy(there, memberId, elsewhere, [600_00])
    const { rows } = await admin.call('GET /admin/anomalies', {})
    expect(rows.find((row) => row.kind === 'large-amount' && row.memberId === memberId)?.text).toBe(
      '在「滨江店」一笔消费 600.00 元，该店近期平均每笔 60.00 元',
    )
  })
})
