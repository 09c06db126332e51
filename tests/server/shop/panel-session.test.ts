import { buildApp } from '@pointbook/server/app'
import { admins } from '@pointbook/server/features/shop/accounts/tables'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { aWorld } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let login: string
let password: string

beforeAll(async () => {
  world = await aWorld()
  login = world.env.adminLogin
  password = world.env.adminPassword
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(() => world.close())

describe('the cookie of the panel', () => {
  const openAt = (publicUrl: string) => buildApp({ ...world.outside, env: { ...world.env, publicUrl } })
  const enter = { method: 'POST', url: '/admin/session' } as const

  test('bears the __Host- prefix over TLS, and neither it nor the log-in works under another name (FS13)', async () => {
    const app = await openAt('https://shop.example')
    const { cookies: given } = await app.http.inject({ ...enter, payload: { login, password } })
    const cookies = given.slice(1)
    expect(given).toEqual([
      {
        name: '__Host-pointbook_device',
        value: expect.any(String),
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Strict',
        maxAge: 180 * 86_400,
      },
      {
        name: '__Host-pointbook_panel',
        value: expect.any(String),
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Strict',
        maxAge: 43_200,
      },
    ])
    const statusWith = async (name: string) =>
      (await app.http.inject({ url: '/admin/session', cookies: { [name]: cookies[0]!.value } })).statusCode
    expect([await statusWith('__Host-pointbook_panel'), await statusWith('pointbook_panel')]).toEqual([200, 401])
    const left = await app.http.inject({
      method: 'DELETE',
      url: '/admin/session',
      cookies: { '__Host-pointbook_panel': cookies[0]!.value },
    })
    expect(left.cookies).toMatchObject([{ name: '__Host-pointbook_panel', value: '', path: '/', secure: true }])
    await app.close()
  })

  test.each([
    'https://evil.example',
    'http://shop.example',
    'https://shop.example.evil.example',
    'https://sub.shop.example',
    'https://shop.example:8443',
    'null',
  ])('is of no use to a page of %s, nor can such a page log in (FS13)', async (origin) => {
    const app = await openAt('https://shop.example')
    const host = 'shop.example'
    const { cookies: given } = await app.http.inject({ ...enter, payload: { login, password } })
    const mine = { cookies: { [given[1]!.name]: given[1]!.value } }
    const from = { headers: { origin, host } }
    for (const answer of [
      await app.http.inject({ method: 'GET', url: '/admin/session', ...mine, ...from }),
      await app.http.inject({ method: 'POST', url: '/admin/stores', payload: {}, ...mine, ...from }),
      await app.http.inject({ ...enter, payload: { login, password }, ...from }),
    ]) {
      expect(answer.json()).toMatchObject({
        code: 'session.elsewhere',
        text: '请从 https://shop.example/panel/ 打开后台，再登录和操作',
      })
      expect([answer.statusCode, answer.cookies]).toEqual([403, []])
    }
    await app.close()
  })

  test.each([
    ['https://shop.example', 'https://shop.example', '10.0.0.7:8080'],
    ['https://shop.example', 'https://www.shop.example', 'www.shop.example'],
    ['http://localhost:8080', 'http://127.0.0.1:8080', '127.0.0.1:8080'],
  ])('of %s serves its own page at %s, which asks for the host %s', async (publicUrl, origin, host) => {
    const app = await openAt(publicUrl)
    const answer = await app.http.inject({ ...enter, payload: { login, password }, headers: { origin, host } })
    expect(answer.statusCode).toBe(200)
    await app.close()
  })
})

describe('a panel session', () => {
  test('ends at the log-out', async () => {
    const admin = await world.asAdmin()
    await admin.call('DELETE /admin/session')
    expect((await admin.ask('GET /admin/session')).body.code).toBe('session.expired')
  })

  test('ends after twelve hours', async () => {
    const admin = await world.asAdmin()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 12 * 3_600_000 + 1_000 })
    expect((await admin.ask('GET /admin/session')).body.code).toBe('session.expired')
  })

  test('ends with the panel user', async () => {
    const admin = await world.asAdmin()
    await world.db.update(admins).set({ login: 'renamed' })
    expect((await admin.ask('GET /admin/session')).body.code).toBe('session.invalid')
    await world.db.update(admins).set({ login })
  })

  test('is required by every operation of the panel, before any other check', async () => {
    const member = await world.asMember(await world.aMember())
    const wanted = { id: 'nonsense' }
    for (const op of [
      'GET /admin/settings',
      'PUT /admin/settings',
      'GET /admin/stores',
      'POST /admin/stores',
    ] as const) {
      expect((await member.ask(op, wanted)).body.code).toBe('session.missing')
    }
    for (const op of [
      'GET /admin/staff',
      'PUT /admin/staff/1',
      'DELETE /admin/staff/1',
      'POST /admin/audit-log/search',
    ] as const) {
      expect((await member.ask(op, wanted)).body.code).toBe('session.missing')
    }
    const made_up = world.speaker({ cookie: 'pointbook_panel=made-up' })
    expect((await made_up.ask('GET /admin/session')).body.code).toBe('session.expired')
  })
})
