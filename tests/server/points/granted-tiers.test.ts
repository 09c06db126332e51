import { settleTiers } from '@pointbook/server/features/points/tiers/settle'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aShop, daysLater, type World } from '../../support/tier-shop.ts'
import { fresh } from '../../support/world.ts'

describe('a granted or paid tier (A2, F9)', () => {
  let shop: Awaited<ReturnType<typeof aShop>>
  let admin: Awaited<ReturnType<World['asAdmin']>>
  beforeAll(async () => {
    shop = await aShop()
    admin = await shop.world.asAdmin()
  })
  afterAll(() => shop.world.close())

  const grant = (memberId: number, changes: object = {}) => ({
    memberId,
    tierId: 'gold',
    until: '2026-12-31',
    reason: '付费会员一年',
    requestId: fresh(),
    ...changes,
  })

  it('is in force to its last day with a message and a log line, and ends by itself', async () => {
    const { world } = shop
    const memberId = await world.aMember({ nickname: '付费的人' })
    const wish = grant(memberId, { until: '2026-03-31' })
    expect(await admin.call('POST /admin/members/:memberId/tier', wish)).toEqual({
      tierName: '金卡',
      until: '2026-03-31',
    })
    await admin.call('POST /admin/members/:memberId/tier', wish)
    const { tier } = await (await world.asMember(memberId)).call('GET /me')
    expect(tier).toMatchObject({ id: 'gold', since: '2026-03-02', until: '2026-03-31' })
    expect(await admin.call('GET /admin/members/:memberId/tier', { memberId })).toEqual({
      name: '金卡',
      since: '2026-03-02',
      safeUntil: '2026-03-31',
      text: '',
      granted: { name: '金卡', on: '2026-03-02', until: '2026-03-31', by: 'admin/demo', reason: '付费会员一年' },
    })
    const log = await world.db.select().from(auditLog).where(eq(auditLog.action, 'tier.grant'))
    expect(log.map(({ text }) => text)).toEqual(['授予金卡到 2026年3月31日：付费会员一年'])
    await daysLater(world, 29)
    expect((await shop.tier(memberId)).currentId).toBe('gold')
    // By itself, before any job has run.
    world.clock.travelDays(1)
    expect((await shop.tier(memberId)).currentId).toBe('basic')
    await settleTiers(world.server)
    expect(await shop.inbox(memberId)).toEqual([
      '金卡已开通｜商家为您开通了金卡，有效期到 2026年3月31日。说明：付费会员一年',
      '金卡已到期｜金卡的有效期已结束，您现在是普通。已有的积分不受影响。',
    ])
  })

  it('can be ended before its day, and once', async () => {
    const memberId = await shop.world.aMember()
    await admin.call('POST /admin/members/:memberId/tier', grant(memberId))
    const end = { memberId, reason: '已退款' }
    expect(await admin.call('POST /admin/members/:memberId/tier/end', { ...end, requestId: fresh() })).toEqual({
      tierName: '金卡',
    })
    expect((await shop.tier(memberId)).currentId).toBe('basic')
    const again = await admin.ask('POST /admin/members/:memberId/tier/end', { ...end, requestId: fresh() })
    expect(again).toMatchObject({ status: 409, body: { code: 'tier.not-granted' } })
  })

  it('stands in the audit log with the grant that it replaces, and with the one that ended (FM15)', async () => {
    const memberId = await shop.world.aMember()
    await admin.call('POST /admin/members/:memberId/tier', grant(memberId, { until: '2026-11-20' }))
    await admin.call('POST /admin/members/:memberId/tier', grant(memberId, { until: '2026-11-30' }))
    await admin.call('POST /admin/members/:memberId/tier/end', { memberId, reason: '已退款', requestId: fresh() })
    const { log } = await admin.call('GET /admin/members/:memberId', { memberId })
    const [none, first, second] = [
      { tierName: null, until: null },
      { tierName: '金卡', until: '2026-11-20' },
      { tierName: '金卡', until: '2026-11-30' },
    ]
    expect(log.map(({ detail }) => JSON.parse(detail))).toEqual([
      { before: second, after: none },
      { before: first, after: second },
      { before: none, after: first },
    ])
  })

  it('is refused for an unknown tier, a past day, and an unknown member', async () => {
    const memberId = await shop.world.aMember()
    const codes = async (wish: object) => (await admin.ask('POST /admin/members/:memberId/tier', wish)).body.code
    expect(await codes(grant(memberId, { tierId: 'platinum' }))).toBe('tier.unknown')
    expect(await codes(grant(memberId, { until: '2026-01-01' }))).toBe('tier.day-past')
    expect(await codes(grant(memberId, { until: '2026-02-30' }))).toBe('input.invalid')
    expect(await codes(grant(99_999_999))).toBe('member.unknown')
  })

  it('filters the list of members, like an earned tier', async () => {
    const { world } = shop
    const [grantee, rich, plain] = [await world.aMember(), await world.aMember(), await world.aMember()]
    await admin.call('POST /admin/members/:memberId/tier', grant(grantee, { tierId: 'diamond', until: '2027-01-01' }))
    await shop.buy(rich, 2_500_00)
    const inTier = async (tierId: string) => {
      const { rows, total } = await admin.call('POST /admin/members/search', { tierId, limit: 100 })
      expect(total).toBe(rows.length)
      return rows.map(({ memberId }) => memberId)
    }
    expect(await inTier('diamond')).toEqual([rich, grantee])
    expect(await inTier('basic')).toContain(plain)
    expect(await inTier('basic')).not.toContain(grantee)
    expect(await inTier('platinum')).toEqual([])
  })
})
