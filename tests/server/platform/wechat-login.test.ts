import { expect, test } from 'vitest'
import { appSecret, aSandbox, minutes } from '../../support/sandbox.ts'

test('a login code is exchanged for the openid, and the session key stays on the server', async () => {
  const { client, loginCode, openid } = await aSandbox()
  expect(await client.codeToSession(await loginCode())).toEqual({ openid })
})

test('a login code works once', async () => {
  const { client, loginCode } = await aSandbox()
  const code = await loginCode()
  await client.codeToSession(code)
  await expect(client.codeToSession(code)).rejects.toMatchObject({ kind: 'code-invalid', errcode: 40163 })
})

test('a login code works for five minutes, used or not', async () => {
  const { client, loginCode, passes } = await aSandbox()
  const [used, unused] = [await loginCode(), '']
  await client.codeToSession(used)
  const late = unused || (await loginCode())
  passes(5 * minutes - 1)
  await client.codeToSession(late)
  passes(1)
  for (const code of [used, late]) {
    await expect(client.codeToSession(code)).rejects.toMatchObject({ kind: 'code-invalid', errcode: 40029 })
  }
})

test('a newer login code makes the older one useless', async () => {
  const { client, loginCode } = await aSandbox()
  const older = await loginCode()
  const newer = await loginCode()
  await expect(client.codeToSession(older)).rejects.toMatchObject({ kind: 'code-invalid', errcode: 40029 })
  await client.codeToSession(newer)
})

test('a made-up code and a phone code do not log in', async () => {
  const { client, phoneCode } = await aSandbox()
  for (const code of ['made-up', await phoneCode()]) {
    await expect(client.codeToSession(code)).rejects.toMatchObject({ kind: 'code-invalid', errcode: 40029 })
  }
})

test('a risky person is distinguished from a bad code', async () => {
  const { client, control, loginCode, openid } = await aSandbox()
  await control('trait', { openid, risky: true })
  await expect(client.codeToSession(await loginCode())).rejects.toMatchObject({ kind: 'risky-user', errcode: 40226 })
})

test('one person may log in 100 times a minute', async () => {
  const { client, ask, loginCode, passes } = await aSandbox()
  await ask('PUT', '/control/quotas', { 'login of one person': { perMinute: 2 } })
  await client.codeToSession(await loginCode())
  await client.codeToSession(await loginCode())
  await expect(client.codeToSession(await loginCode())).rejects.toMatchObject({ kind: 'throttled', errcode: 45011 })
  passes(minutes)
  await client.codeToSession(await loginCode())
})

test('a wrong app id or secret is a fault of the settings', async () => {
  const { aClient, loginCode } = await aSandbox()
  const code = await loginCode()
  const elsewhere = aClient({ appId: 'wx9999999999999999' })
  await expect(elsewhere.codeToSession(code)).rejects.toMatchObject({ kind: 'config', errcode: 40013 })
  const mistyped = aClient({ appSecret: 'wrong' })
  await expect(mistyped.codeToSession(code)).rejects.toMatchObject({ kind: 'config', errcode: 40125 })
})

test('each missing argument of a login has its own number', async () => {
  const { url } = await aSandbox()
  const errcodeOf = async (query: string) => {
    const response = await fetch(`${url}/sns/jscode2session?${query}`)
    expect(response.headers.get('content-type')).toContain('text/plain')
    return JSON.parse(await response.text()).errcode
  }
  const app = `appid=wx0000000000demo01&secret=${appSecret}`
  expect(await errcodeOf('')).toBe(41002)
  expect(await errcodeOf('appid=wx0000000000demo01')).toBe(41004)
  expect(await errcodeOf(app)).toBe(41008)
  expect(await errcodeOf(`${app}&js_code=x&grant_type=wrong`)).toBe(40002)
})

test('a phone code is exchanged for the number', async () => {
  const { client, phoneCode, openid } = await aSandbox()
  expect(await client.phoneNumber(await phoneCode(), openid)).toEqual({ phone: '13900000001', countryCode: '86' })
})

test('a number from abroad comes without its prefix', async () => {
  const { client, control, phoneCode, openid } = await aSandbox()
  await control('trait', { openid, countryCode: '852' })
  expect(await client.phoneNumber(await phoneCode())).toEqual({ phone: '13900000001', countryCode: '852' })
})

test('a phone code works once, for five minutes, and is no login code', async () => {
  const { client, loginCode, phoneCode, passes } = await aSandbox()
  const used = await phoneCode()
  await client.phoneNumber(used)
  const expired = await phoneCode()
  passes(5 * minutes)
  for (const code of [used, expired, await loginCode()]) {
    await expect(client.phoneNumber(code)).rejects.toMatchObject({ kind: 'code-invalid', errcode: 40029 })
  }
})

test("a phone code is refused with another person's openid and stays usable by its own", async () => {
  const { client, ask, phoneCode, openid } = await aSandbox()
  const code = await phoneCode()
  const [, other] = await ask('GET', '/phone/list')
  await expect(client.phoneNumber(code, other.openid)).rejects.toMatchObject({ kind: 'code-invalid' })
  await client.phoneNumber(code, openid)
})
