import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { appSecret, aSandbox, templates } from '../../support/sandbox.ts'

const data = { number1: '1', date2: '2026-03-09', thing3: '拿铁', thing4: '请留意' }
const send = '/cgi-bin/message/subscribe/send'
const phone = '/wxa/business/getuserphonenumber'

test('a busy WeChat is asked again, three times in all', async () => {
  const { client, control, phoneCode, calls } = await aSandbox()
  await control('faults', { path: phone, errcode: -1, times: 2 })
  await client.phoneNumber(await phoneCode())
  expect(await calls(phone)).toHaveLength(3)
  await control('faults', { path: phone, errcode: -1, times: 9 })
  await expect(client.phoneNumber(await phoneCode())).rejects.toMatchObject({ kind: 'busy', errcode: -1 })
  expect(await calls(phone)).toHaveLength(6)
})

test('a lost answer to a message is never asked for again, because the message may have gone out', async () => {
  const { client, control, accepts, calls, ask, openid } = await aSandbox()
  await accepts(templates.expiry)
  await accepts(templates.expiry)
  await control('faults', { path: send, drop: 'after' })
  const sent = client.sendSubscribeMessage({ openid, templateId: templates.expiry, data })
  await expect(sent).rejects.toMatchObject({ kind: 'broken-off', mayHaveHappened: true })
  expect(await calls(send)).toHaveLength(1)
  expect(await ask('GET', `/phone/messages?openid=${openid}`)).toHaveLength(1)
})

test('a connection cut before a code is read is tried again', async () => {
  const { client, control, loginCode, openid } = await aSandbox()
  await control('faults', { path: '/sns/jscode2session', drop: 'before' })
  expect(await client.codeToSession(await loginCode())).toEqual({ openid })
})

test('a code whose answer was lost is used: the person logs in with a new one', async () => {
  const { client, control, loginCode } = await aSandbox()
  await control('faults', { path: '/sns/jscode2session', drop: 'after' })
  await expect(client.codeToSession(await loginCode())).rejects.toMatchObject({ kind: 'code-invalid' })
})

test('a slow answer ends after the time-out and is not asked for again', async () => {
  const { aClient, control, loginCode, calls } = await aSandbox()
  await control('faults', { path: '/sns/jscode2session', delayMs: 400 })
  const asked = aClient({ timeoutMs: 100 }).codeToSession(await loginCode())
  await expect(asked).rejects.toMatchObject({ kind: 'timed-out', mayHaveHappened: true })
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(await calls('/sns/jscode2session')).toHaveLength(1)
})

test('a page of HTML with a 502 counts as a broken call', async () => {
  const { client, control, accepts, openid, calls } = await aSandbox()
  await accepts(templates.expiry)
  await control('faults', { path: send, status: 502 })
  const sent = client.sendSubscribeMessage({ openid, templateId: templates.expiry, data })
  await expect(sent).rejects.toMatchObject({ kind: 'broken-off' })
  expect(await calls(send)).toHaveLength(1)
})

test('when no token is available, the message was certainly not sent', async () => {
  const { aClient, control, accepts, openid } = await aSandbox()
  await accepts(templates.expiry)
  await control('faults', { path: '/cgi-bin/stable_token', delayMs: 400 })
  const sent = aClient({ timeoutMs: 100 }).sendSubscribeMessage({ openid, templateId: templates.expiry, data })
  await expect(sent).rejects.toMatchObject({ path: send, kind: 'unreachable', mayHaveHappened: false })
})

test('a WeChat that cannot be reached is tried again, for messages too', async () => {
  const { aClient, accepts, openid, logged } = await aSandbox()
  await accepts(templates.expiry)
  const closed = await aClosedPort()
  let refusals = 2
  const client = aClient({
    fetch: (url, request) => fetch(String(url).includes(send) && refusals-- > 0 ? closed : url, request),
  })
  await client.sendSubscribeMessage({ openid, templateId: templates.expiry, data })
  expect(logged).toHaveLength(2)

  refusals = 9
  const sent = client.sendSubscribeMessage({ openid, templateId: templates.expiry, data })
  await expect(sent).rejects.toMatchObject({ path: send, kind: 'unreachable', mayHaveHappened: false })
})

test.each([
  [40164, 'config'],
  [40243, 'config'],
  [43108, 'busy'],
  [44991, 'throttled'],
  [44993, 'quota'],
  [45168, 'bad-argument'],
  [48001, 'config'],
  [99999, 'other'],
])('errcode %i means %s', async (errcode, kind) => {
  const { client, control, phoneCode } = await aSandbox()
  await control('faults', { path: phone, errcode, times: 3 })
  await expect(client.phoneNumber(await phoneCode())).rejects.toMatchObject({ kind, errcode })
})

test('an answer without the promised field is no success', async () => {
  const { aClient } = await aSandbox()
  const client = aClient({ fetch: async () => new Response('{"errcode":0,"errmsg":"ok"}') })
  await expect(client.codeToSession('code')).rejects.toMatchObject({ kind: 'broken-off' })
})

test('the country code may come as text', async () => {
  const { aClient } = await aSandbox()
  const answers = [
    '{"access_token":"t","expires_in":7200}',
    '{"errcode":0,"phone_info":{"purePhoneNumber":"139","countryCode":"86"}}',
  ]
  const client = aClient({ fetch: async () => new Response(answers.shift()) })
  expect(await client.phoneNumber('code')).toEqual({ phone: '139', countryCode: '86' })
})

test('neither log nor error holds a secret, a token, a code or a phone number', async () => {
  const { aClient, client, control, phoneCode, loginCode, logged } = await aSandbox()
  const errors: unknown[] = []
  const failed = (promise: Promise<unknown>) => promise.catch((error) => errors.push(error))
  const seen: string[] = []
  const spying = aClient({
    fetch: (url, request) => {
      seen.push(String(url), String(request?.body))
      return fetch(url, request)
    },
  })
  const [code, login] = [await phoneCode(), await loginCode()]
  await spying.phoneNumber(code)
  await failed(spying.phoneNumber(code))
  await control('faults', { path: '*', drop: 'after', times: 12 })
  await failed(spying.codeToSession(login))
  await failed(client.phoneNumber(code))
  await failed(aClient({ apiUrl: await aClosedPort() }).codeToSession(login))

  const token = /access_token=([\w-]+)/.exec(seen.join(' '))?.[1]
  const told =
    logged.join() + errors.map((error) => `${error} ${JSON.stringify(error)} ${(error as Error).stack}`).join()
  expect(errors).toHaveLength(4)
  for (const secret of [appSecret, token, code, login, '13900000001']) expect(told).not.toContain(secret)
})

/** A port without listener: one that was just released. */
async function aClosedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}
