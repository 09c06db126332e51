import { pointsAccounts } from '@pointbook/server/book/tables'
import { register } from '@pointbook/server/features/members/directory/register'
import { endMembership } from '@pointbook/server/features/members/privacy/moves'
import { leaveRequests } from '@pointbook/server/features/members/privacy/tables'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeSettings, givePost } from '../../support/edits.ts'
import { aShopToLeave } from '../../support/leavers.ts'
import { give } from '../../support/server.ts'
import { fresh } from '../../support/world.ts'

let shop: Awaited<ReturnType<typeof aShopToLeave>>
beforeAll(async () => {
  shop = await aShopToLeave()
})
afterAll(() => shop.close())

describe('the request to leave (Law9, FS12)', () => {
  it('names the exact points that will be lost, and is refused with the new figure when they moved', async () => {
    const { me, memberId } = await shop.aPerson()
    expect(await me.call('GET /me/leaving')).toMatchObject({
      points: 300,
      obstacles: [],
      waitingDays: 7,
      request: null,
    })
    await shop.book.make(adjust, give(memberId, 20))
    const { status, body } = await shop.askToLeave(me, 300)
    expect([status, body.code, body.detail]).toEqual([409, 'leaving.changed', { points: 320 }])
    expect((await shop.askToLeave(me, 320)).body.request).toMatchObject({ byShop: false, dueOn: '2026-03-09' })
    expect((await me.call('GET /me')).leavingOn).toBe('2026-03-09')
    expect((await shop.askToLeave(me, 320)).body.code).toBe('leaving.asked')
  })

  it('can be withdrawn while it waits, and the membership stays', async () => {
    const { me } = await shop.aPerson()
    await shop.askToLeave(me, 300)
    await me.call('DELETE /me/leaving')
    expect((await me.call('GET /me')).leavingOn).toBeNull()
    await shop.waitOut()
    expect((await me.call('GET /me')).points.balance).toBe(300)
  })

  it('ends nothing when it was withdrawn after the job had read it', async () => {
    const { me, memberId } = await shop.aPerson()
    await shop.askToLeave(me, 300)
    const [request] = await shop.db.select().from(leaveRequests).where(eq(leaveRequests.memberId, memberId))
    await me.call('DELETE /me/leaving')
    expect(await shop.book.make(endMembership, { memberId, leaveId: request!.id, actor: 'system' })).toBeNull()
    expect(await shop.account(memberId)).toMatchObject({ standing: 'active', balance: 300 })
  })

  it('shows the shop’s deadline of 15 working days', async () => {
    const { me } = await shop.aPerson()
    const on = shop.clock.now().slice(0, 10)
    // 2026-03-09 is a Monday, as every day here is.
    expect(on).toBe('2026-03-09')
    expect((await shop.askToLeave(me, 300)).body.request.answerBy).toBe('2026-03-30')
    await me.call('DELETE /me/leaving')
  })

  it('is barred by an order that waits, a case, a debt, a freeze and a post, and says what to do', async () => {
    const { me, memberId } = await shop.aPerson()
    const itemId = await shop.anItem()
    await me.call('POST /mall/redemptions', {
      itemId,
      quantity: 1,
      points: 100,
      storeId: shop.storeId,
      requestId: fresh(),
    })
    await givePost(shop.admin, { memberId, role: 'clerk', storeIds: [shop.storeId] })
    await shop.admin.call('POST /admin/cases', {
      memberIds: [memberId],
      reason: '核实',
      freeze: true,
      requestId: fresh(),
    })
    await shop.db.update(pointsAccounts).set({ debt: 5 }).where(eq(pointsAccounts.memberId, memberId))
    const { obstacles } = await me.call('GET /me/leaving')
    expect(obstacles.map(({ text }) => text)).toEqual([
      '您还是门店的店员',
      '账户已冻结',
      '还有 5 分待抵扣',
      '还有 1 件兑换待取货',
      '账户正在核实中',
    ])
    for (const { advice } of obstacles) expect(advice).toMatch(/[\u4e00-\u9fff]/)
    const { status, body } = await shop.askToLeave(me, 200)
    expect([status, body.code]).toEqual([409, 'leaving.barred'])
    expect(body.text).toContain('还有 1 件兑换待取货')
    await shop.db.update(pointsAccounts).set({ debt: 0 }).where(eq(pointsAccounts.memberId, memberId))
  })

  it('waits on when something stands in the way on its day', async () => {
    const { me, memberId } = await shop.aPerson()
    await shop.askToLeave(me, 300)
    const { caseId } = await shop.admin.call('POST /admin/cases', {
      memberIds: [memberId],
      reason: '核实',
      freeze: true,
      requestId: fresh(),
    })
    await shop.waitOut()
    expect((await shop.account(memberId)).standing).toBe('frozen')
    const { rows } = await shop.admin.call('GET /admin/leave-requests', { state: 'waiting' })
    expect(rows).toMatchObject([{ memberId, obstacles: ['账户已冻结', '账户正在核实中'] }])
    const verdict = { caseId, memberId, decision: 'cleared', reason: '没有问题' } as const
    await shop.admin.call('POST /admin/cases/:caseId/decisions', verdict)
    await shop.run('end-memberships')
    expect((await shop.account(memberId)).standing).toBe('cancelled')
  })

  it('may be made by the merchant with a reason, for a member who told the shop', async () => {
    const { memberId, me } = await shop.aPerson()
    const asked = { memberId, points: 300, reason: '会员来电', requestId: fresh() }
    await shop.admin.call('POST /admin/members/:memberId/leaving', asked)
    expect((await me.call('GET /me/leaving')).request).toMatchObject({ byShop: true })
    const { rows } = await shop.admin.call('GET /admin/leave-requests')
    expect(rows[0]).toMatchObject({ memberId, askedBy: 'admin/demo', reason: '会员来电', state: 'waiting' })
    const lines = await shop.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.subject, `member/${memberId}`))
    expect(lines.at(-1)).toMatchObject({ actor: 'admin/demo', action: 'member.leave' })
    await shop.admin.call('DELETE /admin/members/:memberId/leaving', { memberId })
    expect((await me.call('GET /me/leaving')).request).toBeNull()
  })

  it('lapses when the record is merged into another, and the person stays', async () => {
    const { memberId: doubleId, me } = await shop.aPerson()
    await shop.askToLeave(me, 300)
    const keptId = await shop.aMember({ nickname: '留下' })
    const { after } = await shop.admin.call('GET /admin/members/:memberId/merge', { memberId: keptId, doubleId })
    const { points, balance, debt, tierName } = after
    const merge = { memberId: keptId, doubleId, reason: '同一人', points, balance, debt, tierName }
    await shop.admin.call('POST /admin/members/:memberId/merge', { ...merge, requestId: fresh() })
    await shop.waitOut()
    expect(await shop.account(keptId)).toMatchObject({ standing: 'active', balance: 300 })
    const [request] = await shop.db.select().from(leaveRequests).where(eq(leaveRequests.memberId, doubleId))
    expect(request!.state).toBe('withdrawn')
  })
})

describe('the waiting time and the welcome gift', () => {
  it('are settings of the shop', async () => {
    await changeSettings(shop.admin, {
      name: '店',
      notice: '',
      servicePhone: '',
      cards: true,
      leaveAfterDays: 0,
      rejoinAfterMonths: 0,
    })
    const { me, openid, phone } = await shop.aPerson()
    expect(await me.call('GET /me/leaving')).toMatchObject({ waitingDays: 0, rejoinMonths: 0 })
    await shop.askToLeave(me, 300)
    await shop.run('end-memberships')
    const againId = await register(shop.server, { openid, phone, inviteCode: '', source: 'mini-program' })
    await shop.settle()
    expect((await shop.account(againId)).balance).toBe(50)
  })
})
