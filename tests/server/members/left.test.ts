import { readdirSync } from 'node:fs'
import { addressColumns } from '@pointbook/server/features/members/directory/personal-data'
import { register } from '@pointbook/server/features/members/directory/register'
import { leftIdentities, members } from '@pointbook/server/features/members/directory/tables'
import { endMembership } from '@pointbook/server/features/members/privacy/moves'
import { leaveRequests } from '@pointbook/server/features/members/privacy/tables'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aShopToLeave } from '../../support/leavers.ts'

let shop: Awaited<ReturnType<typeof aShopToLeave>>
beforeAll(async () => {
  shop = await aShopToLeave()
})
afterAll(() => shop.close())

describe('a member who has left', () => {
  it('has lost the points by an entry that says why, and the books balance', async () => {
    const { me, memberId } = await shop.aPerson()
    await shop.askToLeave(me, 300)
    await shop.waitOut()
    const [last] = await shop.entries(memberId)
    expect(last).toMatchObject({ kind: 'expire', cause: 'membership-end', delta: -300, balanceAfter: 0 })
    expect(last!.why).toEqual([{ rule: '@leaving', points: -300, because: { type: 'left' } }])
    expect(await shop.account(memberId)).toMatchObject({ standing: 'cancelled', balance: 0, expired: 300 })
    expect((await me.ask('GET /me')).status).toBe(401)
    const { passed, checks } = await shop.audit()
    expect(passed, JSON.stringify(checks.filter((check) => !check.passed))).toBe(true)
    expect(checks.find(({ id }) => id === 'leaving')!.checked).toBeGreaterThan(0)
  })

  it('is found nowhere in the database or the files, but by number in what the law keeps (Law9)', async () => {
    const { back, memberId, me: _me, orderCode: _code, ...person } = await shop.aFullLife()
    const { points } = await back.call('GET /me/leaving')
    const pictures = readdirSync(shop.outside.files.folder).length
    expect(await shop.askToLeave(back, points)).toMatchObject({ status: 200 })
    expect(await shop.placesOf(person.nickname)).not.toEqual([])

    await shop.waitOut()

    const masked = `${person.phone.slice(0, 3)}****${person.phone.slice(-4)}`
    const texts = [...Object.values(person), masked]
    const found = await Promise.all(texts.map(async (text) => [text, await shop.placesOf(text)] as const))
    expect(found.filter(([, places]) => places.length > 0)).toEqual([])
    expect(readdirSync(shop.outside.files.folder).length).toBe(pictures - 1)
    const { passed, checks } = await shop.audit()
    expect(passed, JSON.stringify(checks.filter((check) => !check.passed))).toBe(true)
  })

  it('may come back as a new member, without a second welcome gift until the time has passed', async () => {
    const { me, openid, phone, memberId } = await shop.aPerson()
    await shop.askToLeave(me, 300)
    await shop.waitOut()
    const join = (more: object) =>
      register(shop.server, { openid, phone, nickname: '回来', inviteCode: '', source: 'mini-program', ...more })
    const againId = await join({})
    await shop.settle()
    expect(againId).not.toBe(memberId)
    expect((await shop.account(againId)).balance).toBe(0)
    expect((await shop.admin.call('GET /admin/members/:memberId', { memberId: againId })).source).toBe('注销后重新加入')
    shop.clock.set('2027-06-01T04:00:00.000Z')
    await shop.run('sweep-left')
    expect(await shop.db.select().from(leftIdentities)).toEqual([])
    const laterId = await join({ openid: 'wx-other', phone: '13700000009' })
    await shop.settle()
    expect((await shop.account(laterId)).balance).toBe(50)
  })

  it('leaves a cancelled account and erased data also when the job broke off between the two', async () => {
    const { me, memberId, nickname } = await shop.aPerson()
    const { points } = await me.call('GET /me/leaving')
    await shop.askToLeave(me, points)
    const [request] = await shop.db.select().from(leaveRequests).where(eq(leaveRequests.memberId, memberId))
    await shop.book.make(endMembership, { memberId, leaveId: request!.id, actor: 'system' })
    // Too late to take it back: the points are gone.
    expect(await me.ask('DELETE /me/leaving')).toMatchObject({ status: 403, body: { code: 'member.cancelled' } })
    const withdrawn = await shop.admin.ask('DELETE /admin/members/:memberId/leaving', { memberId })
    expect(withdrawn.body.code).toBe('member.cancelled')
    const { rows } = await shop.admin.call('GET /admin/leave-requests', { state: 'waiting' })
    expect(rows).toMatchObject([{ memberId, state: 'waiting' }])
    await shop.waitOut()
    expect(await shop.placesOf(nickname)).toEqual([])
    expect((await shop.entries(memberId)).filter(({ cause }) => cause === 'membership-end').length).toBe(1)
  })

  it('is told by the audit when the account still has points', async () => {
    const { me, memberId } = await shop.aPerson()
    await shop.askToLeave(me, 300)
    await shop.waitOut()
    await shop.db.update(members).set(addressColumns(shop.outside.keys, '别离路')).where(eq(members.id, memberId))
    const { checks } = await shop.audit()
    expect(checks.find(({ id }) => id === 'leaving')!.faults).toEqual([expect.stringContaining(`会员 ${memberId}`)])
  })
})
