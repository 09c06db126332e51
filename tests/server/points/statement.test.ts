import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { living } from '../../support/policies.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let member: Speaker
let memberId: number

/** In the shop: 100 points on 1 March, 30 used on the 2nd, 20 more given on the 3rd. */
beforeAll(async () => {
  world = await aWorld({ now: '2026-03-01T04:00:00.000Z', policy: { expiry: living({ type: 'days', days: 30 }) } })
  admin = await world.asAdmin()
  const storeId = await world.aStore()
  const clerk = await world.aClerk([storeId])
  memberId = await world.aMember()
  member = await world.asMember(memberId)
  await world.buy(clerk, memberId, storeId, [100_00])
  world.clock.travelDays(1)
  const itemId = await world.anItem({ points: 30 })
  await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
  world.clock.travelDays(1)
  const gift = { memberId, points: 20, reason: '补偿', requestId: fresh() }
  await admin.call('POST /admin/members/:memberId/adjustments', gift)
})
afterAll(() => world.close())

describe('the account as of an instant', () => {
  it('shows the state of that instant, without later changes', async () => {
    const then = await member.call('GET /me/as-of', { at: '2026-03-01T04:00:00.000Z' })
    expect(then).toMatchObject({ balance: 100, usable: 100, pending: 0, debt: 0 })
    expect(then.lots).toMatchObject([
      { title: '消费', points: 100, remaining: 100, expiresOn: '2026-03-31', usable: true },
    ])
    const before = await member.call('GET /me/as-of', { at: '2026-03-01T03:59:59.999Z' })
    expect(before).toMatchObject({ balance: 0, lots: [] })
  })

  it('equals the current account for the present instant', async () => {
    const now = await member.call('GET /me/as-of', { at: world.clock.now() })
    const { points } = await member.call('GET /me')
    expect(now).toMatchObject({ balance: points.balance, usable: points.usable, debt: points.debt })
    expect(now.flows).toEqual({ issued: 100, redeemed: 30, expired: 0, reversed: 0, adjusted: 20 })
  })

  it('is the same for the merchant, with the entries up to that instant', async () => {
    const at = '2026-03-02T15:59:59.999Z'
    const theirs = await admin.call('GET /admin/members/:memberId/as-of', { memberId, at })
    expect(theirs).toEqual(await member.call('GET /me/as-of', { at }))
    const { rows } = await admin.call('GET /admin/members/:memberId/entries', { memberId, until: at })
    expect(rows.map(({ delta }) => delta)).toEqual([-30, 100])
  })

  it('keeps points in the balance that the night’s job has not ended yet, but shows them as unusable', async () => {
    const shop = await aWorld({ policy: { expiry: living({ type: 'days', days: 1 }) } })
    try {
      const id = await shop.aMember({ points: 40 })
      shop.clock.travelDays(2)
      const then = await (await shop.asMember(id)).call('GET /me/as-of', { at: shop.clock.now() })
      expect(then).toMatchObject({ balance: 40, usable: 0, lots: [{ remaining: 40, usable: false }] })
    } finally {
      await shop.close()
    }
  })
})

describe('the statement of a period', () => {
  it('opens, lists every entry in words, and closes', async () => {
    const month = await member.call('GET /me/statement', { from: '2026-03-02', to: '2026-03-03' })
    expect(month).toMatchObject({ from: '2026-03-02', to: '2026-03-03', opening: 100, closing: 90 })
    expect(month.entries.map(({ title, delta, balanceAfter }) => [title, delta, balanceAfter])).toEqual([
      ['积分兑换', -30, 70],
      ['人工调整：补偿', 20, 90],
    ])
    expect(month.flows).toEqual({ issued: 0, redeemed: 30, expired: 0, reversed: 0, adjusted: 20 })
    expect(month.outstanding).toEqual([
      { on: '2026-03-31', points: 70 },
      { on: '2026-04-02', points: 20 },
    ])
  })

  it('uses the days of the shop, and ends today when the period is not over', async () => {
    const month = await admin.call('GET /admin/members/:memberId/statement', {
      memberId,
      from: '2026-03-01',
      to: '2026-03-31',
    })
    expect(month).toMatchObject({ opening: 0, to: '2026-03-03', closing: 90 })
    expect(month.entries).toHaveLength(3)
    const none = await member.call('GET /me/statement', { from: '2026-02-01', to: '2026-02-28' })
    expect(none).toMatchObject({ opening: 0, closing: 0, entries: [], outstanding: [] })
  })
})

describe('requests that cannot be answered', () => {
  const wrong: [string, object, string][] = [
    ['GET /me/as-of', {}, 'input.invalid'],
    ['GET /me/as-of', { at: '2026-02-30T00:00:00.000Z' }, 'input.invalid'],
    ['GET /me/as-of', { at: '2026-03-01T25:00:00.000Z' }, 'input.invalid'],
    ['GET /me/as-of', { at: '2026-03-03T16:00:00.000Z' }, 'period.not-yet'],
    ['GET /me/statement', { from: '2026-02-30', to: '2026-03-01' }, 'input.invalid'],
    ['GET /me/statement', { from: '2026-03-01', to: '2026-02-28' }, 'period.invalid'],
    ['GET /me/statement', { from: '2026-03-01', to: '2027-03-02' }, 'period.invalid'],
    ['GET /me/statement', { from: '2026-03-04', to: '2026-03-05' }, 'period.not-yet'],
    ['GET /me/statement', { from: '0000-01-01', to: '0000-01-02' }, 'input.invalid'],
  ]
  it.each(wrong)('%s refuses %j as %s', async (op, input, code) => {
    const { status, body } = await member.ask(op, input)
    expect([status, body.code]).toEqual([400, code])
  })

  it('the books of an unknown number', async () => {
    const nobody = { memberId: 99_999_999, at: world.clock.now(), from: '2026-03-01', to: '2026-03-01' }
    for (const page of ['as-of', 'statement']) {
      const { at, from, to, ...path } = nobody
      const query = page === 'as-of' ? { at } : { from, to }
      const { status, body } = await admin.ask(`GET /admin/members/:memberId/${page}`, { ...path, ...query })
      expect([status, body.code]).toEqual([404, 'member.unknown'])
    }
  })

  it('a member asking for another one’s', async () => {
    const ask = { memberId, at: world.clock.now() }
    expect((await member.ask('GET /admin/members/:memberId/as-of', ask)).status).toBe(401)
  })
})
