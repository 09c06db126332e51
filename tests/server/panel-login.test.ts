import { checkLogin, ensureAdmin } from '@pointbook/server/features/staff/admins'
import { admins } from '@pointbook/server/features/staff/tables'
import { auditLog } from '@pointbook/server/platform/audit-log-table'
import { adminSessions } from '@pointbook/server/platform/session/tables'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { aWorld } from '../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let login: string
let password: string

beforeAll(async () => {
  world = await aWorld()
  login = world.env.adminLogin
  password = world.env.adminPassword
})
beforeEach(async () => {
  await world.db.update(admins).set({ failures: 0, lockedUntil: null })
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(() => world.close())

const logIn = (given: object = {}) => world.anyone().ask('POST /admin/session', { login, password, ...given })
const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
const fail = async (times: number) => {
  for (let time = 0; time < times; time++) await logIn({ password: 'not this one' })
}
const MINUTE = 60_000

describe('the first panel user', () => {
  test('comes from the settings and is made once', async () => {
    await ensureAdmin(world.outside)
    expect(await world.db.select({ login: admins.login }).from(admins)).toEqual([{ login }])
  })

  test('has a password that is kept as a salted hash only', async () => {
    const [admin] = await world.db.select().from(admins)
    expect(admin!.passwordHash).toMatch(/^scrypt\$/)
    expect(JSON.stringify(admin)).not.toContain(password)
  })
})

describe('logging in to the panel', () => {
  test('says who one is and writes it down', async () => {
    expect(await logIn()).toMatchObject({ status: 200, body: { login, name: '管理员' } })
    expect(await (await world.asAdmin()).call('GET /admin/session')).toEqual({ login, name: '管理员' })
    const [line] = await world.db.select().from(auditLog).where(eq(auditLog.action, 'admin.log-in'))
    expect(line).toMatchObject({ actor: `admin/${login}`, text: '管理员登录后台' })
  })

  test('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const response = await world.app.http.inject({
      method: 'POST',
      url: '/admin/session',
      payload: { login, password },
    })
    expect(response.cookies).toEqual([
      expect.objectContaining({ name: 'pointbook_panel', httpOnly: true, sameSite: 'Strict', path: '/' }),
    ])
    const [session] = await world.db.select().from(adminSessions)
    expect(session!.tokenHash).not.toBe(response.cookies[0]!.value)
  })

  test('with a wrong password or a login nobody has answers the same', async () => {
    const wrong = await logIn({ password: 'not this one' })
    const nobody = await logIn({ login: 'nobody' })
    expect(wrong).toMatchObject({ status: 401, body: { code: 'login.wrong', text: '账号或密码不正确' } })
    expect({ ...nobody.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
  })

  test('takes about as long for a login nobody has', async () => {
    const fastestOf = async (who: string) => {
      const timesMs: number[] = []
      for (let time = 0; time < 3; time++) {
        const from = performance.now()
        await checkLogin(world.db, who, 'not this one').catch(() => {})
        timesMs.push(performance.now() - from)
      }
      return Math.min(...timesMs)
    }
    expect(await fastestOf('nobody')).toBeGreaterThan((await fastestOf(login)) / 4)
  })

  test('is locked for fifteen minutes after five failures, also for the right password', async () => {
    await fail(5)
    expect(await logIn()).toMatchObject({ status: 429, body: { code: 'login.locked', detail: { minutes: 15 } } })
    later(14 * MINUTE)
    expect((await logIn()).body).toMatchObject({ code: 'login.locked', detail: { minutes: 1 } })
    later(MINUTE + 1_000)
    expect((await logIn()).status).toBe(200)
  })

  test('starts to count again after a success, and after a lock', async () => {
    await fail(4)
    await logIn()
    await fail(4)
    expect((await logIn()).status).toBe(200)
    await fail(5)
    later(15 * MINUTE + 1_000)
    await fail(4)
    expect((await logIn()).status).toBe(200)
  })

  test.each([
    ['login', ''],
    ['login', 'x'.repeat(41)],
    ['password', ''],
    ['password', 'x'.repeat(201)],
    ['password', null],
    ['remember', true],
  ])('refuses %s = %j by name', async (field, value) => {
    const { status, body } = await logIn({ [field]: value })
    expect({ status, code: body.code, field: body.detail.fields[0].field }).toEqual({
      status: 400,
      code: 'input.invalid',
      field,
    })
  })
})

describe('a panel session', () => {
  test('ends when one logs out', async () => {
    const admin = await world.asAdmin()
    await admin.call('DELETE /admin/session')
    expect((await admin.ask('GET /admin/session')).body.code).toBe('session.expired')
  })

  test('ends after twelve hours', async () => {
    const admin = await world.asAdmin()
    later(12 * 60 * MINUTE + 1_000)
    expect((await admin.ask('GET /admin/session')).body.code).toBe('session.expired')
  })

  test('ends with the panel user', async () => {
    const admin = await world.asAdmin()
    await world.db.update(admins).set({ login: 'renamed' })
    expect((await admin.ask('GET /admin/session')).body.code).toBe('session.invalid')
    await world.db.update(admins).set({ login })
  })

  test('is asked for by every operation of the panel, before anything else is looked at', async () => {
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
      'GET /admin/audit-log',
    ] as const) {
      expect((await member.ask(op, wanted)).body.code).toBe('session.missing')
    }
    const made_up = world.speaker({ cookie: 'pointbook_panel=made-up' })
    expect((await made_up.ask('GET /admin/session')).body.code).toBe('session.expired')
  })
})
