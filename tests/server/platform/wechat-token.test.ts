import { expect, test } from 'vitest'
import { aSandbox, minutes, seconds, tokenRequest } from '../../support/sandbox.ts'

type Sandbox = Awaited<ReturnType<typeof aSandbox>>

const tokenOf = ({ wechat }: Sandbox, more: object = {}) =>
  wechat('/cgi-bin/stable_token', { ...tokenRequest, ...more })

/** WeChat's answer to this token: 47001 means that the token was accepted, because the call itself is empty. */
async function verdictOn({ wechat }: Sandbox, token: string): Promise<number> {
  return (await wechat(`/wxa/business/getuserphonenumber?access_token=${token}`, {})).errcode
}
const letIn = 47001

test('the token is fetched once for many calls at once', async () => {
  const { client, phoneCode, calls, ask } = await aSandbox()
  const [, a, b] = await ask('GET', '/phone/list')
  const codes = [await phoneCode(), await phoneCode(a.openid), await phoneCode(b.openid)]
  await Promise.all(codes.map((code) => client.phoneNumber(code)))
  expect(await calls('/cgi-bin/stable_token')).toHaveLength(1)
})

test('our client asks for a new token when less than five minutes are left', async () => {
  const { client, phoneCode, calls, passes } = await aSandbox()
  await client.phoneNumber(await phoneCode())
  passes(115 * minutes - 1)
  await client.phoneNumber(await phoneCode())
  expect(await calls('/cgi-bin/stable_token')).toHaveLength(1)
  passes(1)
  await client.phoneNumber(await phoneCode())
  expect(await calls('/cgi-bin/stable_token')).toHaveLength(2)
})

test('WeChat rotates the token five minutes before its end, and both work until then', async () => {
  const sandbox = await aSandbox()
  const first = await tokenOf(sandbox)
  expect(first.expires_in).toBe(7200)
  sandbox.passes(115 * minutes - 1)
  expect((await tokenOf(sandbox)).access_token).toBe(first.access_token)
  sandbox.passes(1)
  const second = await tokenOf(sandbox)
  expect(second.access_token).not.toBe(first.access_token)
  expect(await verdictOn(sandbox, first.access_token)).toBe(letIn)
  expect(await verdictOn(sandbox, second.access_token)).toBe(letIn)
  sandbox.passes(5 * minutes)
  expect(await verdictOn(sandbox, first.access_token)).toBe(42001)
  expect(await verdictOn(sandbox, second.access_token)).toBe(letIn)
})

test('a forced refresh ends the token at once, but not twice within 30 seconds', async () => {
  const sandbox = await aSandbox()
  const first = await tokenOf(sandbox)
  const second = await tokenOf(sandbox, { force_refresh: true })
  expect(await verdictOn(sandbox, first.access_token)).toBe(40001)
  sandbox.passes(30 * seconds - 1)
  expect((await tokenOf(sandbox, { force_refresh: true })).access_token).toBe(second.access_token)
  sandbox.passes(1)
  expect((await tokenOf(sandbox, { force_refresh: true })).access_token).not.toBe(second.access_token)
  expect(await verdictOn(sandbox, second.access_token)).toBe(40001)
})

test('a token may be forced 20 times a day', async () => {
  const sandbox = await aSandbox()
  for (let i = 0; i < 20; i++) {
    expect(await tokenOf(sandbox, { force_refresh: true })).toHaveProperty('access_token')
    sandbox.passes(31 * seconds)
  }
  expect(await tokenOf(sandbox, { force_refresh: true })).toMatchObject({ errcode: 45009 })
})

test('a token that another process has ended is renewed once, and the call succeeds', async () => {
  const sandbox = await aSandbox()
  const { client, phoneCode, calls } = sandbox
  await client.phoneNumber(await phoneCode())
  await tokenOf(sandbox, { force_refresh: true })
  expect(await client.phoneNumber(await phoneCode())).toHaveProperty('phone')
  expect(await calls('/wxa/business/getuserphonenumber')).toHaveLength(3)
})

test.each([40001, 40014, 42001])(
  'when WeChat refuses a token that it still hands out (%i), the client forces a new one',
  async (errcode) => {
    const { client, control, phoneCode, calls } = await aSandbox()
    await control('faults', { path: '/wxa/business/getuserphonenumber', errcode })
    expect(await client.phoneNumber(await phoneCode())).toHaveProperty('phone')
    const asked = (await calls('/cgi-bin/stable_token')).map((entry: { asked: string }) => entry.asked)
    expect(asked.filter((text: string) => text.includes('"force_refresh":true'))).toHaveLength(1)
  },
)

test('a token refused again after its renewal is a fault of the settings, not a loop', async () => {
  const { client, control, phoneCode, calls } = await aSandbox()
  await control('faults', { path: '/wxa/business/getuserphonenumber', errcode: 40001, times: 9 })
  await expect(client.phoneNumber(await phoneCode())).rejects.toMatchObject({ kind: 'config', errcode: 40001 })
  expect(await calls('/wxa/business/getuserphonenumber')).toHaveLength(2)
})

test('calls without a token and with an unknown one are distinguished', async () => {
  const sandbox = await aSandbox()
  expect(await verdictOn(sandbox, '')).toBe(41001)
  expect(await verdictOn(sandbox, 'made-up')).toBe(40001)
})

test('the token endpoint names each bad argument', async () => {
  const sandbox = await aSandbox()
  expect(await tokenOf(sandbox, { appid: undefined })).toMatchObject({ errcode: 41002 })
  expect(await tokenOf(sandbox, { secret: undefined })).toMatchObject({ errcode: 41004 })
  expect(await tokenOf(sandbox, { appid: 'wx1' })).toMatchObject({ errcode: 40013 })
  expect(await tokenOf(sandbox, { secret: 'wrong' })).toMatchObject({ errcode: 40125 })
  expect(await tokenOf(sandbox, { grant_type: 'wrong' })).toMatchObject({ errcode: 40002 })
})

test('a POST endpoint names a GET, an empty body and a body that is no JSON', async () => {
  const { url } = await aSandbox()
  const errcodeOf = async (request: RequestInit) =>
    JSON.parse(await (await fetch(`${url}/cgi-bin/stable_token`, request)).text()).errcode
  expect(await errcodeOf({})).toBe(43002)
  expect(await errcodeOf({ method: 'POST' })).toBe(44002)
  expect(await errcodeOf({ method: 'POST', body: 'appid=1' })).toBe(47001)
})

test('quotas per minute and per day end the calls, and a new window opens them again', async () => {
  const sandbox = await aSandbox()
  await sandbox.ask('PUT', '/control/quotas', { '/cgi-bin/stable_token': { perMinute: 1, perDay: 2 } })
  await tokenOf(sandbox)
  expect(await tokenOf(sandbox)).toMatchObject({ errcode: 45011 })
  sandbox.passes(minutes)
  await tokenOf(sandbox)
  sandbox.passes(minutes)
  expect(await tokenOf(sandbox)).toMatchObject({ errcode: 45009 })
  sandbox.passes(24 * 60 * minutes)
  expect(await tokenOf(sandbox)).toHaveProperty('access_token')
})
