import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { isTooIntricate } from '@pointbook/server/platform/json-body'
import { limits } from '@pointbook/server/platform/limits'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPartner, signedHeaders } from '../../support/partner.ts'
import { aWorld, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let port: number
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  await world.app.http.listen({ port: 0, host: '127.0.0.1' })
  port = (world.app.http.server.address() as AddressInfo).port
  admin = await world.asAdmin()
})
afterAll(() => world.close())

/** Sends the headers of a request with a body of 60,000 bytes, and only its first byte. Returns the first line of the answer. */
async function answerBeforeBody(op: string, headers: Record<string, string> = {}): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  const lines = Object.entries({
    host: 'shop',
    'content-type': 'application/json',
    'content-length': '60000',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  socket.write(`${op} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n{`)
  const [answer] = await once(socket, 'data')
  socket.destroy()
  return String(answer).split('\r\n')[0]!
}

describe('the caller of a request with a body (FS5)', () => {
  it.each([
    ['POST /me/profile', {}],
    ['POST /me/profile', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJtZW1iZXJJZCI6MX0.' }],
    ['POST /clerk/purchases', { authorization: 'Bearer nobody' }],
    ['PUT /admin/policy/draft', { cookie: 'pointbook_panel=forged' }],
    ['POST /open/purchases', {}],
  ])('is refused before the body has come: %s %o', async (op, headers) => {
    expect(await answerBeforeBody(op, headers)).toMatch(/^HTTP\/1.1 401 /)
  })

  it('is refused before the body has come when the signature is old or the key unknown', async () => {
    const key = { keyId: 'pb0000000000000000', secret: 'x' }
    const signed = (input: object) => signedHeaders(key, { method: 'POST', path: '/open/purchases', body: '{' }, input)
    expect(await answerBeforeBody('POST /open/purchases', signed({ timestamp: '1700000000' }))).toMatch(/ 401 /)
    expect(await answerBeforeBody('POST /open/purchases', signed({}))).toMatch(/ 401 /)
  })

  it('is checked by the signature of the bytes before they are parsed', async () => {
    const partner = await aPartner(world, [await world.aStore()])
    const send = (payload: string, secret = partner.secret) =>
      world.app.http.inject({
        method: 'POST',
        url: '/open/events',
        payload,
        headers: {
          ...signedHeaders({ ...partner, secret }, { method: 'POST', path: '/open/events', body: payload }),
          'content-type': 'application/json',
        },
      })
    expect((await send('{"eventId":', 'another')).json()).toMatchObject({ code: 'signature.wrong' })
    expect((await send('{"eventId":')).json()).toMatchObject({ code: 'input.invalid' })
    expect((await send(`{"eventId":"${'x'.repeat(70_000)}"}`)).json()).toMatchObject({ code: 'input.too-large' })
  })
})

describe('a body (FS5)', () => {
  const send = (payload: string | Buffer) =>
    world.app.http.inject({
      method: 'PUT',
      url: '/admin/policy/draft',
      payload,
      headers: { ...admin.headers, 'content-type': 'application/json' },
    })

  it('is refused when it holds more values than any operation needs, or lies too deep', async () => {
    const keys = `{${Array.from({ length: 150_000 }, (_, index) => `"k${index}":1`).join(',')}}`
    for (const body of [keys, '['.repeat(1_000), `{"policy":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`])
      expect((await send(body)).json()).toMatchObject({ code: 'input.too-large' })
  })

  it('is refused when it is not UTF-8', async () => {
    const gbk = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xbf, 0xa7, 0x22, 0x7d])
    expect((await send(gbk)).json()).toMatchObject({ code: 'input.invalid' })
  })

  it('may be empty although its type is named, as wx.request sends a DELETE (FS15)', async () => {
    const { headers } = await world.asMember(await world.aMember())
    const answer = await world.app.http.inject({
      method: 'DELETE',
      url: '/session',
      headers: { ...headers, 'content-type': 'application/json' },
    })
    expect(answer.statusCode).toBe(200)
  })

  it.each(['', 'undefined', 'json', 'application/json;charset=gbk', '*/*'])(
    'may be empty with the type %o, valid or not (FS15)',
    async (type) => {
      const { headers } = await world.asMember(await world.aMember())
      for (const length of [{}, { 'content-length': '0' }]) {
        const named = { ...headers, 'content-type': type, ...length }
        const answer = await world.app.http.inject({ method: 'POST', url: '/me/check-ins', headers: named })
        expect([length, answer.statusCode]).toEqual([length, 200])
      }
    },
  )

  it('is required in a push that claims to come from WeChat; without it the push is refused (FS15)', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }]) {
      const answer = await world.app.http.inject({ method: 'POST', url: '/wechat/push?signature=x', headers })
      expect([headers, answer.statusCode, answer.json().code]).toEqual([headers, 401, 'push.invalid'])
    }
  })

  it.each(['json', 'text/plain', 'text/json', 'application/xml', 'application/x-www-form-urlencoded'])(
    'is not parsed when its type is %o (FS15)',
    async (type) => {
      const named = { ...admin.headers, 'content-type': type }
      const answer = await world.app.http.inject({
        method: 'DELETE',
        url: '/admin/session',
        headers: named,
        payload: '{}',
      })
      expect([answer.statusCode, answer.json().code]).toEqual([415, 'input.other-type'])
    },
  )
})

describe('counting the values of a body', () => {
  const countOf = (value: unknown): number =>
    value === null || typeof value !== 'object'
      ? 1
      : Math.max(
          1,
          Object.values(value).reduce((sum: number, part) => sum + countOf(part), 0),
        )
  const depthOf = (value: unknown): number =>
    value === null || typeof value !== 'object'
      ? 0
      : 1 + Math.max(0, ...Object.values(value).map((part) => depthOf(part)))

  it('does not treat text within a string as structure', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 40 }), fc.string(), (value, text) => {
        const body = JSON.stringify([value, text, '{[,'.repeat(100), '\\', '"'])
        const parsed = JSON.parse(body)
        const isOver = countOf(parsed) > limits.bodyValues || depthOf(parsed) > limits.bodyDepth
        expect(isTooIntricate(body)).toBe(isOver)
      }),
    )
  })

  it('ends at the end of a text whose string does not end', () => {
    for (const text of ['"', '"\\', '"\\"', '{"a":"', '\\"\\"']) expect(isTooIntricate(text)).toBe(false)
  })
})
