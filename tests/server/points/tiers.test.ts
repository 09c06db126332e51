import { movesTable, pointsAccounts } from '@pointbook/server/book/tables'
import { inboxMessages } from '@pointbook/server/features/care/messages/tables'
import { emptyAccountRow } from '@pointbook/server/features/members/directory/register'
import { settleTiers } from '@pointbook/server/features/points/tiers/settle'
import { memberTiersTable } from '@pointbook/server/features/points/tiers/tables'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, gte, like } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tiersOf } from '../../support/policies.ts'
import { aShop, byMoney, daysLater, discount, level } from '../../support/tier-shop.ts'
import { fresh } from '../../support/world.ts'

describe('a tier by money spent (F3, B33)', () => {
  let shop: Awaited<ReturnType<typeof aShop>>
  beforeAll(async () => {
    shop = await aShop()
  })
  afterAll(() => shop.world.close())

  it('is reached in the purchase itself, announced with its benefits, and shown everywhere (F4)', async () => {
    const memberId = await shop.world.aMember({ nickname: '小满' })
    await shop.buy(memberId, 99_99)
    expect((await shop.tier(memberId)).currentId).toBe('basic')
    await shop.buy(memberId, 1)
    expect(await shop.held(memberId)).toMatchObject({ tierId: 'silver', since: '2026-03-02', keptUntil: null })
    expect(await shop.inbox(memberId)).toEqual(['恭喜升级为银卡｜感谢一路相伴，您已升级为银卡，从现在起享有全场九折。'])
    const me = await (await shop.world.asMember(memberId)).call('GET /me')
    expect(me.tier).toEqual({ id: 'silver', name: '银卡', since: '2026-03-02', until: null, benefits: [discount] })
    const admin = await shop.world.asAdmin()
    const { rows } = await admin.call('POST /admin/members/search', { q: '小满' })
    expect(rows).toMatchObject([{ memberId, tierName: '银卡' }])
  })

  it('shows in money the conditions for keeping it and for the next tier', async () => {
    const memberId = await shop.world.aMember()
    await shop.buy(memberId, 120_00)
    expect(await shop.tier(memberId)).toMatchObject({
      currentId: 'silver',
      since: '2026-03-02',
      safeUntil: '2026-07-01',
      measure: 'spend',
      counted: 120_00,
      windowText: '近 3 个月累计消费',
      keep: { by: '2026-03-31', needed: 0, falling: 0, text: '' },
      next: { id: 'gold', name: '金卡', needed: 380_00 },
    })
  })

  it('does not count returned goods', async () => {
    const memberId = await shop.world.aMember()
    const { receiptNo } = await shop.buy(memberId, 90_00)
    const back = { storeId: shop.storeId, receiptNo, requestId: fresh() }
    await shop.clerk.call('POST /clerk/returns', { ...back, lines: [{ line: 0, quantity: 1, amountFen: 90_00 }] })
    expect((await shop.world.account(memberId)).boughtByMonth).toEqual({ '2026-03': [0, 0] })
    await shop.buy(memberId, 20_00)
    expect((await shop.tier(memberId)).currentId).toBe('basic')
    const { checks } = await shop.world.audit()
    expect(checks.find(({ id }) => id === 'lifetimes')?.faults).toEqual([])
  })

  it('is reported by the audit for forged purchases', async () => {
    const memberId = await shop.world.aMember()
    await shop.buy(memberId, 10_00)
    const forge = (boughtByMonth: Record<string, [number, number]>) =>
      shop.world.db.update(pointsAccounts).set({ boughtByMonth }).where(eq(pointsAccounts.memberId, memberId))
    await forge({ '2026-03': [900_00, 9] })
    const { checks } = await shop.world.audit()
    expect(checks.find(({ id }) => id === 'lifetimes')?.faults).toEqual([
      `会员 ${memberId}：累计消费 10.00 元，各月之和 900.00 元`,
      `会员 ${memberId}：消费 1 次，各月之和 9 次`,
    ])
    await forge({ '2026-03': [10_00, 1] })
  })
})

describe('falling (F9)', () => {
  let shop: Awaited<ReturnType<typeof aShop>>
  beforeAll(async () => {
    shop = await aShop()
  })
  afterAll(() => shop.world.close())

  it('comes after the grace period, of which the member is notified, unless the tier is reached again', async () => {
    const { world } = shop
    const [loses, keeps] = [await world.aMember(), await world.aMember()]
    await shop.buy(loses, 150_00)
    await shop.buy(keeps, 150_00)
    // A recent rise is announced.
    await world.settle()
    // March counts until the end of May.
    expect(await daysLater(world, 90)).toBe(0)
    expect(await daysLater(world, 1)).toBe(2)
    expect(await shop.held(loses)).toMatchObject({ tierId: 'silver', keptUntil: '2026-07-01' })
    expect((await shop.tier(loses)).keep).toEqual({
      by: '2026-07-01',
      needed: 100_00,
      falling: 0,
      text: '2026年7月1日前再消费 100 元，即可保住银卡',
    })
    await shop.buy(keeps, 100_00)
    expect(await shop.held(keeps)).toMatchObject({ tierId: 'silver', since: '2026-03-02', keptUntil: null })
    expect(await daysLater(world, 30)).toBe(0)
    expect((await shop.tier(loses)).currentId).toBe('silver')
    expect(await daysLater(world, 1)).toBe(1)
    expect((await shop.tier(loses)).currentId).toBe('basic')
    expect((await shop.tier(keeps)).currentId).toBe('silver')
    expect(await shop.inbox(loses)).toEqual([
      expect.stringContaining('恭喜升级为银卡'),
      '银卡快到期了｜您的银卡为您保留到 2026年7月1日。在那之前再消费 100 元，就能继续保留。',
      '会员等级有变化｜银卡的保留期已过，您现在是普通。已有的积分不受影响，期待您再次升级。',
    ])
  })

  it('uses the shop’s day, not that of the machine', async () => {
    const { world } = shop
    const memberId = await world.aMember()
    await shop.buy(memberId, 150_00)
    // 23:59 at the shop on the last day of September, then 00:10 on 1 October: still September in London.
    world.clock.set('2026-09-30T15:59:00.000Z')
    await settleTiers(world.server)
    expect((await shop.held(memberId))?.keptUntil).toBeNull()
    world.clock.set('2026-09-30T16:10:00.000Z')
    await settleTiers(world.server)
    expect((await shop.held(memberId))?.keptUntil).toBe('2026-10-31')
  })
})

describe('the job', () => {
  let shop: Awaited<ReturnType<typeof aShop>>
  beforeAll(async () => {
    shop = await aShop()
  })
  afterAll(() => shop.world.close())

  it('settles every member once when it continues after a crash', async () => {
    const { world } = shop
    const first = 20_000_000
    const ids = Array.from({ length: 600 }, (_, index) => first + index)
    await world.db.insert(pointsAccounts).values(ids.map((id) => emptyAccountRow(id)))
    await world.db.insert(memberTiersTable).values(
      ids.map((memberId) => ({
        memberId,
        tierId: 'gold',
        since: '2025-01-01',
        grantedBy: '' as const,
        grantReason: '',
      })),
    )
    let left = 300
    const make: typeof world.book.make = (...args) =>
      left-- > 0 ? world.book.make(...args) : Promise.reject(new Refusal('database.unavailable'))
    await expect(settleTiers({ ...world.server, book: { ...world.book, make } })).rejects.toThrow(
      'database.unavailable',
    )
    const inGrace = () =>
      world.db.$count(
        memberTiersTable,
        and(gte(memberTiersTable.memberId, first), eq(memberTiersTable.keptUntil, '2026-04-01')),
      )
    // What was under way when it died is still made.
    await expect.poll(inGrace).toBe(300)
    expect(await settleTiers(world.server)).toBe(300)
    expect(await inGrace()).toBe(600)
    expect(await settleTiers(world.server)).toBe(0)
    expect(await world.db.$count(movesTable, eq(movesTable.name, 'tiers.settle'))).toBe(600)
    await world.settle()
    expect(await world.db.$count(inboxMessages, like(inboxMessages.fact, 'tier/grace/%'))).toBe(600)
  })

  it('does not change a frozen member’s tier', async () => {
    const { world } = shop
    const memberId = await world.aMember()
    await shop.buy(memberId, 150_00)
    const admin = await world.asAdmin()
    const frozen = { memberId, standing: 'frozen', reason: '核实', requestId: fresh() } as const
    await admin.call('POST /admin/members/:memberId/standing', frozen)
    await daysLater(world, 150)
    expect(await shop.held(memberId)).toMatchObject({ tierId: 'silver', keptUntil: null })
  })
})

describe('tiers by points (B20, B26, F5)', () => {
  let shop: Awaited<ReturnType<typeof aShop>>
  beforeAll(async () => {
    const faster = [level('basic', '普通', 0), { ...level('silver', '银卡', 5), multiplierBp: 20_000 }]
    shop = await aShop({ ...byMoney, tiers: tiersOf(faster, { window: 'calendar-year' }) })
  })
  afterAll(() => shop.world.close())

  it('count a check-in’s points in the same call, and then give more for the next purchase', async () => {
    const memberId = await shop.world.aMember()
    await (await shop.world.asMember(memberId)).call('POST /me/check-ins')
    expect(await shop.held(memberId)).toMatchObject({ tierId: 'silver' })
    expect((await shop.buy(memberId, 10_00)).points).toBe(20)
  })
})

describe('tiers by purchases (F3)', () => {
  let shop: Awaited<ReturnType<typeof aShop>>
  beforeAll(async () => {
    const often = [level('basic', '普通', 0), level('silver', '银卡', 2)]
    shop = await aShop({ ...byMoney, tiers: tiersOf(often, { measure: 'purchases', window: 'lifetime' }) })
  })
  afterAll(() => shop.world.close())

  it('count purchases, however small', async () => {
    const memberId = await shop.world.aMember()
    await shop.buy(memberId, 10_00)
    expect((await shop.tier(memberId)).next).toEqual({ id: 'silver', name: '银卡', needed: 1 })
    await shop.buy(memberId, 1)
    expect((await shop.tier(memberId)).currentId).toBe('silver')
  })
})
