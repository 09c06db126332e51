import { messageCredits } from '@pointbook/server/features/care/messages/tables'
import { members } from '@pointbook/server/features/members/directory/tables'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'
import { fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorldWithWeChat()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

/** Somebody signs up, or tries to; `phone` stands for a phone number that WeChat vouches for. */
async function signsUp(openid: string) {
  const input = {
    signUpTicket: await world.aTicket(openid),
    phoneCode: await world.phoneCode(openid),
    agreed: true,
    requestId: fresh(),
  }
  return world.anyone().ask('POST /members', input)
}

async function aMember(phone?: string) {
  const person = await world.aPerson(phone)
  const { tokens } = (await signsUp(person.openid)).body
  const me = world.speaker({ authorization: `Bearer ${tokens.accessToken}` })
  const { memberId } = await me.call('GET /me')
  return { ...person, tokens, memberId }
}

const recordOf = (memberId: number) => admin.call('GET /admin/members/:memberId', { memberId })
const because = () => ({ reason: '本人到店，已核对', requestId: fresh() })
const rebind = (memberId: number, phone: string, more: object = {}) =>
  admin.ask('POST /admin/members/:memberId/phone', { memberId, phone, ...because(), ...more })
const release = (memberId: number) =>
  admin.ask('POST /admin/members/:memberId/wechat/release', { memberId, ...because() })
const merge = async (memberId: number, doubleId: number) => {
  await admin.call('POST /admin/members/:memberId/merge', { memberId, doubleId, ...because() })
  await world.settle()
}
const renews = (refreshToken: string) => world.anyone().ask('POST /session/refresh', { refreshToken })

describe('a phone number that the merchant binds (FP6)', () => {
  it('replaces the old one, is found by search, and writes a log line without the whole number (FP6)', async () => {
    const { memberId, phone } = await aMember()
    expect((await rebind(memberId, '138 1234-9876')).body).toEqual({ phoneMasked: '138****9876' })
    const page = await admin.call('POST /admin/members/search', { q: '13812349876' })
    expect(page.rows.map((row) => row.memberId)).toEqual([memberId])
    expect((await admin.call('POST /admin/members/search', { q: phone })).rows).toEqual([])
    const { log } = await recordOf(memberId)
    expect(log[0]).toMatchObject({ action: 'member.phone', actor: `admin/${world.env.adminLogin}` })
    expect(log[0]!.text).toMatch(/^换绑手机 \d{3}\*{4}\d{4} → 138\*{4}9876：本人到店，已核对$/)
    expect(JSON.stringify(log)).not.toContain('13812349876')
  })

  it('ends the sessions of the devices that were logged in (FP6)', async () => {
    const { memberId, tokens } = await aMember()
    await rebind(memberId, '13812340001')
    expect((await renews(tokens.refreshToken)).status).toBe(401)
  })

  it('is refused with the number of its current member, and when it is invalid (FP6)', async () => {
    const [one, other] = [await aMember(), await aMember()]
    expect(await rebind(one.memberId, other.phone)).toMatchObject({
      status: 409,
      body: { code: 'phone.taken', text: `这个手机号是会员 ${other.memberId} 的；如果是同一个人，请合并档案` },
    })
    expect((await rebind(one.memberId, '12345')).body.code).toBe('input.invalid')
    expect((await rebind(99_999_999, '13812340002')).body.code).toBe('member.unknown')
  })

  it('may be the number of a merged double, which loses it (FP6)', async () => {
    const [kept, double] = [await aMember(), await aMember()]
    await merge(kept.memberId, double.memberId)
    expect((await rebind(kept.memberId, double.phone)).status).toBe(200)
    const [owner] = await world.db
      .select({ id: members.id })
      .from(members)
      .where(eq(members.phoneHash, world.outside.keys.hash(double.phone)))
    expect(owner!.id).toBe(kept.memberId)
  })

  it('is bound once a request (FP6)', async () => {
    const { memberId } = await aMember()
    const requestId = fresh()
    const answers = await Promise.all([1, 2].map(() => rebind(memberId, '13812340003', { requestId })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await recordOf(memberId)).log.filter(({ action }) => action === 'member.phone')).toHaveLength(1)
  })
})

describe('a new WeChat with an old phone number (FP6)', () => {
  it('gets instructions at sign-up, and access once the merchant has unbound the old account (FP6)', async () => {
    const old = await aMember()
    const { openid } = await world.aPerson(old.phone)
    expect(await signsUp(openid)).toMatchObject({
      status: 409,
      body: {
        code: 'member.phone-taken',
        text: '这个手机号已经是会员，请用原来的微信登录；微信换了，请在加入页申请换绑，或联系门店',
      },
    })
    expect((await recordOf(old.memberId)).wechat).toBe(true)
    expect((await release(old.memberId)).status).toBe(200)
    expect((await recordOf(old.memberId)).wechat).toBe(false)
    const again = await signsUp(openid)
    expect(again).toMatchObject({ status: 200, body: { welcomePoints: 0, invitedBy: '' } })
    const me = world.speaker({ authorization: `Bearer ${again.body.tokens.accessToken}` })
    expect(await me.call('GET /me')).toMatchObject({ memberId: old.memberId, points: { balance: 50 } })
    const { log } = await recordOf(old.memberId)
    expect(log.map(({ text }) => text)).toEqual(['用手机号登录，绑定了新的微信', '解除微信绑定：本人到店，已核对'])
  })

  it('locks the old WeChat out: no session, no log-in, no credit for messages (FP6)', async () => {
    const { openid, memberId, tokens } = await aMember()
    await world.db.insert(messageCredits).values({ memberId, templateId: 'demo-expiry-template', credits: 2 })
    await release(memberId)
    expect((await renews(tokens.refreshToken)).status).toBe(401)
    const { body } = await world.anyone().ask('POST /session/wechat', { code: await world.loginCode(openid) })
    expect(body.known).toBe(false)
    expect((await recordOf(memberId)).messageCredits.expiry).toBe(0)
  })

  it('reaches the member through a phone number that a double had (FP6)', async () => {
    const [kept, double] = [await aMember(), await aMember()]
    await merge(kept.memberId, double.memberId)
    await release(kept.memberId)
    const { openid } = await world.aPerson(double.phone)
    const { body } = await signsUp(openid)
    const me = world.speaker({ authorization: `Bearer ${body.tokens.accessToken}` })
    expect((await me.call('GET /me')).memberId).toBe(kept.memberId)
  })

  it('is unbound again after a merge with a double that brought its own (FP6)', async () => {
    const [kept, double] = [await aMember(), await aMember()]
    expect((await release(kept.memberId)).status).toBe(200)
    await merge(kept.memberId, double.memberId)
    expect((await recordOf(kept.memberId)).wechat).toBe(true)
    expect(await release(kept.memberId)).toMatchObject({ status: 200 })
    expect((await recordOf(kept.memberId)).wechat).toBe(false)
    expect((await release(kept.memberId)).body.code).toBe('wechat.unbound')
  })

  it('cannot be unbound where none is bound (FP6)', async () => {
    const { memberId } = await aMember()
    await release(memberId)
    expect((await release(memberId)).body).toMatchObject({ code: 'wechat.unbound', text: '这位会员现在没有绑定微信' })
  })
})
