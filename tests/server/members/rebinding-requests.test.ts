import { inboxMessages } from '@pointbook/server/features/care/messages/tables'
import { sweepRebindings } from '@pointbook/server/features/members/rebinding/requests'
import { rebindings } from '@pointbook/server/features/members/rebinding/tables'
import { addMs } from '@pointbook/shared/day'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'
import { fresh, NOON, type Speaker } from '../../support/world.ts'

const DAY = 86_400_000

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorldWithWeChat()
  admin = await world.asAdmin()
})
beforeEach(() => world.clock.set(NOON))
afterAll(() => world.close())

async function aMember() {
  const person = await world.aPerson()
  const { body } = await world.anyone().ask('POST /members', await proofs(person.openid, { agreed: true }))
  const me = world.speaker({ authorization: `Bearer ${body.tokens.accessToken}` })
  const { memberId } = await me.call('GET /me')
  return { ...person, me, memberId, refreshToken: body.tokens.refreshToken }
}

const proofs = async (openid: string, more: object = {}) => ({
  signUpTicket: await world.aTicket(openid),
  phoneCode: await world.phoneCode(openid),
  requestId: fresh(),
  ...more,
})

const asks = async (openid: string) => world.anyone().ask('POST /members/rebinding', await proofs(openid))
const logsIn = async (openid: string) =>
  (await world.anyone().ask('POST /session/wechat', { code: await world.loginCode(openid) })).body
const renews = (refreshToken: string) => world.anyone().ask('POST /session/refresh', { refreshToken })
const decides = async (me: Speaker, accept: boolean) => {
  const { rebinding } = await me.call('GET /me')
  return me.ask('POST /me/rebinding', { rebindingId: rebinding!.rebindingId, accept })
}
const later = (ms: number) => world.clock.set(addMs(NOON, ms))

/** A member, and a new WeChat account with the member's phone number that has asked to be bound. */
async function aRequest() {
  const old = await aMember()
  const { openid } = await world.aPerson(old.phone)
  expect((await asks(openid)).status).toBe(200)
  return { old, openid }
}

describe('a WeChat account that proves the phone number of a member (FP6)', () => {
  it('is bound at its log-in after three days, and the old one is out (FP6)', async () => {
    const { old, openid } = await aRequest()
    expect(await logsIn(openid)).toMatchObject({ known: false, rebindingDueAt: expect.any(String) })
    later(3 * DAY - 1_000)
    expect(await logsIn(openid)).toMatchObject({ known: false })
    expect((await renews(old.refreshToken)).status).toBe(200)
    later(3 * DAY)
    const { known, tokens } = await logsIn(openid)
    expect(known).toBe(true)
    const me = world.speaker({ authorization: `Bearer ${tokens.accessToken}` })
    expect(await me.call('GET /me')).toMatchObject({ memberId: old.memberId, rebinding: null })
    expect(await logsIn(old.openid)).toMatchObject({ known: false, rebindingDueAt: null })
    const { log } = await admin.call('GET /admin/members/:memberId', { memberId: old.memberId })
    expect(log.map(({ text }) => text)).toEqual([
      '换绑申请生效，绑定了新的微信，原来的登录已结束',
      '新的微信凭手机号申请换绑，已通知会员，三天内没有拒绝就生效',
    ])
  })

  it('is announced to the member, and to the merchant in the record (FP6)', async () => {
    const { old } = await aRequest()
    await world.settle()
    const inbox = await world.db.select().from(inboxMessages).where(eq(inboxMessages.memberId, old.memberId))
    expect(inbox.map(({ title }) => title)).toContain('有新的微信申请换绑')
    expect((await old.me.call('GET /me')).rebinding).not.toBeNull()
    const record = await admin.call('GET /admin/members/:memberId', { memberId: old.memberId })
    expect(record.rebinding).not.toBeNull()
    const reason = '本人来电，说不是他'
    const end = { memberId: old.memberId, reason }
    expect((await admin.ask('POST /admin/members/:memberId/rebinding/end', end)).status).toBe(200)
    expect((await admin.ask('POST /admin/members/:memberId/rebinding/end', end)).body.code).toBe('rebinding.over')
    expect((await old.me.call('GET /me')).rebinding).toBeNull()
  })

  it('is refused by the member, and cannot ask again (FP6)', async () => {
    const { old, openid } = await aRequest()
    expect((await decides(old.me, false)).status).toBe(200)
    later(3 * DAY)
    expect(await logsIn(openid)).toMatchObject({ known: false, rebindingDueAt: null })
    expect((await asks(openid)).body).toMatchObject({ code: 'rebinding.refused' })
  })

  it('is bound at once when the member agrees (FP6)', async () => {
    const { old, openid } = await aRequest()
    expect((await decides(old.me, true)).status).toBe(200)
    expect((await logsIn(openid)).known).toBe(true)
  })

  it('cannot be decided by somebody else, nor twice (FP6)', async () => {
    const [{ old }, other] = [await aRequest(), await aMember()]
    const { rebinding } = await old.me.call('GET /me')
    const wish = { rebindingId: rebinding!.rebindingId, accept: true }
    expect((await other.me.ask('POST /me/rebinding', wish)).body.code).toBe('rebinding.over')
    const twice = await Promise.all([
      decides(old.me, false),
      old.me.ask('POST /me/rebinding', { ...wish, accept: false }),
    ])
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is bound once by many simultaneous log-ins, and never after a simultaneous refusal (FP6)', async () => {
    const { old, openid } = await aRequest()
    later(3 * DAY)
    // Read before the race: who is bound first ends the session of the old account.
    const { rebindingId } = (await old.me.call('GET /me')).rebinding!
    const tries = Array.from({ length: 8 }, () => logsIn(openid))
    const refusal = old.me.ask('POST /me/rebinding', { rebindingId, accept: false })
    const [answers, decision] = await Promise.all([Promise.all(tries), refusal])
    const entered = answers.filter(({ known }) => known).length
    const isRefused = decision.status === 200
    expect(entered > 0).toBe(!isRefused)
    const states = await world.db.select().from(rebindings).where(eq(rebindings.memberId, old.memberId))
    expect(states.map(({ state }) => state)).toEqual([isRefused ? 'refused' : 'done'])
  })

  it('is told that the number has no member, or has one without WeChat, which it is bound to at once (FP6)', async () => {
    expect((await asks((await world.aPerson()).openid)).body.code).toBe('rebinding.no-member')
    const old = await aMember()
    const reason = '本人到店，已核对'
    await admin.call('POST /admin/members/:memberId/wechat/release', {
      memberId: old.memberId,
      reason,
      requestId: fresh(),
    })
    const { openid } = await world.aPerson(old.phone)
    expect((await asks(openid)).body.dueAt <= NOON).toBe(true)
    expect((await logsIn(openid)).known).toBe(true)
  })

  it('gets the first answer when it asks again with the same request, whose phone code is used up (FP6)', async () => {
    const old = await aMember()
    const { openid } = await world.aPerson(old.phone)
    const request = await proofs(openid)
    const [first, second] = [
      await world.anyone().ask('POST /members/rebinding', request),
      await world.anyone().ask('POST /members/rebinding', request),
    ]
    expect(second).toEqual(first)
    expect(await world.db.$count(rebindings, eq(rebindings.memberId, old.memberId))).toBe(1)
  })
})

describe('a request that waits (FP6)', () => {
  it('gives way to another binding by the merchant, so that it cannot take effect afterwards (FP6)', async () => {
    for (const path of ['phone', 'wechat/release'] as const) {
      const { old, openid } = await aRequest()
      const input = { memberId: old.memberId, reason: '本人到店，已核对', requestId: fresh() }
      const phone = `139${String(Date.now()).slice(-8)}`
      if (path === 'phone') await admin.call('POST /admin/members/:memberId/phone', { ...input, phone })
      else await admin.call('POST /admin/members/:memberId/wechat/release', input)
      later(3 * DAY)
      expect((await logsIn(openid)).known).toBe(false)
      world.clock.set(NOON)
    }
  })

  it('gives way to a later one (FP6)', async () => {
    const { old, openid } = await aRequest()
    const { openid: other } = await world.aPerson(old.phone)
    await asks(other)
    later(3 * DAY)
    expect((await logsIn(openid)).known).toBe(false)
    expect((await logsIn(other)).known).toBe(true)
  })

  it('binds the record that the member was merged into meanwhile (FP6)', async () => {
    const [kept, { old, openid }] = [await aMember(), await aRequest()]
    const merge = { memberId: kept.memberId, doubleId: old.memberId, reason: '同一个人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    await world.settle()
    later(3 * DAY)
    const { tokens } = await logsIn(openid)
    const me = world.speaker({ authorization: `Bearer ${tokens.accessToken}` })
    expect((await me.call('GET /me')).memberId).toBe(kept.memberId)
    expect((await logsIn(kept.openid)).known).toBe(false)
  })

  it('is removed after sixty days (FP6)', async () => {
    const { old } = await aRequest()
    later(61 * DAY)
    await sweepRebindings(world.server)
    expect(await world.db.$count(rebindings, eq(rebindings.memberId, old.memberId))).toBe(0)
  })
})
