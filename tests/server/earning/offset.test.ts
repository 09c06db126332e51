import { policies } from '@pointbook/server/book/tables'
import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPartner } from '../../support/partner.ts'
import { aPolicy } from '../../support/policies.ts'
import { aWorld, fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>

/** 100 points for one yuan, from 500 on, by hundreds, at most half (D7). What points have paid earns nothing. */
const offset = { pointsPerYuan: 100, minimumPoints: 500, stepPoints: 100, maximumShareBp: 5_000 }

beforeAll(async () => {
  world = await aWorld({ policy: { offset } })
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
})
afterAll(async () => {
  // The books balance after all tests of this file.
  expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
  await world.close()
})

async function aReceipt(memberId: number, amountsFen: number[], offsetPoints: number, more: object = {}) {
  const visit = await world.aVisit(clerk, memberId, storeId)
  const lines = amountsFen.map((amountFen, index) => ({ name: `商品${index + 1}`, quantity: 1, amountFen }))
  return { visit, storeId, receiptNo: fresh('R'), lines, offsetPoints, ...more }
}

const pay = async (memberId: number, amountsFen: number[], offsetPoints: number, more: object = {}) => {
  const receipt = await aReceipt(memberId, amountsFen, offsetPoints, more)
  return { receipt, ...(await clerk.call('POST /clerk/purchases', receipt)) }
}

const back = (receiptNo: string, amountFen: number) =>
  clerk.call('POST /clerk/returns', {
    storeId,
    receiptNo,
    lines: [{ line: 0, quantity: 0, amountFen }],
    requestId: fresh(),
  })

const lotsOf = async (memberId: number) =>
  (await world.openLots(memberId)).map(({ seq, remaining, expiresOn }) => ({ seq, remaining, expiresOn }))

/** A member with points of two days, 3 000 that end sooner and 5 000 that end later. */
async function aSaver(): Promise<number> {
  const memberId = await world.aMember({ points: 3_000 })
  world.clock.travelDays(10)
  const admin = await world.asAdmin()
  const gift = { memberId, points: 5_000, reason: '补偿', requestId: fresh() }
  await admin.call('POST /admin/members/:memberId/adjustments', gift)
  return memberId
}

describe('paying with points at the till (D7, D13)', () => {
  it('spends them first, then the part paid with money earns', async () => {
    const memberId = await world.aMember({ points: 8_000 })
    const { offset: paid, points, balance, seq, receipt } = await pay(memberId, [60_00, 40_00], 5_000)
    expect({ paid, points, balance, seq }).toEqual({
      paid: { points: 5_000, fen: 50_00 },
      points: 50,
      balance: 3_050,
      seq: 3,
    })
    const [earned, spent] = await world.entries(memberId)
    expect(earned).toMatchObject({ kind: 'earn', cause: 'purchase', delta: 50 })
    expect(spent).toMatchObject({
      kind: 'spend',
      cause: 'offset',
      ref: `${storeId}/${receipt.receiptNo}`,
      delta: -5_000,
    })
  })

  it('is shown to the member and to the merchant', async () => {
    const memberId = await world.aMember({ points: 1_000 })
    const { receipt, seq } = await pay(memberId, [30_00], 1_000)
    const member = await world.asMember(memberId)
    const detail = await member.call('GET /me/entries/:seq', { seq: seq - 1 })
    expect(detail).toMatchObject({ title: '积分抵现', delta: -1_000, why: [{ text: '用 1,000 分抵 10 元' }] })
    expect(detail.facts).toContainEqual({ label: '小票号', value: receipt.receiptNo })
    const paid = { receiptNo: receipt.receiptNo, amountFen: 30_00, offset: { points: 1_000, fen: 10_00 } }
    expect((await member.call('GET /me/purchases', {})).rows).toMatchObject([paid])
    const admin = await world.asAdmin()
    expect((await admin.call('GET /admin/members/:memberId/purchases', { memberId })).rows).toMatchObject([paid])
  })

  it('is previewed with the most that can be used, and written only when recorded', async () => {
    const memberId = await world.aMember({ points: 4_250 })
    const { offsetPoints: _, ...plain } = await aReceipt(memberId, [100_00], 0)
    const terms = '100 分抵 1 元，至少用 500 分，每次按 100 分的整数倍使用，最多抵订单的 50%'
    const most = { mostPoints: 4_200, mostFen: 42_00, leastPoints: 500, stepPoints: 100, terms }
    const seen = await clerk.call('POST /clerk/purchases/preview', plain)
    expect(seen.offset).toEqual({ points: 0, fen: 0, ...most })
    const wish = await clerk.call('POST /clerk/purchases/preview', { ...plain, offsetPoints: 4_200 })
    expect(wish).toMatchObject({ offset: { points: 4_200, fen: 42_00, ...most }, points: 58, balanceAfter: 108 })
    expect((await world.account(memberId)).balance).toBe(4_250)
  })

  it.each([
    ['fewer than the least', 400, {}, 'offset.too-few', '积分抵现至少用 500 分'],
    ['between two steps', 550, {}, 'offset.step', '积分抵现要按 100 分的整数倍使用'],
    ['more than half of the order', 5_100, {}, 'offset.too-many', '这一单最多用 5,000 分抵现'],
    [
      'more than half of what a coupon leaves',
      4_100,
      { couponFen: 20_00 },
      'offset.too-many',
      '这一单最多用 4,000 分抵现',
    ],
    ['more than the member has', 6_100, {}, 'points.short', '积分不足，还差 100 分'],
  ])('is refused with %s', async (_, points, more, code, text) => {
    const memberId = await world.aMember({ points: 6_000 })
    const receipt = await aReceipt(memberId, [100_00], points, more)
    for (const op of ['POST /clerk/purchases/preview', 'POST /clerk/purchases'])
      expect(await clerk.ask(op, receipt)).toMatchObject({ status: 409, body: { code, text } })
    expect(await world.account(memberId)).toMatchObject({ balance: 6_000, purchases: 0 })
  })

  it('never uses points past their last day', async () => {
    const memberId = await world.aMember({ points: 2_000 })
    world.clock.travelDays(366)
    const receipt = await aReceipt(memberId, [100_00], 1_000)
    expect(await clerk.ask('POST /clerk/purchases', receipt)).toMatchObject({ body: { code: 'points.short' } })
    await expirePoints(world.server)
    world.clock.travelDays(-366)
  })

  it('answers the same receipt as before, and refuses it with other points', async () => {
    const memberId = await world.aMember({ points: 2_000 })
    const { receipt, ...first } = await pay(memberId, [40_00], 1_000)
    expect(await clerk.call('POST /clerk/purchases', receipt)).toEqual(first)
    const other = await clerk.ask('POST /clerk/purchases', { ...receipt, offsetPoints: 1_100 })
    expect(other).toMatchObject({ status: 409, body: { code: 'receipt.taken' } })
  })

  it('is open to other systems too, and a return does not pay back the coupon as money', async () => {
    const memberId = await world.aMember({ points: 4_000 })
    const partner = await aPartner(world, [storeId])
    const lines = [{ name: '咖啡豆', quantity: 1, amountFen: 100_00 }]
    const member = { memberNo: String(memberId).padStart(8, '0') }
    const cart = { storeId, receiptNo: fresh('WEB'), member, lines, couponFen: 20_00 }
    const offered = await partner.call('POST /open/purchases/preview', cart)
    expect(offered.offset).toMatchObject({ points: 0, mostPoints: 4_000, mostFen: 40_00 })
    const recorded = await partner.call('POST /open/purchases', { ...cart, offsetPoints: 4_000 })
    expect(recorded).toMatchObject({ offset: { points: 4_000, fen: 40_00 }, points: 40, balance: 40 })
    const goods = { storeId, receiptNo: cart.receiptNo, lines: [{ line: 0, quantity: 1, amountFen: 100_00 }] }
    expect(await partner.call('POST /open/returns', { ...goods, requestId: fresh() })).toMatchObject({
      refundFen: 40_00,
      offset: { points: 4_000, fen: 40_00 },
      points: 40,
      balance: 4_000,
    })
  })

  it('spends the same points at only one of two tills', async () => {
    const memberId = await world.aMember({ points: 1_000 })
    const receipt = await aReceipt(memberId, [20_00], 1_000)
    const receipts = Array.from({ length: 20 }, () => ({ ...receipt, receiptNo: fresh('R') }))
    const answers = await Promise.all(receipts.map((one) => clerk.ask('POST /clerk/purchases', one)))
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused).toHaveLength(19)
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['points.short']))
    expect((await world.account(memberId)).balance).toBe(10)
  })
})

describe('returning what points have paid', () => {
  it('gives points and money back in proportion, each point to the lot it came from', async () => {
    const memberId = await aSaver()
    const before = await lotsOf(memberId)
    const { receipt } = await pay(memberId, [99_99], 4_900)
    const { receiptNo } = receipt
    const answers = [await back(receiptNo, 33_33), await back(receiptNo, 33_34), await back(receiptNo, 33_32)]
    expect(answers.map(({ offset, refundFen, points }) => [offset?.points, refundFen, points])).toEqual([
      [1_633, 17_00, 17],
      [1_634, 17_00, 16],
      [1_633, 16_99, 17],
    ])
    expect(await lotsOf(memberId)).toEqual(before)
    expect(await world.account(memberId)).toMatchObject({ balance: 8_000, spent: 0, earned: 0, debt: 0 })
    expect((await world.entries(memberId)).filter(({ cause }) => cause === 'offset-return')).toHaveLength(3)
  })

  it('previews the points and money that are given back, with a sentence', async () => {
    const memberId = await world.aMember({ points: 5_000 })
    const { receipt } = await pay(memberId, [100_00], 5_000)
    const lines = [{ line: 0, quantity: 1, amountFen: 100_00 }]
    const seen = await clerk.call('POST /clerk/returns/preview', { storeId, receiptNo: receipt.receiptNo, lines })
    expect(seen).toMatchObject({
      refundFen: 50_00,
      offset: { points: 5_000, fen: 50_00, lapsed: 0 },
      points: 50,
      balance: 5_000,
      text: '退回抵现的 5,000 分，收回 50 分',
    })
    expect(await back(receipt.receiptNo, 100_00)).toEqual(seen)
  })

  it('subtracts spent earned points from those given back', async () => {
    const memberId = await world.aMember({ points: 5_000 })
    const { receipt } = await pay(memberId, [100_00], 5_000)
    const itemId = await world.anItem({ points: 50 })
    const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
    await (await world.asMember(memberId)).call('POST /mall/redemptions', wish)
    expect(await back(receipt.receiptNo, 100_00)).toMatchObject({ taken: 50, owed: 0, balance: 4_950 })
  })

  it('reports how many of them are past their last day', async () => {
    const memberId = await world.aMember({ points: 1_000 })
    const { receipt } = await pay(memberId, [20_00], 1_000)
    world.clock.travelDays(400)
    expect(await back(receipt.receiptNo, 20_00)).toMatchObject({
      offset: { points: 1_000, lapsed: 1_000 },
      text: expect.stringContaining('其中 1,000 分此前已到期'),
    })
    await expirePoints(world.server)
    expect(await world.account(memberId)).toMatchObject({ balance: 0 })
    world.clock.travelDays(-400)
  })

  it('gives the points to the kept record when the member was merged in the meantime', async () => {
    const [kept, double] = [await world.aMember({ points: 7 }), await world.aMember({ points: 1_000 })]
    const [lot] = await lotsOf(double)
    const { receipt } = await pay(double, [20_00], 1_000)
    const merge = { memberId: kept, doubleId: double, reason: '同一个人', requestId: fresh() }
    await (await world.asAdmin()).call('POST /admin/members/:memberId/merge', merge)
    await world.settle()
    expect(await back(receipt.receiptNo, 15_00)).toMatchObject({ offset: { points: 750 }, points: 8, balance: 759 })
    expect(await back(receipt.receiptNo, 5_00)).toMatchObject({ offset: { points: 250 }, points: 2, balance: 1_007 })
    const lots = await lotsOf(kept)
    expect(lots.map(({ remaining }) => remaining).toSorted((a, b) => a - b)).toEqual([7, 250, 750])
    expect(lots.every(({ expiresOn }) => expiresOn === lot!.expiresOn)).toBe(true)
    expect((await world.account(double)).balance).toBe(0)
  })

  it('fits lots whose last day the same purchase moved', async () => {
    const { expiry } = aPolicy()
    const renewing = { ...expiry, extension: { type: 'renewal' as const, by: ['purchase' as const], months: 12 } }
    const now = world.clock.now()
    const version = { version: 2, name: '续期', note: '', publishedAt: now, publishedBy: 'system', effectiveAt: now }
    await world.db.insert(policies).values({ ...version, document: aPolicy({ offset, expiry: renewing }) })
    const memberId = await world.aMember({ points: 3_000 })
    const [lot] = await lotsOf(memberId)
    world.clock.travelDays(30)
    const { receipt, expiresOn } = await pay(memberId, [20_00], 1_000)
    expect(expiresOn! > lot!.expiresOn!).toBe(true)
    expect(await lotsOf(memberId)).toEqual([
      { ...lot, remaining: 2_000, expiresOn },
      { seq: 3, remaining: 10, expiresOn },
    ])
    await back(receipt.receiptNo, 20_00)
    // The return undoes the extension by the purchase.
    expect(await lotsOf(memberId)).toEqual([{ ...lot, remaining: 3_000 }])
  })
})
