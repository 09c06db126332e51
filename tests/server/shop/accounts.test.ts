import { admins } from '@pointbook/server/features/shop/accounts/tables'
import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import {
  anAccount,
  change,
  inAShopWithAccounts,
  later,
  linesOf,
  logIn,
  MINUTE,
  OWN_PASSWORD,
  owner,
  type Typed,
  world,
} from '../../support/panel-accounts.ts'
import { fresh, type Speaker } from '../../support/world.ts'

inAShopWithAccounts()

const add = (fields: object = {}) => ({
  login: fresh('clerk'),
  name: '小陈',
  role: 'service',
  storeIds: null,
  requestId: fresh(),
  ...fields,
})

describe('a new account', () => {
  test('has a one-time password, with which only a password of its own can be chosen', async () => {
    const { body } = await owner.ask('POST /admin/accounts', add({ login: '  ＸｉａｏWang ' }))
    expect(body).toMatchObject({ login: 'xiaowang', password: expect.stringMatching(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/) })
    const { speaker, ...first } = await logIn(body as Typed)
    expect(first).toMatchObject({ status: 200, body: { due: 'password', roleText: '客服' } })
    expect((await speaker.ask('POST /admin/members/search')).body.code).toBe('account.set-up-due')
    const choose = (newPassword: string, password = (body as Typed).password) =>
      speaker.ask('PUT /admin/session/password', { password, newPassword })
    expect((await choose('password123456')).body.code).toBe('password.common')
    expect((await choose('short-1')).body.code).toBe('input.invalid')
    expect((await choose((body as Typed).password)).body.code).toBe('password.same')
    expect((await choose(OWN_PASSWORD, 'not this one')).body.code).toBe('password.wrong')
    expect((await choose(OWN_PASSWORD)).status).toBe(200)
    expect((await speaker.ask('POST /admin/members/search')).status).toBe(200)
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
    const { login, password } = (await owner.ask('POST /admin/accounts', add())).body as Typed
    const { speaker } = await logIn({ login, password })
    await speaker.call('PUT /admin/session/password', { password, newPassword: OWN_PASSWORD })
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

describe('an owner', () => {
  test('is never confined to stores, for nobody could then manage accounts (FS4)', async () => {
    const storeId = await world.aStore()
    const confined = await owner.ask('POST /admin/accounts', add({ role: 'owner', storeIds: [storeId] }))
    expect(confined.body).toMatchObject({ code: 'account.owner-confined', text: expect.stringContaining('全部门店') })
    expect((await change(world.env.adminLogin, { storeIds: [storeId] })).body.code).toBe('account.owner-confined')
    const { login } = await anAccount({ role: 'lead', storeIds: [storeId] })
    expect((await change(login, { role: 'owner' })).body.code).toBe('account.owner-confined')
    expect((await change(login, { role: 'owner', storeIds: null })).status).toBe(200)
    await change(login, { role: 'reader' })
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
