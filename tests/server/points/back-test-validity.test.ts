import { joinBacktests } from '@pointbook/server/core/back-test/result'
import { recordPurchase } from '@pointbook/server/features/earning/purchases/moves'
import { unknownBuyer } from '@pointbook/server/features/earning/purchases/receipt'
import { plainlyPaid } from '@pointbook/server/features/earning/purchases/tables'
import { mergeMembers } from '@pointbook/server/features/members/merging/moves'
import { readActual } from '@pointbook/server/features/points/back-test/others'
import { type Order, replay, resultOf } from '@pointbook/server/features/points/back-test/replay'
import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { extendByHand } from '@pointbook/server/features/points/ledger/extend-by-hand'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { settleTiers } from '@pointbook/server/features/points/tiers/settle'
import type { Life, Policy } from '@pointbook/shared/contract/points/policy'
import { addMs, dayOf, endOf, startOf } from '@pointbook/shared/day'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPolicy, living, tiersOf } from '../../support/policies.ts'
import { aWorld, fresh } from '../../support/world.ts'

const OFFSET = 480
const period = { from: '2026-03-20', until: '2026-06-30' }
const offset = { pointsPerYuan: 100, minimumPoints: 0, stepPoints: 1, maximumShareBp: 5_000 }

const lasting = (life: Life, more: Partial<Policy> = {}) => aPolicy({ offset, expiry: living(life), ...more })

type World = Awaited<ReturnType<typeof aWorld>>

async function aShop(policy: Policy) {
  const world = await aWorld({ policy })
  const storeId = await world.aStore()
  const clerk = await world.aClerk([storeId])
  const admin = await world.asAdmin()
  const buy = async (memberId: number, yuan: number, offsetPoints = 0) => {
    const receiptNo = fresh('R')
    const lines = [{ name: '拿铁', quantity: 1, amountFen: yuan * 100 }]
    const paid = { ...plainlyPaid, offsetPoints }
    const receipt = { memberId, storeId, receiptNo, lines, paid, buyer: unknownBuyer, actor: 'system' as const }
    await world.book.make(recordPurchase, receipt)
    return receiptNo
  }
  const back = (receiptNo: string, yuan: number, quantity = 1) =>
    clerk.ask('POST /clerk/returns', {
      ...{ storeId, receiptNo, requestId: fresh() },
      lines: [{ line: 0, quantity, amountFen: yuan * 100 }],
    })
  const itemId = await world.anItem({ points: 30, stock: 1_000 })
  const redeem = async (memberId: number) =>
    (await world.asMember(memberId)).ask('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
  const give = (memberId: number, points: number) =>
    world.book
      .make(adjust, { memberId, points, reason: '补', actor: 'system' as const, requestId: fresh() })
      .catch(() => null)
  return { world, storeId, clerk, admin, buy, back, redeem, give }
}

/** So many days later, with the nights between. */
async function days(world: World, count: number) {
  for (let day = 0; day < count; day++) {
    world.clock.travelDays(1)
    await expirePoints(world.server)
    await settleTiers(world.server)
  }
}

const tick = (world: World) => world.clock.set(addMs(world.clock.now(), 1_000))

async function judged(world: World, policy: Policy, until = period.until) {
  const order: Order = { policy, from: period.from, until, offsetMinutes: OFFSET }
  const { ended, left, missing, all } = await replay(world.db, order, { index: 0, of: 1 }, () => {})
  return { ended, left, missing, would: all.would, given: all.given }
}

const actual = (world: World, until = period.until) =>
  readActual(world.db, startOf(period.from, OFFSET), endOf(until, OFFSET))

describe('a back-test of another validity (FN11)', () => {
  it('ends points on the days of the policy under test, and counts what is left', async () => {
    const shop = await aShop(lasting({ type: 'never' }))
    const { world } = shop
    try {
      const memberId = await world.aMember()
      await shop.buy(memberId, 100)
      await days(world, 10)
      await shop.redeem(memberId)
      await days(world, 20)
      await shop.buy(memberId, 40)
      await shop.give(memberId, 5)
      world.clock.set('2026-07-02T04:00:00.000Z')
      expect(await judged(world, lasting({ type: 'never' }))).toMatchObject({ ended: 0, left: 115, missing: 0 })
      // Of 100 points of 2 March, 30 are used on the 12th and 70 end after the 1st of April; 45 of 1 April end after 1 May.
      expect(await judged(world, lasting({ type: 'days', days: 30 }))).toMatchObject({
        ended: 115,
        left: 0,
        missing: 0,
      })
      expect(await judged(world, lasting({ type: 'days', days: 90 }))).toMatchObject({
        ended: 70,
        left: 45,
        missing: 0,
      })
      // Ended by 8 March, before the period; what was used on the 12th was not there.
      expect(await judged(world, lasting({ type: 'days', days: 5 }))).toMatchObject({ ended: 45, left: 0, missing: 30 })
      expect(await actual(world)).toEqual({ ended: 0, left: 115 })
    } finally {
      await world.close()
    }
  })

  it('is shown in the panel beside the figures of the ledger', async () => {
    const shop = await aShop(lasting({ type: 'days', days: 30 }))
    const { world } = shop
    try {
      await shop.buy(await world.aMember(), 100)
      world.clock.travelDays(60)
      await expirePoints(world.server)
      const order: Order = { policy: lasting({ type: 'never' }), ...period, offsetMinutes: OFFSET }
      const backtest = await replay(world.db, order, { index: 0, of: 1 }, () => {})
      expect(await resultOf(world.db, order, backtest)).toMatchObject({
        ended: { was: 100, would: 0, wasFen: 100, wouldFen: 0 },
        left: { was: 0, would: 100, wasFen: 0, wouldFen: 100 },
        missing: 0,
      })
    } finally {
      await world.close()
    }
  })
})

describe('a back-test of the policy that was always in force gives the ledger’s own figures (FN11)', () => {
  const steps = fc.array(
    fc.record({
      who: fc.nat(1),
      what: fc.constantFrom('buy', 'pay', 'back', 'part', 'redeem', 'cancel', 'give', 'take', 'check-in', 'extend'),
      size: fc.integer({ min: 1, max: 120 }),
      wait: fc.constantFrom(0, 0, 1, 9),
    }),
    { minLength: 12, maxLength: 24 },
  )
  const levels = [{ id: 'gold', name: '金卡', from: 150, multiplierBp: 15_000, benefits: [] }]
  const policies: Policy[] = [
    lasting({ type: 'days', days: 12 }, { tiers: tiersOf(levels), returns: 'debt' }),
    lasting({ type: 'days', days: 12 }, { returns: 'clamp', pending: { until: 'days', days: 3 } }),
    aPolicy({
      offset,
      expiry: {
        ...living({ type: 'days', days: 12 }),
        extension: { type: 'renewal', by: ['purchase', 'check-in'], months: 1 },
      },
    }),
  ]

  it('also for a member who was merged into another', async () => {
    const policy = lasting({ type: 'days', days: 40 }, { returns: 'debt' })
    const shop = await aShop(policy)
    const { world } = shop
    try {
      const [keptId, doubleId] = [await world.aMember(), await world.aMember()]
      await shop.buy(keptId, 10)
      const receiptNo = await shop.buy(doubleId, 80)
      await days(world, 3)
      const order = { keptId, doubleId, reason: '同一人', actor: 'admin/a' as const, requestId: fresh() }
      await world.book.make(mergeMembers, order)
      await days(world, 20)
      expect((await shop.redeem(keptId)).status).toBe(200)
      expect((await shop.back(receiptNo, 80)).status).toBe(200)
      await shop.buy(keptId, 25)
      await days(world, 30)
      const until = dayOf(world.clock.now(), OFFSET)
      const { ended, left, missing } = await judged(world, policy, until)
      expect({ ended, left, missing }).toEqual({ ...(await actual(world, until)), missing: 0 })
      const parts = [0, 1].map((index) =>
        replay(world.db, { policy, from: period.from, until, offsetMinutes: OFFSET }, { index, of: 2 }, () => {}),
      )
      expect(joinBacktests(await Promise.all(parts))).toMatchObject({ ended, left, missing })
    } finally {
      await world.close()
    }
  })

  it.each(policies.map((policy, at) => [at + 1, policy] as const))(
    'policy %i',
    async (_at, policy) => {
      const shop = await aShop(policy)
      const { world } = shop
      try {
        await fc.assert(
          fc.asyncProperty(steps, async (life) => {
            world.clock.set('2026-03-10T04:00:00.000Z')
            await wipe(world)
            await live(shop, life)
            const until = dayOf(world.clock.now(), OFFSET)
            const { ended, left, missing, would, given } = await judged(world, policy, until)
            expect({ ended, left, missing, would }).toEqual({
              ...(await actual(world, until)),
              missing: 0,
              would: given,
            })
          }),
          { numRuns: 3 },
        )
      } finally {
        await world.close()
      }
    },
    240_000,
  )
})

const TABLES = [
  'points_accounts',
  'points_entries',
  'points_lots',
  'points_draws',
  'points_redates',
  'purchases',
  'purchase_returns',
  'moves',
  'merged_members',
  'lot_origins',
  'member_tiers',
  'streaks',
  'check_ins',
  'outbox',
  'quotas',
]

/** A shop without members' pasts. */
async function wipe(world: World) {
  for (const table of TABLES) await world.db.execute(`DELETE FROM ${table}`)
}

async function live(
  shop: Awaited<ReturnType<typeof aShop>>,
  life: { who: number; what: string; size: number; wait: number }[],
) {
  const { world } = shop
  const members = [await world.aMember(), await world.aMember()]
  const sold: { receiptNo: string; yuan: number }[] = []
  const orders: { memberId: number; orderNo: string }[] = []
  for (const { who, what, size, wait } of life) {
    tick(world)
    await days(world, wait)
    const memberId = members[who]!
    const deeds: Record<string, () => Promise<unknown>> = {
      buy: async () => sold.push({ receiptNo: await shop.buy(memberId, size), yuan: size }),
      pay: async () => {
        const receiptNo = await shop.buy(memberId, size, Math.ceil(size / 2)).catch(() => null)
        if (receiptNo) sold.push({ receiptNo, yuan: size })
      },
      back: async () => {
        const sale = sold.pop()
        if (sale) await shop.back(sale.receiptNo, sale.yuan)
      },
      part: async () => {
        const sale = sold.at(-1)
        if (sale && sale.yuan > 2) await shop.back(sale.receiptNo, 1, 0)
      },
      redeem: async () => {
        const { status, body } = await shop.redeem(memberId)
        if (status === 200) orders.push({ memberId, orderNo: body.order.orderNo })
      },
      cancel: async () => {
        const order = orders.pop()
        if (order)
          await shop.admin.ask('POST /admin/redemptions/:orderNo/cancel', {
            orderNo: order.orderNo,
            reason: '取消',
            requestId: fresh(),
          })
      },
      give: () => shop.give(memberId, size),
      take: () => shop.give(memberId, -Math.min(size, 5)),
      'check-in': async () => (await world.asMember(memberId)).ask('POST /me/check-ins'),
      extend: async () => {
        const today = dayOf(world.clock.now(), OFFSET)
        const wish = {
          memberId,
          endingBy: '2026-04-30',
          expiresOn: '2026-05-20',
          reason: '延',
          actor: 'system' as const,
          requestId: fresh(),
        }
        if (today < '2026-05-01') await world.book.make(extendByHand, wish).catch(() => null)
      },
    }
    await deeds[what]!()
  }
}
