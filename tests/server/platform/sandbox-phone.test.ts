import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { appSecret, aSandbox, minutes, templates } from '../../support/sandbox.ts'

test('the phones are listed without their full numbers', async () => {
  const { ask } = await aSandbox()
  const phones = await ask('GET', '/phone/list')
  expect(phones.map(({ name }: { name: string }) => name)).toContain('林小满')
  expect(phones[0]).toMatchObject({ initials: '小满', phoneMasked: '139****0001' })
  expect(JSON.stringify(phones)).not.toContain('13900000001')
})

test('demo phones keep their openids from one sandbox to the next', async () => {
  const [one, other] = [await aSandbox(), await aSandbox()]
  expect(one.openid).toBe(other.openid)
  expect(one.openid).toMatch(/^o[\w-]{27}$/)
})

test('a phone logs in with a code that our server can exchange', async () => {
  const { ask, client, openid } = await aSandbox()
  const { code } = await ask('POST', '/phone/login', { openid })
  expect(await client.codeToSession(code)).toEqual({ openid })
})

test('a number is given or denied in the words of wx', async () => {
  const { ask, client, openid } = await aSandbox()
  expect(await ask('POST', '/phone/phone-number', { openid, allow: false })).toEqual({
    errMsg: 'getPhoneNumber:fail user deny',
  })
  const { code, errMsg } = await ask('POST', '/phone/phone-number', { openid, allow: true })
  expect(errMsg).toBe('getPhoneNumber:ok')
  expect(await client.phoneNumber(code, openid)).toHaveProperty('phone', '13900000001')
})

test('when the paid numbers are used up, the button says so', async () => {
  const { ask, openid } = await aSandbox()
  await ask('PUT', '/control/quotas', { 'phone numbers': { perDay: 0 } })
  expect(await ask('POST', '/phone/phone-number', { openid, allow: true })).toMatchObject({ errno: 1400001 })
})

test('a new phone gets a name and a number of its own', async () => {
  const { ask } = await aSandbox()
  const created = await ask('POST', '/phone/create', { name: '孙小雨', phone: '13800001234' })
  expect(created).toMatchObject({ name: '孙小雨', phoneMasked: '138****1234' })
  const [one, two] = [await ask('POST', '/phone/create', {}), await ask('POST', '/phone/create', {})]
  expect(one.openid).not.toBe(two.openid)
  expect(one.phoneMasked).not.toBe(two.phoneMasked)
})

test('the panel of subscribe messages answers as wx does', async () => {
  const { ask, openid } = await aSandbox()
  const subscribe = (tmplIds: string[], answers?: object) =>
    ask('POST', '/phone/subscribe', { openid, tmplIds, answers })
  const both = [templates.expiry, templates.pickup]
  expect(await subscribe(both, { [templates.expiry]: 'accept' })).toEqual({
    errMsg: 'requestSubscribeMessage:ok',
    [templates.expiry]: 'accept',
    [templates.pickup]: 'reject',
  })
  expect(await subscribe([])).toMatchObject({ errCode: 10001 })
  expect(await subscribe(['tpl-other'])).toMatchObject({ errCode: 20001 })
  expect(await subscribe([...both, 'three', 'four'])).toMatchObject({ errCode: 20003 })
})

test('with the main switch off the panel does not appear', async () => {
  const { ask, control, openid, accepts } = await aSandbox()
  await control('trait', { openid, messagesOff: true })
  expect(await accepts(templates.expiry)).toMatchObject({ errCode: 20004 })
  expect((await ask('GET', '/control/state')).people[0].credits).toEqual({})
})

test('a template switched off in the settings is refused without asking', async () => {
  const { control, openid, accepts } = await aSandbox()
  await control('template-switch', { openid, templateId: templates.expiry, on: false })
  expect(await accepts(templates.expiry)).toMatchObject({ [templates.expiry]: 'reject' })
})

test('people, credits and messages survive a restart when a file is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stateFile = join(folder, 'deep', 'sandbox.json')
  const first = await aSandbox({ stateFile })
  await first.ask('POST', '/phone/create', { name: '孙小雨' })
  await first.accepts(templates.expiry)

  const second = await aSandbox({ stateFile })
  const { people } = await second.ask('GET', '/control/state')
  expect(people.at(-1).name).toBe('孙小雨')
  expect(people[0].credits).toEqual({ [templates.expiry]: 1 })
})

test('the clock goes forward by the control API', async () => {
  const { client, control, loginCode } = await aSandbox()
  const code = await loginCode()
  await control('clock', { advanceMs: 5 * minutes })
  await expect(client.codeToSession(code)).rejects.toMatchObject({ kind: 'code-invalid' })
})

test('reset takes the sandbox back to its first day', async () => {
  const { ask, control, accepts } = await aSandbox()
  await accepts(templates.expiry)
  await ask('POST', '/phone/create', {})
  await control('faults', { path: '*', errcode: -1 })
  await control('clock', { advanceMs: 1 })
  const state = await control('reset')
  expect(state).toMatchObject({ clockOffsetMs: 0, faults: [] })
  expect(state.people[0].credits).toEqual({})
  expect(state.people).toHaveLength(6)
})

test('the journal shows every call with secrets and numbers masked', async () => {
  const { ask, client, loginCode, phoneCode, openid } = await aSandbox()
  const [login, phone] = [await loginCode(), await phoneCode()]
  await client.codeToSession(login)
  await client.phoneNumber(phone, openid)
  const journal = JSON.stringify(await ask('GET', '/control/journal'))
  expect(journal).toContain('/sns/jscode2session')
  expect(journal).toContain('139****0001')
  for (const secret of [appSecret, login, phone, '13900000001']) expect(journal).not.toContain(secret)
  expect(journal).not.toMatch(/access_token=\w{5}/)
})

test('only pages of the same machine may read the answers', async () => {
  const { url } = await aSandbox()
  const allowed = async (origin: string) =>
    (await fetch(`${url}/phone/list`, { headers: { origin } })).headers.get('access-control-allow-origin')
  expect(await allowed('http://localhost:8080')).toBe('http://localhost:8080')
  expect(await allowed('http://127.0.0.1:5173')).toBe('http://127.0.0.1:5173')
  expect(await allowed('https://example.com')).toBeNull()
  expect(await allowed('http://localhost.example.com')).toBeNull()
  const preflight = await fetch(`${url}/phone/login`, {
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:8080' },
  })
  expect(preflight.status).toBe(204)
})

test('a phone that is not there is a 404, a bad request a 400', async () => {
  const { url } = await aSandbox()
  const post = async (path: string, json: object) =>
    (
      await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      })
    ).status
  expect(await post('/phone/login', { openid: 'o-nobody' })).toBe(404)
  expect(await post('/phone/login', {})).toBe(400)
  expect(await post('/control/login-code', { openid: 'o-nobody' })).toBe(404)
})
