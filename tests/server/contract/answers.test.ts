import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import path from 'node:path'
import { buildApp } from '@pointbook/server/app'
import { contract, type Operation } from '@pointbook/shared/contract/index'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aPicture } from '../../support/pictures.ts'
import { aWorld, type Speaker } from '../../support/world.ts'

// The headers of every answer, over a real port.

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let url: string
let port: number

beforeAll(async () => {
  world = await aWorld()
  await world.app.http.listen({ port: 0, host: '127.0.0.1' })
  port = (world.app.http.server.address() as AddressInfo).port
  url = `http://127.0.0.1:${port}`
})
// Of each test its own, because one operation ends all other log-ins.
beforeEach(async () => {
  admin = await world.asAdmin()
})
afterAll(() => world.close())

/** The answer of a connection to raw bytes. */
async function answerTo(bytes: string): Promise<{ head: string; body: { code?: string; requestId?: string } }> {
  const socket = connect(port, '127.0.0.1')
  let read = ''
  socket.on('data', (chunk) => {
    read += chunk
  })
  socket.write(bytes)
  await once(socket, 'close')
  const [head = '', body = ''] = read.split('\r\n\r\n')
  return { head, body: JSON.parse(body || '{}') }
}
const CLOSE = 'host: shop\r\nconnection: close\r\n\r\n'

const refusal = (code: string) => ({ code, text: expect.any(String), requestId: expect.any(String) })

describe('every answer of the API', () => {
  it.each(Object.keys(contract) as Operation[])(
    '%s is not cached and not read as another type (FS13, FS20)',
    async (op) => {
      const [method, route] = op.split(' ') as [string, string]
      const { headers: cookie } = await world.asAdmin()
      const answers = [
        await fetch(url + route.replaceAll(/:\w+/g, '1'), { method }),
        await fetch(url + route.replaceAll(/:\w+/g, '1'), { method, headers: cookie }),
      ]
      for (const { headers } of answers) expect(Object.fromEntries(headers)).toMatchObject(plain)
    },
  )

  it.each(['/nowhere', '/healthz', '/readyz', '/metrics', '/%zz', '/me/%zz', `/admin/members/${'x'.repeat(200)}`])(
    'at %s is not cached and not read as another type (FS13, FS20)',
    async (address) => {
      const { headers } = await fetch(url + address)
      expect(Object.fromEntries(headers)).toMatchObject(plain)
    },
  )

  const plain = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  }

  it('tells browsers to use only TLS when the shop uses TLS, and not otherwise (FS20)', async () => {
    const headersOf = async (publicUrl: string) => {
      const app = await buildApp({ ...world.outside, env: { ...world.env, publicUrl } })
      const { headers } = await app.http.inject('/shop')
      await app.close()
      return headers
    }
    expect(await headersOf('https://shop.example')).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    })
    expect(await headersOf('http://localhost:8080')).not.toHaveProperty('strict-transport-security')
  })
})

describe('a refusal of the framework has the shape of all others (FS20)', () => {
  it.each([
    ['/%zz', 404],
    ['/%', 404],
    ['/me/entries/%E0%A4%A', 404],
    ['/files/%zz.png', 404],
    ['/panel/%zz', 404],
    [`/admin/members/${'1'.repeat(5_000)}`, 404],
    ['/me/entries/1/2/3', 404],
  ])('at %s', async (address, status) => {
    const answer = await fetch(url + address)
    expect([answer.status, await answer.json()]).toEqual([status, refusal('route.unknown')])
  })

  it.each([
    ['what is no HTTP', 'HELLO\r\n\r\n', 'HTTP/1.1 400 ', 'input.invalid'],
    ['a method nobody knows', `BREW / HTTP/1.1\r\n${CLOSE}`, 'HTTP/1.1 400 ', 'input.invalid'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nhost\r\n\r\n', 'HTTP/1.1 400 ', 'input.invalid'],
    [
      'two lengths',
      `POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n${CLOSE}`,
      'HTTP/1.1 400 ',
      'input.invalid',
    ],
    [
      'more headers than fit',
      `GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n${CLOSE}`,
      'HTTP/1.1 431 ',
      'input.too-large',
    ],
  ])('for %s', async (_what, bytes, status, code) => {
    const { head, body } = await answerTo(bytes)
    expect(head.startsWith(status)).toBe(true)
    expect(head.toLowerCase()).toContain('cache-control: no-store')
    expect(body).toEqual(refusal(code))
  })

  it.each<[string, string, string, number, Parameters<typeof refusal>[0]]>([
    ['a body that is no JSON', 'application/json', '{', 400, 'input.invalid'],
    ['a body of another type', 'application/xml', '<a/>', 415, 'input.other-type'],
    ['a content type that is none', '/', 'a', 415, 'input.other-type'],
  ])('for %s', async (_what, type, body, status, code) => {
    const headers = { 'content-type': type }
    const answer = await fetch(`${url}/session/refresh`, { method: 'POST', headers, body })
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining(refusal(code))])
  })
})

describe('a method that is not declared for a known path (FS13)', () => {
  it.each([
    ['PUT', '/me', 'GET, HEAD'],
    ['DELETE', '/me/entries/12', 'GET, HEAD'],
    ['GET', '/session', 'DELETE'],
    ['PATCH', '/admin/session', 'DELETE, GET, HEAD, POST'],
    ['POST', '/mall/items?sort=newest', 'GET, HEAD'],
    ['OPTIONS', '/me/profile', 'POST'],
    ['DELETE', '/files/a.webp', 'GET, HEAD'],
    ['PUT', '/wechat/push', 'GET, HEAD, POST'],
  ])('%s %s answers 405 and names those that are', async (method, address, allow) => {
    const answer = await fetch(url + address, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
    expect(await answer.json()).toEqual(refusal('route.other-method'))
  })

  it('is answered with 405 for every operation of the contract', async () => {
    const declared = Object.keys(contract).map((op) => op.split(' ') as [string, string])
    for (const route of new Set(declared.map(([, path]) => path))) {
      const methods = declared.filter(([, path]) => path === route).map(([method]) => method)
      const other = ['PATCH', 'PUT', 'DELETE', 'POST'].find((method) => !methods.includes(method))!
      const { status, headers } = await fetch(url + route.replaceAll(/:\w+/g, '7'), { method: other })
      expect([route, status]).toEqual([route, 405])
      for (const method of methods) expect(headers.get('allow')!.split(', ')).toContain(method)
    }
  })

  it('is answered with 404 and no list on an unknown path, or for a missing file', async () => {
    for (const [method, address] of [
      ['DELETE', '/nowhere'],
      ['GET', '/files/gone.webp'],
      ['GET', '/panel/assets/gone.js'],
    ] as const) {
      const answer = await fetch(url + address, { method })
      expect([address, answer.status, answer.headers.get('allow')]).toEqual([address, 404, null])
    }
  })
})

describe('a request without a body, whatever type it names (FS15)', () => {
  const types = [
    'application/json',
    'application/json; charset=utf-8',
    'application/x-www-form-urlencoded',
    'text/plain',
  ]

  it.each(types)('logs out, as wx.request sends it with the type %s', async (type) => {
    const me = await world.asMember(await world.aMember())
    const answer = await fetch(`${url}/session`, { method: 'DELETE', headers: { ...me.headers, 'content-type': type } })
    expect([answer.status, await answer.json()]).toEqual([200, { done: true }])
    expect((await me.ask('GET /me')).status).toBe(401)
  })

  it.each(types)('is served in the same way by every method with the type %s', async (type) => {
    const me = await world.asMember(await world.aMember())
    const ask = async (method: string, address: string) => {
      const headers = { ...me.headers, 'content-type': type }
      return (await fetch(url + address, { method, headers })).status
    }
    expect([await ask('POST', '/me/check-ins'), await ask('GET', '/me')]).toEqual([200, 200])
  })
})

describe('pictures and pages', () => {
  it.each(['/panel/', '/panel/members/12', '/m/', '/docs/'])(
    'let %s load only its own scripts, styles and answers, and allow no frame around it (FS20)',
    async (address) => {
      const { status, headers } = await fetch(url + address)
      const policy = headers.get('content-security-policy')!.split(';')
      expect(status).toBe(200)
      expect(policy).toEqual(
        expect.arrayContaining([expect.stringMatching(/^script-src 'self'/), "frame-ancestors 'self'"]),
      )
      expect(policy.join(';')).not.toMatch(/default-src 'none'|unsafe-eval|script-src[^;]*'unsafe-inline'/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    },
  )

  it('let pages of other sites show the shop’s pictures, and nothing else (FS16)', async () => {
    const { pictureUrl } = await admin.call('POST /admin/pictures', { picture: await aPicture() })
    const policyOf = async (address: string) => (await fetch(url + address)).headers.get('cross-origin-resource-policy')
    expect(await policyOf(pictureUrl)).toBe('cross-origin')
    for (const address of ['/shop', '/me', '/docs/', '/docs/json']) expect(await policyOf(address)).toBe('same-origin')
  })

  it('are never read as another type, not even an old file that is no picture (FS20)', async () => {
    writeFileSync(path.join(world.outside.files.folder, 'old.html'), '<script>alert(1)</script>')
    const { headers } = await fetch(`${url}/files/old.html`)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).not.toContain('unsafe-inline')
  })

  it('keep pictures for a year, which never change under their name', async () => {
    const { pictureUrl } = await admin.call('POST /admin/pictures', { picture: await aPicture() })
    expect((await fetch(url + pictureUrl)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })
})

describe('the API reference (FS13)', () => {
  it('is open in a demo', async () => {
    expect((await fetch(`${url}/docs/json`)).status).toBe(200)
  })

  it('is available in production for logged-in users of the panel', async () => {
    const app = await buildApp({ ...world.outside, env: { ...world.env, mode: 'production' } })
    for (const address of [
      '/docs',
      '/docs/',
      '/docs/json',
      '/docs/yaml',
      '/docs/static/index.html',
      '/docs/static/swagger-ui.css',
    ]) {
      const stranger = await app.http.inject(address)
      expect([address, stranger.statusCode, stranger.json().code]).toEqual([address, 401, 'session.missing'])
    }
    const ours = await app.http.inject({ url: '/docs/json', headers: admin.headers })
    expect([ours.statusCode, ours.json().info.title]).toEqual([200, 'Pointbook'])
    await app.close()
  })
})
