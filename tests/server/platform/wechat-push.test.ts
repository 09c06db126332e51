import { answerAddressCheck, type PushedEvent, PushRefused, readPush } from '@pointbook/server/platform/wechat/push'
import { decrypt, encrypt, signatureOf } from '@pointbook/server/platform/wechat/push-crypto'
import Fastify from 'fastify'
import { expect, onTestFinished, test, vi } from 'vitest'
import { appId, aSandbox, seconds, templates } from '../../support/sandbox.ts'

// The examples printed in WeChat's own description of message push.
const official = {
  appId: 'wxba5fad812f8e6fb9',
  token: 'AAAAA',
  aesKey: 'A'.repeat(43),
  encrypted:
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
  plain:
    '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}',
}
const checked = { timestamp: '1714036504', nonce: '1514711492', echostr: '4375120948345356249' }
const pushed = {
  timestamp: '1714112445',
  nonce: '415670741',
  msg_signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
}
const secureBody = JSON.stringify({ ToUserName: 'gh_97417a04a28d', Encrypt: official.encrypted })

test("the address check of WeChat's own example is answered with its echo", () => {
  const signature = 'f464b24fc39322e44b38aa78f5edd27bd1441696'
  expect(answerAddressCheck({ ...checked, signature }, official.token)).toBe(checked.echostr)
  expect(answerAddressCheck({ ...checked, signature: signature.replace('f', '0') }, official.token)).toBeNull()
  expect(answerAddressCheck({ ...checked, signature }, 'another token')).toBeNull()
  expect(answerAddressCheck({}, official.token)).toBeNull()
})

test("WeChat's own plain example is read", () => {
  const query = { timestamp: '1714037059', nonce: '486452656', signature: '899cf89e464efb63f54ddac96b0a0a235f53aa78' }
  const event = readPush(query, official.plain, { ...official, aesKey: '' })
  expect(event).toMatchObject({
    openid: 'o9AgO5Kd5ggOC-bXrbNODIiE3bGY',
    event: 'debug_demo',
    createdAtSeconds: 1714112445,
  })
  expect(() => readPush({ ...query, nonce: '1' }, official.plain, { ...official, aesKey: '' })).toThrow(PushRefused)
})

test("WeChat's own secure example is verified, decrypted and read", () => {
  expect(decrypt(official.encrypted, official.aesKey, official.appId)).toBe(official.plain)
  expect(readPush(pushed, secureBody, official)).toMatchObject({ event: 'debug_demo', items: [] })
})

test("WeChat's own reply example is encrypted and signed to the letter", () => {
  const reply = encrypt('{"demo_resp":"good luck"}', official.aesKey, official.appId, Buffer.from('707722b803182950'))
  expect(reply).toBe('ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==')
  const signature = '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1'
  expect(signatureOf(official.token, '1713424427', '415670741', reply)).toBe(signature)
})

test.each([
  [
    'the ordinary signature in place of msg_signature',
    { msg_signature: '6c5c811b55cc85e0e1b54100749188c20beb3f5d' },
    {},
  ],
  ['no signature', { msg_signature: undefined }, {}],
  ['another app id', {}, { appId: 'wx0000000000000000' }],
  ['another key', {}, { aesKey: 'B'.repeat(43) }],
])('a secure push with %s is refused', (_what, query, secrets) => {
  expect(() => readPush({ ...pushed, ...query }, secureBody, { ...official, ...secrets })).toThrow(PushRefused)
})

test('in secure mode a plain push is refused even when its signature is right', () => {
  const query = { timestamp: '1714037059', nonce: '486452656', signature: '899cf89e464efb63f54ddac96b0a0a235f53aa78' }
  expect(() => readPush(query, official.plain, official)).toThrow(PushRefused)
})

test.each([
  ['nothing', ''],
  ['text', 'hello'],
  ['a list', '[1]'],
  ['broken XML', '<xml><a>'],
  [
    'XML with a document type',
    '<!DOCTYPE x [<!ENTITY e "v">]><xml><FromUserName>o</FromUserName><Event>e</Event><CreateTime>1</CreateTime></xml>',
  ],
  ['an event of nobody', '{"Event":"x","CreateTime":1}'],
])('a body that is %s is refused, not a crash', (_what, body) => {
  const query = { timestamp: '1', nonce: '2', signature: signatureOf('t', '1', '2') }
  expect(() => readPush(query, body, { appId: 'a', token: 't', aesKey: '' })).toThrow(PushRefused)
})

test('times written as text and as numbers give the same key', () => {
  const query = { timestamp: '1', nonce: '2', signature: signatureOf('t', '1', '2') }
  const body = { FromUserName: 'o1', Event: 'e', CreateTime: 1714112445 }
  const keyOf = (given: object) => readPush(query, JSON.stringify(given), { appId: 'a', token: 't', aesKey: '' }).key
  expect(keyOf({ ...body, CreateTime: '1714112445' })).toBe(keyOf(body))
})

const aesKey = 'demo0123456789abcdefghijklmnopqrstuvwxyzABC'

/** The receiver of the push, on a real port: it reads and records events, and answers as configured. */
async function aReceiver(answers: number[] = []) {
  const heard: PushedEvent[] = []
  const secrets = { appId, token: 'pushToken', aesKey }
  const app = Fastify()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.post('/push', async (request, reply) => {
    heard.push(readPush(request.query as Record<string, string>, String(request.body), secrets))
    return reply.code(answers.shift() ?? 200).send('success')
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  return { pushUrl: `${url}/push`, heard, secrets }
}

test.each([
  [true, 'json'],
  [true, 'xml'],
  [false, 'json'],
  [false, 'xml'],
])('events of consent, change and delivery arrive (secure %s, %s)', async (secure, format) => {
  const { pushUrl, heard, secrets } = await aReceiver()
  if (!secure) secrets.aesKey = ''
  const { ask, control, accepts, client, openid, passes } = await aSandbox({ pushUrl, pushAesKey: aesKey })
  await ask('PUT', '/control/push', { secure, format })
  const answers = { [templates.expiry]: 'accept', [templates.pickup]: 'reject' }
  await control('consent', { openid, answers })
  await vi.waitFor(() => expect(heard).toHaveLength(1))
  expect(heard[0]).toMatchObject({
    openid,
    event: 'subscribe_msg_popup_event',
    items: [
      { templateId: templates.expiry, accepted: true },
      { templateId: templates.pickup, accepted: false },
    ],
  })

  passes(seconds)
  await accepts(templates.expiry)
  await vi.waitFor(() => expect(heard).toHaveLength(2))
  expect(heard[1]?.items).toEqual([{ templateId: templates.expiry, accepted: true }])

  const data = { number1: '1', date2: '2026-03-09', thing3: '拿铁', thing4: '请留意' }
  const { msgId } = await client.sendSubscribeMessage({ openid, templateId: templates.expiry, data })
  await vi.waitFor(() => expect(heard).toHaveLength(3))
  expect(heard[2]).toMatchObject({
    event: 'subscribe_msg_sent_event',
    items: [{ templateId: templates.expiry, msgId, failure: '' }],
  })

  await control('template-switch', { openid, templateId: templates.expiry, on: false })
  await vi.waitFor(() => expect(heard).toHaveLength(4))
  expect(heard[3]).toMatchObject({ event: 'subscribe_msg_change_event', items: [{ accepted: false }] })
  expect(new Set(heard.map(({ key }) => key)).size).toBe(4)
})

test('a failed push is sent again, three times in all, with the same key', async () => {
  const { pushUrl, heard } = await aReceiver([500, 500, 500, 500])
  const { accepts, ask } = await aSandbox({ pushUrl, pushAesKey: aesKey })
  await accepts(templates.expiry)
  await vi.waitFor(async () => expect((await ask('GET', '/control/push'))[0].attempts).toHaveLength(3))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(heard).toHaveLength(3)
  expect(new Set(heard.map(({ key }) => key)).size).toBe(1)
})

test('an accepted event may be sent once more, with the same key', async () => {
  const { pushUrl, heard } = await aReceiver()
  const { accepts, control } = await aSandbox({ pushUrl, pushAesKey: aesKey })
  await accepts(templates.expiry)
  await vi.waitFor(() => expect(heard).toHaveLength(1))
  await control('push/again', { id: 1 })
  expect(heard).toHaveLength(2)
  expect(heard[1]?.key).toBe(heard[0]?.key)
})
