import { pointsEntries } from '@pointbook/server/book/tables'
import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPolicy, aRule } from '../../support/policies.ts'
import { aWorld, fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>

const bands = aRule({
  id: 'bands',
  name: '大单加倍',
  gift: { type: 'bands', bands: [{ fromFen: 10_000, multiplierBp: 15_000 }] },
})

beforeAll(async () => {
  const { earning } = aPolicy()
  world = await aWorld({ policy: { earning: { ...earning, rules: [...earning.rules, bands] } } })
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
})
afterAll(() => world.close())

describe('a purchase', () => {
  it('earns at once, and says which rules gave and which did not (B6, G10)', async () => {
    const memberId = await world.aMember()
    const { points, balance, why, expiresOn } = await world.buy(clerk, memberId, storeId, [6_000, 3_000])
    expect({ points, balance, expiresOn }).toEqual({ points: 90, balance: 90, expiresOn: '2027-03-02' })
    expect(why).toEqual([
      { ruleId: 'base', name: '消费积分', points: 90, matched: true, text: '消费 90.00 元，每 1 元得 1 分' },
      { ruleId: 'bands', name: '大单加倍', points: 0, matched: false, text: '需满 100.00 元，本单 90.00 元' },
    ])
  })

  it('is shown to the member with explanations, receipt and store', async () => {
    const memberId = await world.aMember()
    const { receiptNo, seq } = await world.buy(clerk, memberId, storeId, [10_000])
    const member = await world.asMember(memberId)
    const { rows } = await member.call('GET /me/entries', {})
    expect(rows[0]).toMatchObject({ seq, kind: 'earn', title: '消费', delta: 150, balanceAfter: 150 })
    const detail = await member.call('GET /me/entries/:seq', { seq })
    expect(detail.why.map(({ ruleId, points }) => [ruleId, points])).toEqual([
      ['base', 100],
      ['bands', 50],
    ])
    expect(detail.facts).toContainEqual({ label: '小票号', value: receiptNo })
    expect(detail.facts).toContainEqual({ label: '门店', value: '人民广场店' })
    expect((await member.call('GET /me/purchases', {})).rows).toMatchObject([
      { receiptNo, amountFen: 10_000, points: 150 },
    ])
  })

  it('is previewed without writing, with the points that it then earns', async () => {
    const memberId = await world.aMember()
    const visit = await world.aVisit(clerk, memberId, storeId)
    const receipt = { visit, storeId, receiptNo: fresh('R'), lines: [{ name: '拿铁', quantity: 2, amountFen: 6_400 }] }
    const seen = await clerk.call('POST /clerk/purchases/preview', receipt)
    expect((await world.account(memberId)).seq).toBe(0)
    const made = await clerk.call('POST /clerk/purchases', receipt)
    expect(seen).toMatchObject({ points: made.points, balanceAfter: made.balance, why: made.why })
  })

  it('answers the same receipt as before, and refuses it with other lines or for another member', async () => {
    const memberId = await world.aMember()
    const visit = await world.aVisit(clerk, memberId, storeId)
    const receipt = { visit, storeId, receiptNo: fresh('R'), lines: [{ name: '拿铁', quantity: 1, amountFen: 3_200 }] }
    const first = await clerk.call('POST /clerk/purchases', receipt)
    expect(await clerk.call('POST /clerk/purchases', receipt)).toEqual(first)
    const changed = { ...receipt, lines: [{ name: '拿铁', quantity: 1, amountFen: 9_900 }] }
    expect(await clerk.ask('POST /clerk/purchases', changed)).toMatchObject({
      status: 409,
      body: { code: 'receipt.taken' },
    })
    const other = await world.aVisit(clerk, await world.aMember(), storeId)
    expect(await clerk.ask('POST /clerk/purchases', { ...receipt, visit: other })).toMatchObject({
      status: 409,
      body: { code: 'receipt.taken' },
    })
    expect((await world.account(memberId)).balance).toBe(first.balance)
  })

  it('makes an entry with explanations even when it earns nothing', async () => {
    const memberId = await world.aMember()
    const { points, seq, why } = await world.buy(clerk, memberId, storeId, [99])
    expect({ points, seq }).toEqual({ points: 0, seq: 1 })
    expect(why[0]).toMatchObject({ matched: false, text: '消费 0.99 元，不足 1 元' })
  })

  it('is refused for a frozen member, who keeps the points', async () => {
    const memberId = await world.aMember({ points: 10 })
    const admin = await world.asAdmin()
    await admin.call('POST /admin/members/:memberId/standing', {
      memberId,
      standing: 'frozen',
      reason: '核查中',
      requestId: fresh(),
    })
    await expect(world.buy(clerk, memberId, storeId, [1_000])).rejects.toMatchObject({
      code: 'member.frozen',
      text: expect.stringContaining('冻结'),
    })
    expect((await world.account(memberId)).balance).toBe(10)
  })

  it('is not offered for payment with points when the shop does not accept them, and is refused with points', async () => {
    const visit = await world.aVisit(clerk, await world.aMember({ points: 1_000 }), storeId)
    const lines = [{ name: '拿铁', quantity: 1, amountFen: 3_000 }]
    const receipt = { visit, storeId, receiptNo: fresh('R'), lines }
    expect((await clerk.call('POST /clerk/purchases/preview', receipt)).offset).toBeUndefined()
    expect(await clerk.ask('POST /clerk/purchases', { ...receipt, offsetPoints: 500 })).toMatchObject({
      status: 409,
      body: { code: 'offset.closed', text: '目前不能用积分抵现' },
    })
  })

  it('is refused at a store where the clerk does not work, and from callers who are not clerks', async () => {
    const elsewhere = await world.aStore('滨江店')
    const memberId = await world.aMember()
    const visit = await world.aVisit(clerk, memberId, storeId)
    const receipt = {
      visit,
      storeId: elsewhere,
      receiptNo: fresh('R'),
      lines: [{ name: '拿铁', quantity: 1, amountFen: 3_200 }],
    }
    expect(await clerk.ask('POST /clerk/purchases', receipt)).toMatchObject({
      status: 403,
      body: { code: 'store.foreign' },
    })
    const member = await world.asMember(memberId)
    expect(await member.ask('POST /clerk/purchases', { ...receipt, storeId })).toMatchObject({
      status: 403,
      body: { code: 'session.forbidden' },
    })
  })
})

describe('a return', () => {
  const back = (
    receiptNo: string,
    lines: { line: number; quantity: number; amountFen: number }[],
    requestId = fresh(),
  ) => clerk.call('POST /clerk/returns', { storeId, receiptNo, lines, requestId })

  it('takes points back in proportion, and in total exactly those given', async () => {
    const memberId = await world.aMember()
    const { receiptNo, points } = await world.buy(clerk, memberId, storeId, [3_333, 3_333, 3_334])
    const amounts = []
    for (const line of [2, 0, 1])
      amounts.push((await back(receiptNo, [{ line, quantity: 1, amountFen: line === 2 ? 3_334 : 3_333 }])).points)
    expect(amounts.reduce((a, b) => a + b, 0)).toBe(points)
    expect(await world.account(memberId)).toMatchObject({ balance: 0, debt: 0, earned: 0 })
  })

  it('previews the points it takes, and takes exactly those', async () => {
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [10_000])
    const lines = [{ line: 0, quantity: 0, amountFen: 4_000 }]
    const seen = await clerk.call('POST /clerk/returns/preview', { storeId, receiptNo, lines })
    expect(seen).toMatchObject({ points: 60, taken: 60, balance: 90 })
    const { text, ...figures } = await back(receiptNo, lines)
    expect(seen).toMatchObject(figures)
    // Beforehand it also names what stays although its condition broke (FN4).
    expect(seen.text).toMatch(new RegExp(`^${text}；`))
  })

  it('uses the figures of the purchase, not the rules of today', async () => {
    const memberId = await world.aMember()
    const { receiptNo, points } = await world.buy(clerk, memberId, storeId, [10_000])
    const admin = await world.asAdmin()
    const { version, inForce } = await admin.call('GET /admin/policy')
    const richer = {
      ...inForce,
      earning: { ...inForce.earning, rules: [aRule({ gift: { type: 'rate', points: 9, perFen: 100 } })] },
    }
    const published = await admin.call('POST /admin/policies', {
      policy: richer,
      note: '更多',
      basedOn: version,
      requestId: fresh(),
    })
    expect((await back(receiptNo, [{ line: 0, quantity: 1, amountFen: 10_000 }])).points).toBe(points)
    await admin.call('POST /admin/policies', {
      policy: inForce,
      note: '复原',
      basedOn: published.version,
      requestId: fresh(),
    })
  })

  it('makes a debt of spent points, which the next earning pays first', async () => {
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [10_000])
    const itemId = await world.anItem({ points: 120 })
    const member = await world.asMember(memberId)
    await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    expect(await back(receiptNo, [{ line: 0, quantity: 1, amountFen: 10_000 }])).toMatchObject({
      points: 150,
      taken: 30,
      owed: 120,
      balance: 0,
      text: expect.stringContaining('欠分'),
    })
    await world.buy(clerk, memberId, storeId, [9_000])
    expect(await world.account(memberId)).toMatchObject({ balance: 0, debt: 30 })
  })

  it('does not take back points that expired unused', async () => {
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [5_000])
    world.clock.travelDays(366)
    await expirePoints(world.server)
    const { receiptNo: later } = await world.buy(clerk, memberId, storeId, [8_000])
    expect(await back(receiptNo, [{ line: 0, quantity: 1, amountFen: 5_000 }])).toMatchObject({
      points: 50,
      forfeited: 50,
      taken: 0,
      balance: 80,
    })
    expect(await back(later, [{ line: 0, quantity: 1, amountFen: 8_000 }])).toMatchObject({ taken: 80, balance: 0 })
    world.clock.travelDays(-366)
  })

  it('is refused for more than is left, for an unknown receipt and for no goods', async () => {
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [1_000])
    await expect(back(receiptNo, [{ line: 0, quantity: 1, amountFen: 1_001 }])).rejects.toMatchObject({
      code: 'return.exceeds',
    })
    await expect(back(receiptNo, [{ line: 7, quantity: 1, amountFen: 1 }])).rejects.toMatchObject({
      code: 'return.exceeds',
    })
    await expect(back(receiptNo, [{ line: 0, quantity: 0, amountFen: 0 }])).rejects.toMatchObject({
      code: 'return.empty',
    })
    await expect(back('NOBODY', [{ line: 0, quantity: 1, amountFen: 1 }])).rejects.toMatchObject({
      code: 'receipt.unknown',
    })
  })

  it('requires the cost of the pieces as the amount, and reports it (FN13)', async () => {
    const memberId = await world.aMember()
    const receipt = { visit: await world.aVisit(clerk, memberId, storeId), storeId, receiptNo: fresh('R') }
    await clerk.call('POST /clerk/purchases', { ...receipt, lines: [{ name: '拿铁', quantity: 2, amountFen: 6_000 }] })
    const { receiptNo } = receipt
    await expect(back(receiptNo, [{ line: 0, quantity: 2, amountFen: 0 }])).rejects.toMatchObject({
      code: 'return.wrong-amount',
      text: '「拿铁」退 2 件应退 60.00 元，请按这个金额退；只退差价、不退商品时，件数请填 0',
    })
    await expect(back(receiptNo, [{ line: 0, quantity: 1, amountFen: 2_000 }])).rejects.toMatchObject({
      code: 'return.wrong-amount',
    })
    expect(await back(receiptNo, [{ line: 0, quantity: 0, amountFen: 1_000 }])).toMatchObject({ amountFen: 1_000 })
    expect(await back(receiptNo, [{ line: 0, quantity: 2, amountFen: 5_000 }])).toMatchObject({ amountFen: 5_000 })
  })

  it('counts once when it is sent twice', async () => {
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [2_000, 2_000])
    const requestId = fresh()
    const first = await back(receiptNo, [{ line: 0, quantity: 1, amountFen: 2_000 }], requestId)
    expect(await back(receiptNo, [{ line: 0, quantity: 1, amountFen: 2_000 }], requestId)).toEqual(first)
    expect((await world.account(memberId)).balance).toBe(20)
  })
})

it('keeps the books balanced', async () => {
  const rows = await world.db.select().from(pointsEntries).where(eq(pointsEntries.kind, 'return'))
  expect(rows.length).toBeGreaterThan(5)
  const report = await world.audit()
  expect(report.checks.filter(({ passed }) => !passed)).toEqual([])
})
