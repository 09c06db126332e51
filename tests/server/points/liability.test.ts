import { policies } from '@pointbook/server/book/tables'
import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { publishFirst } from '@pointbook/server/features/points/policy/store'
import { addDays } from '@pointbook/shared/day'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPolicy, living } from '../../support/policies.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

type World = Awaited<ReturnType<typeof aWorld>>

/** The same numbers at every run: 0 ≤ n < below. */
function someNumbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

/** Months of a small shop's life: sales, redemptions, cancellations, returns, corrections, longer days and nights that end points. */
async function live(world: World, admin: Speaker, steps: number, onDayEnd: () => Promise<void>) {
  const any = someNumbers(7)
  const storeId = await world.aStore()
  const clerk = await world.aClerk([storeId])
  const itemId = await world.anItem({ points: 40, stock: 1_000 })
  const memberIds = [await world.aMember(), await world.aMember(), await world.aMember()]
  const speakers = new Map<number, Speaker>()
  for (const memberId of memberIds) speakers.set(memberId, await world.asMember(memberId))
  const receipts: string[] = []
  let extended = 0
  const orders: { speaker: Speaker; orderNo: string }[] = []
  const acts = [
    async (memberId: number) => {
      const { receiptNo } = await world.buy(clerk, memberId, storeId, [(20 + any(150)) * 100])
      receipts.push(receiptNo)
    },
    async (memberId: number) => {
      const speaker = speakers.get(memberId)!
      const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
      const { status, body } = await speaker.ask('POST /mall/redemptions', wish)
      if (status === 200) orders.push({ speaker, orderNo: body.order.orderNo })
    },
    async () => {
      const [order] = orders.splice(any(orders.length), 1)
      if (order)
        await order.speaker.call('POST /me/redemptions/:orderNo/cancel', { orderNo: order.orderNo, requestId: fresh() })
    },
    async () => {
      const receiptNo = receipts[any(receipts.length)]
      const lines = [{ line: 0, quantity: 0, amountFen: 15_00 }]
      if (receiptNo) await clerk.ask('POST /clerk/returns', { storeId, receiptNo, lines, requestId: fresh() })
    },
    async (memberId: number) => {
      const correction = { memberId, points: any(60) - 25, reason: '更正', requestId: fresh() }
      await admin.ask('POST /admin/members/:memberId/adjustments', correction)
    },
    async (memberId: number) => {
      const today = world.clock.now().slice(0, 10)
      const favour = { memberId, endingBy: addDays(today, 20), expiresOn: addDays(today, 50 + any(20)) }
      const { status } = await admin.ask('POST /admin/members/:memberId/extensions', {
        ...favour,
        reason: '店铺装修',
        requestId: fresh(),
      })
      if (status === 200) extended += 1
    },
  ]
  for (let step = 0; step < steps; step++) {
    await acts[[0, 0, 0, 1, 1, 2, 3, 4, 5][any(9)]!]!(memberIds[any(3)]!)
    if (any(3) > 0) continue
    await onDayEnd()
    world.clock.travelDays(1 + any(6))
    await expirePoints(world.server)
  }
  expect(extended).toBeGreaterThan(0)
}

describe('the liability', () => {
  let world: World
  let admin: Speaker
  const figures: Awaited<ReturnType<typeof liability>>[] = []
  const liability = (on?: string) => admin.call('GET /admin/liability', on === undefined ? {} : { on })

  beforeAll(async () => {
    world = await aWorld({ policy: { expiry: living({ type: 'days', days: 35 }), pointsPerYuan: 30 } })
    admin = await world.asAdmin()
    await live(world, admin, 120, async () => void figures.push(await liability()))
    figures.push(await liability())
  })
  afterAll(() => world.close())

  const sum = <Row>(rows: readonly Row[], value: (row: Row) => number) =>
    rows.reduce((total, row) => total + value(row), 0)

  it('reconciles with the audited book, point by point', async () => {
    const now = await liability()
    const { passed, totals } = await world.audit()
    expect(passed).toBe(true)
    expect(now.outstanding).toBe(totals.outstanding)
    const flow = (name: 'issued' | 'redeemed' | 'expired' | 'reversed' | 'adjusted') =>
      sum(now.flows, (month) => month[name])
    for (const name of ['issued', 'redeemed', 'expired', 'reversed', 'adjusted'] as const) {
      expect(flow(name), name).toBe(totals[name])
      expect(flow(name), `${name} happened`).not.toBe(0)
    }
    expect(now.opening).toBe(0)
    expect(flow('issued') + flow('adjusted') - flow('redeemed') - flow('expired') - flow('reversed')).toBe(
      now.outstanding,
    )
  })

  it('adds up by month of expiry, in points and in money', async () => {
    for (const { expiring, outstanding, outstandingFen } of figures) {
      expect(sum(expiring, ({ points }) => points)).toBe(outstanding)
      expect(sum(expiring, ({ fen }) => fen)).toBe(outstandingFen)
      expect(outstandingFen).toBe(Math.round((outstanding * 100) / 30))
    }
  })

  it('carries each month’s points over to the next, and the last to the outstanding points', () => {
    for (const { opening, flows, outstanding } of figures) {
      expect(flows).toHaveLength(24)
      let before = opening
      for (const month of flows) {
        const { issued, redeemed, expired, reversed, adjusted } = month
        expect(before + issued + adjusted - redeemed - expired - reversed).toBe(month.outstanding)
        before = month.outstanding
      }
      expect(before).toBe(outstanding)
    }
  })

  it('shows for each month’s points the used, the expired and the outstanding part', () => {
    const last = figures.at(-1)!
    expect(sum(last.cohorts, ({ open }) => open)).toBe(last.outstanding)
    expect(sum(last.cohorts, ({ expired }) => expired)).toBe(sum(last.flows, ({ expired }) => expired))
    expect(last.cohorts.some(({ expired }) => expired > 0)).toBe(true)
    for (const { points, used, expired, open } of last.cohorts) {
      expect(used + expired + open).toBe(points)
      expect(Math.min(used, expired, open)).toBeGreaterThanOrEqual(0)
    }
  })

  it('of a past day has the same figures as on that day', async () => {
    expect(figures.length).toBeGreaterThan(20)
    for (const then of figures) expect(await liability(then.on)).toEqual(then)
  })

  it('counts the members who hold points in each month', async () => {
    const shop = await aWorld({
      now: '2026-01-31T04:00:00.000Z',
      policy: { expiry: living({ type: 'months', months: 1 }) },
    })
    try {
      const owner = await shop.asAdmin()
      const first = await shop.aMember({ points: 10 })
      await shop.aMember({ points: 20 })
      shop.clock.travelDays(3)
      await owner.call('POST /admin/members/:memberId/adjustments', {
        memberId: first,
        points: 5,
        reason: '补偿',
        requestId: fresh(),
      })
      const { expiring } = await owner.call('GET /admin/liability', {})
      expect(expiring).toEqual([
        { month: '2026-02', points: 30, fen: 30, members: 2 },
        { month: '2026-03', points: 5, fen: 5, members: 1 },
      ])
    } finally {
      await shop.close()
    }
  })

  it('is zero in a new shop, and refused for future days', async () => {
    const shop = await aWorld()
    try {
      const owner = await shop.asAdmin()
      const none = await owner.call('GET /admin/liability', {})
      expect(none).toMatchObject({ on: '2026-03-02', outstanding: 0, outstandingFen: 0, expiring: [], cohorts: [] })
      const { status, body } = await owner.ask('GET /admin/liability', { on: '2026-03-03' })
      expect([status, body.code]).toEqual([400, 'period.not-yet'])
    } finally {
      await shop.close()
    }
  })
})

it('shows a day before the first policy of the shop, which its imported history may reach', async () => {
  const world = await aWorld()
  await world.db.delete(policies)
  await publishFirst(world.server, { ...aPolicy(), pointsPerYuan: 50 })
  const admin = await world.asAdmin()
  const none = { pointsPerYuan: 50, outstanding: 0, outstandingFen: 0 }
  for (const on of ['2019-12-31', '1969-12-31', '1900-01-01'])
    expect(await admin.call('GET /admin/liability', { on })).toMatchObject({ on, ...none })
  await world.close()
})

it('adds up a shop whose members hold more points together than one of them may (FN6)', async () => {
  const world = await aWorld()
  const admin = await world.asAdmin()
  for (let count = 0; count < 3; count++) await world.aMember({ points: 1_000_000_000 })
  const outstanding = 3_000_000_000
  const { report } = await admin.call('POST /admin/ledger-audit')
  expect(report.totals).toMatchObject({ outstanding, adjusted: outstanding, outstandingFen: 3_000_000_000 })
  expect((await admin.call('GET /admin/ledger-audit')).report?.totals).toMatchObject({ outstanding })
  expect(await admin.call('GET /admin/dashboard')).toMatchObject({ outstanding })
  expect(await admin.call('GET /admin/liability', {})).toMatchObject({ outstanding })
  await world.close()
})
