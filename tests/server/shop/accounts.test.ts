import { admins } from '@pointbook/server/features/shop/accounts/tables'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { adminSessions } from '@pointbook/server/platform/session/tables'
import { RELEASE, RELEASE_HEADER } from '@pointbook/shared/release'
import { eq } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let owner: Speaker

beforeAll(async () => {
  world = await aWorld()
  owner = await world.asAdmin()
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(() => world.close())

const MINUTE = 60_000
const OWN_PASSWORD = '晴天去海边捡贝壳看日落 42'
const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })

interface Typed {
  login: string
  password: string
  code?: string
}

async function logIn({ login, password, code }: Typed, agent = 'a browser') {
  const response = await world.app.http.inject({
    method: 'POST',
    url: '/admin/session',
    headers: { 'user-agent': agent },
    payload: { login, password, code },
  })
  const cookie = `pointbook_panel=${response.cookies[0]?.value}`
  const speaker = world.speaker({ cookie, [RELEASE_HEADER]: String(RELEASE) })
  return { status: response.statusCode, body: response.json(), speaker }
}

const add = (fields: object = {}) => ({
  login: fresh('clerk'),
  name: '小陈',
  role: 'service',
  storeIds: null,
  requestId: fresh(),
  ...fields,
})

/** An account that has chosen its password, and is logged in. */
async function anAccount(fields: object = {}) {
  const { body } = await owner.ask('POST /admin/accounts', add(fields))
  const { login, password } = body as Typed
  const { speaker } = await logIn({ login, password })
  await speaker.call('PUT /admin/session/password', { password, newPassword: OWN_PASSWORD })
  return { login, speaker }
}

const change = async (login: string, changes: object) => {
  const { rows } = await owner.call('GET /admin/accounts')
  const { name, role, storeIds, active, revision } = rows.find((row) => row.login === login)!
  return owner.ask('PATCH /admin/accounts/:login', { login, name, role, storeIds, active, revision, ...changes })
}

const linesOf = (login: string) =>
  world.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.subject, `admin/${login}`))
    .orderBy(auditLog.id)

describe('a new account', () => {
  test('has a one-time password, with which only a password of its own can be chosen', async () => {
    const { body } = await owner.ask('POST /admin/accounts', add({ login: '  ＸｉａｏWang ' }))
    expect(body).toMatchObject({ login: 'xiaowang', password: expect.stringMatching(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/) })
    const { speaker, ...first } = await logIn(body as Typed)
    expect(first).toMatchObject({ status: 200, body: { due: 'password', roleText: '客服' } })
    expect((await speaker.ask('GET /admin/members')).body.code).toBe('account.set-up-due')
    const choose = (newPassword: string, password = (body as Typed).password) =>
      speaker.ask('PUT /admin/session/password', { password, newPassword })
    expect((await choose('password123456')).body.code).toBe('password.common')
    expect((await choose('short-1')).body.code).toBe('input.invalid')
    expect((await choose((body as Typed).password)).body.code).toBe('password.same')
    expect((await choose(OWN_PASSWORD, 'not this one')).body.code).toBe('password.wrong')
    expect((await choose(OWN_PASSWORD)).status).toBe(200)
    expect((await speaker.ask('GET /admin/members')).status).toBe(200)
    expect((await logIn(body as Typed)).status).toBe(401)
    expect((await logIn({ login: 'XiaoWang', password: OWN_PASSWORD })).status).toBe(200)
  })

  test('added again with the same request is the same account with the same password', async () => {
    const request = add()
    const [one, other] = [
      await owner.ask('POST /admin/accounts', request),
      await owner.ask('POST /admin/accounts', request),
    ]
    expect(other.body).toEqual(one.body)
    const taken = await owner.ask('POST /admin/accounts', { ...request, requestId: fresh() })
    expect(taken.body).toMatchObject({ code: 'account.taken', text: `账号「${request.login}」已经有了，请换一个` })
    const stored = JSON.stringify(await world.db.select().from(admins))
    expect(stored).not.toContain((one.body as Typed).password)
  })

  test('whose one-time password was not used for seven days needs another one', async () => {
    const { body } = await owner.ask('POST /admin/accounts', add())
    later(7 * 86_400_000 + MINUTE)
    expect((await logIn(body as Typed)).body.code).toBe('login.password-expired')
    vi.useRealTimers()
    const { login } = body as Typed
    const again = await owner.ask('POST /admin/accounts/:login/reset', { login, requestId: fresh() })
    expect((await logIn(again.body as Typed)).status).toBe(200)
  })

  test.each([{ role: 'own/999' }, { storeIds: [999] }, { login: 'ab' }, { login: '小陈' }, { role: 'god' }])(
    'is refused with %j',
    async (fields) => {
      const { status } = await owner.ask('POST /admin/accounts', add(fields))
      expect([400, 404]).toContain(status)
    },
  )

  test('has audit log lines of what was done to it', async () => {
    const { login } = await anAccount()
    await change(login, { role: 'reader' })
    await change(login, { active: false })
    const lines = (await linesOf(login)).map(({ actor, action, text }) => [actor, action, text])
    const by = `admin/${world.env.adminLogin}`
    expect(lines).toEqual([
      [by, 'account.add', `新增后台账号「小陈」（${login}）`],
      [`admin/${login}`, 'admin.log-in', '小陈登录后台（来自 127.0.0.1）'],
      [`admin/${login}`, 'account.password', '修改密码，其他登录已结束'],
      [by, 'account.change', `修改后台账号「小陈」（${login}）`],
      [by, 'account.stop', `停用后台账号「小陈」（${login}）`],
    ])
  })
})

describe('a stopped account', () => {
  test('is out at once, cannot log in, and can be started again', async () => {
    const { login, speaker } = await anAccount()
    await change(login, { active: false })
    expect((await speaker.ask('GET /admin/session')).status).toBe(401)
    expect((await logIn({ login, password: OWN_PASSWORD })).body.code).toBe('login.wrong')
    expect((await linesOf(login)).at(-1)!.text).toBe('登录后台失败：账号已停用（来自 127.0.0.1）')
    expect((await owner.ask('POST /admin/accounts/:login/reset', { login, requestId: fresh() })).body.code).toBe(
      'account.inactive',
    )
    await change(login, { active: true })
    expect((await logIn({ login, password: OWN_PASSWORD })).status).toBe(200)
  })

  test('is never the last owner, nor one’s own', async () => {
    const me = world.env.adminLogin
    expect((await change(me, { active: false })).body.code).toBe('account.last-owner')
    expect((await change(me, { role: 'manager' })).body.code).toBe('account.last-owner')
    const second = await anAccount({ role: 'owner' })
    expect((await change(me, { active: false })).body.code).toBe('account.own')
    await change(second.login, { role: 'reader' })
    expect((await second.speaker.ask('GET /admin/accounts')).body.code).toBe('account.not-allowed')
  })

  test('two owners who stop each other at the same time leave one', async () => {
    const [one, other] = [await anAccount({ role: 'owner' }), await anAccount({ role: 'owner' })]
    await change(world.env.adminLogin, {})
    const { rows } = await owner.call('GET /admin/accounts')
    const stop = (who: Speaker, login: string) => {
      const { name, role, storeIds, revision } = rows.find((row) => row.login === login)!
      return who.ask('PATCH /admin/accounts/:login', { login, name, role, storeIds, active: false, revision })
    }
    await world.db.update(admins).set({ role: 'manager' }).where(eq(admins.login, world.env.adminLogin))
    const answers = await Promise.all([stop(one.speaker, other.login), stop(other.speaker, one.login)])
    await world.db.update(admins).set({ role: 'owner' }).where(eq(admins.login, world.env.adminLogin))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })
})

describe('the second factor', () => {
  const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

  async function withFactor(fields: object = {}) {
    const account = await anAccount(fields)
    const { secret, uri } = await account.speaker.call('POST /admin/session/second-factor', { password: OWN_PASSWORD })
    expect(uri).toMatch(/^otpauth:\/\/totp\/.*secret=/)
    const { recoveryCodes } = await account.speaker.call('PUT /admin/session/second-factor', { code: codeOf(secret) })
    return { ...account, secret, recoveryCodes }
  }

  test('is in force after its first code, and each code works once', async () => {
    const { login, secret } = await withFactor()
    const typed = { login, password: OWN_PASSWORD }
    expect((await logIn(typed)).body.code).toBe('login.code-missing')
    expect((await logIn({ ...typed, code: '000000' })).body.code).toBe('login.code-wrong')
    // The code that put it in force is used.
    expect((await logIn({ ...typed, code: codeOf(secret) })).body.code).toBe('login.code-wrong')
    later(MINUTE)
    expect((await logIn({ ...typed, code: codeOf(secret) })).status).toBe(200)
    expect((await logIn({ ...typed, code: codeOf(secret) })).body.code).toBe('login.code-wrong')
  })

  test('of two simultaneous log-ins with one code, one succeeds', async () => {
    const { login, secret } = await withFactor()
    later(MINUTE)
    const typed = { login, password: OWN_PASSWORD, code: codeOf(secret) }
    const answers = await Promise.all([logIn(typed), logIn(typed)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  test('can be replaced by each of ten recovery codes, once, in any case', async () => {
    const { login, recoveryCodes } = await withFactor()
    expect(recoveryCodes).toHaveLength(10)
    const typed = { login, password: OWN_PASSWORD }
    const code = recoveryCodes[3]!
    expect((await logIn({ ...typed, code: code.toUpperCase() })).status).toBe(200)
    expect((await logIn({ ...typed, code })).body.code).toBe('login.code-wrong')
    expect((await logIn({ ...typed, code: recoveryCodes[4]!.replace('-', '') })).status).toBe(200)
    expect(JSON.stringify(await world.db.select().from(admins))).not.toContain(recoveryCodes[5])
  })

  test('cannot be guessed by somebody who knows the password', async () => {
    const { login } = await withFactor()
    const typed = { login, password: OWN_PASSWORD }
    const codes = []
    for (const code of ['100000', undefined, '100001', undefined, '100002', undefined])
      codes.push((await logIn(code ? { ...typed, code } : typed)).body.code)
    expect(codes.at(-1)).toBe('login.locked')
  })

  test('is demanded of owner and finance when the shop says so', async () => {
    const finance = await anAccount({ role: 'finance' })
    const service = await anAccount()
    const refused = await owner.ask('PUT /admin/accounts-rule', { demanded: true })
    expect(refused.body.code).toBe('second-factor.own-first')
    const mine = eq(admins.login, world.env.adminLogin)
    await world.db.update(admins).set({ totpSealed: 'x' }).where(mine)
    await owner.call('PUT /admin/accounts-rule', { demanded: true })
    try {
      expect((await finance.speaker.ask('GET /admin/liability')).body.code).toBe('account.set-up-due')
      expect((await finance.speaker.call('GET /admin/session')).due).toBe('second-factor')
      expect((await service.speaker.ask('GET /admin/members')).status).toBe(200)
      const { secret } = await finance.speaker.call('POST /admin/session/second-factor', { password: OWN_PASSWORD })
      await finance.speaker.call('PUT /admin/session/second-factor', { code: codeOf(secret) })
      expect((await finance.speaker.ask('GET /admin/liability')).status).toBe(200)
      const end = { password: OWN_PASSWORD }
      expect((await finance.speaker.ask('POST /admin/session/second-factor/end', end)).body.code).toBe(
        'second-factor.demanded',
      )
    } finally {
      await owner.call('PUT /admin/accounts-rule', { demanded: false })
      await world.db.update(admins).set({ totpSealed: null }).where(mine)
    }
  })

  test('ends with its password, and with a reset', async () => {
    const one = await withFactor()
    expect((await one.speaker.ask('POST /admin/session/second-factor/end', { password: 'wrong one' })).body.code).toBe(
      'password.wrong',
    )
    await one.speaker.call('POST /admin/session/second-factor/end', { password: OWN_PASSWORD })
    expect((await logIn({ login: one.login, password: OWN_PASSWORD })).status).toBe(200)
    const { login, speaker } = await withFactor()
    const { body } = await owner.ask('POST /admin/accounts/:login/reset', { login, requestId: fresh() })
    expect((await speaker.ask('GET /admin/session')).status).toBe(401)
    expect((await logIn(body as Typed)).body).toMatchObject({ due: 'password', secondFactor: false })
  })
})

describe('the log-ins of an account', () => {
  test('are listed with address and device, and end one by one or all but this', async () => {
    const { login, speaker } = await anAccount()
    await world.db.delete(adminSessions).where(eq(adminSessions.login, 'nobody'))
    const [phone, tablet] = [
      await logIn({ login, password: OWN_PASSWORD }, 'a phone'),
      await logIn({ login, password: OWN_PASSWORD }, 'a tablet'),
    ]
    const { rows } = await speaker.call('GET /admin/sessions')
    expect(rows.map(({ device, address }) => [device, address]).sort()).toEqual(
      ['a browser', 'a phone', 'a tablet'].map((device) => [device, '127.0.0.1']),
    )
    expect(rows.filter(({ current }) => current)).toMatchObject([{ device: 'a browser' }])
    const { sessionId } = rows.find(({ device }) => device === 'a phone')!
    await speaker.call('POST /admin/sessions/:sessionId/end', { sessionId })
    expect((await phone.speaker.ask('GET /admin/session')).status).toBe(401)
    expect((await speaker.ask('POST /admin/sessions/:sessionId/end', { sessionId })).body.code).toBe(
      'panel-session.unknown',
    )
    expect(await speaker.call('POST /admin/sessions/end-others')).toEqual({ ended: 1 })
    expect((await tablet.speaker.ask('GET /admin/session')).status).toBe(401)
    expect((await speaker.ask('GET /admin/session')).status).toBe(200)
  })

  test('of somebody else cannot be ended', async () => {
    const [one, other] = [await anAccount(), await anAccount()]
    const { sessionId } = (await one.speaker.call('GET /admin/sessions')).rows[0]!
    expect((await other.speaker.ask('POST /admin/sessions/:sessionId/end', { sessionId })).status).toBe(404)
  })

  test('end after half an hour without a request', async () => {
    const { speaker } = await anAccount()
    later(29 * MINUTE)
    expect((await speaker.ask('GET /admin/session')).status).toBe(200)
    later(29 * MINUTE)
    expect((await speaker.ask('GET /admin/session')).status).toBe(200)
    later(31 * MINUTE)
    expect((await speaker.ask('GET /admin/session')).body.code).toBe('session.expired')
  })

  test('a guess at the password of an open panel counts as a failed log-in', async () => {
    const { speaker } = await anAccount()
    const codes = []
    for (let time = 0; time < 6; time++)
      codes.push((await speaker.ask('POST /admin/session/second-factor', { password: `guess ${time}` })).body.code)
    expect(codes.slice(-2)).toEqual(['password.wrong', 'login.locked'])
  })
})
