import { register } from '@pointbook/server/features/members/directory/register'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>

beforeAll(async () => {
  world = await aWorldWithWeChat()
})
afterAll(() => world.close())

describe('logging in through WeChat', () => {
  test('recognises a member by the openid, and treats others as visitors', async () => {
    const { openid, phone } = await world.aPerson()
    await register(world.server, { openid, phone, inviteCode: '', source: 'mini-program' })
    const known = await world.anyone().call('POST /session/wechat', { code: await world.loginCode(openid) })
    expect(known).toMatchObject({ known: true, tokens: { expiresInSeconds: 1800 } })
    const stranger = await world.aPerson()
    const unknown = await world.anyone().call('POST /session/wechat', { code: await world.loginCode(stranger.openid) })
    expect(unknown).toEqual({ known: false, signUpTicket: expect.any(String), rebindingDueAt: null })
  })

  test('distinguishes a used code, a risky person and a WeChat outage', async () => {
    const { openid } = await world.aPerson()
    const login = async (code: string) => (await world.anyone().ask('POST /session/wechat', { code })).body.code
    const code = await world.loginCode(openid)
    await login(code)
    expect(await login(code)).toBe('wechat.code-invalid')
    await world.control('trait', { openid, risky: true })
    expect(await login(await world.loginCode(openid))).toBe('wechat.risky')
    await world.control('faults', { path: '/sns/jscode2session', errcode: 45011 })
    expect(await login('whatever')).toBe('wechat.unavailable')
    await world.control('faults', { path: '/sns/jscode2session', status: 502, times: 9 })
    expect(await login('whatever')).toBe('wechat.unavailable')
  })
  test.each([
    {},
    { code: '' },
    { code: 7 },
    { code: 'with blank' },
    { code: 'x'.repeat(201) },
    { code: 'x', openid: 'o' },
  ])('refuses %j', async (input) => {
    const answer = await world.anyone().ask('POST /session/wechat', input)
    expect(answer).toMatchObject({ status: 400, body: { code: 'input.invalid' } })
  })
})
