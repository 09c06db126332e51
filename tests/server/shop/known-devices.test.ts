import { jobs } from '@pointbook/server/features'
import { countAttempt } from '@pointbook/server/features/shop/accounts/login-lock'
import { loginFailures, loginLocks } from '@pointbook/server/features/shop/accounts/tables'
import { adminDevices } from '@pointbook/server/platform/session/tables'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  anAccount,
  byStranger,
  inAShopWithAccounts,
  later,
  logIn,
  MINUTE,
  OWN_PASSWORD,
  owner,
  world,
} from '../../support/panel-accounts.ts'
import { fresh } from '../../support/world.ts'

inAShopWithAccounts()

const deviceOf = async (login: string) => {
  const [device] = await world.db.select().from(adminDevices).where(eq(adminDevices.login, login))
  return device!.id
}
/** An attempt counts as failed until it has succeeded; these never do. */
const strangersFail = async (login: string, times: number) => {
  for (let time = 0; time < times; time++) await countAttempt(world.db, byStranger(login, `10.0.${time}.1`))
}
const own = { password: OWN_PASSWORD }

describe('fifty failures in an hour from strange devices', () => {
  test('shut out such devices and no other, until the hour has passed (FS21)', async () => {
    const { login, cookie } = await anAccount()
    await strangersFail(login, 49)
    expect((await logIn({ login, ...own })).status).toBe(200)
    await strangersFail(login, 1)
    const refused = await logIn({ login, ...own })
    expect([refused.status, refused.body]).toEqual([
      429,
      expect.objectContaining({ code: 'login.strangers-locked', detail: { minutes: 60 } }),
    ])
    expect(refused.body.text).toMatch(/换一台登录过的设备，或请另一位店主、管服务器的人重置密码/)
    expect((await logIn({ login, ...own }, 'a browser', cookie)).status).toBe(200)
    later(60 * MINUTE + 1_000)
    expect((await logIn({ login, ...own })).status).toBe(200)
  })

  test('shut them out from an unknown login alike (FS21)', async () => {
    await strangersFail('nobody', 50)
    expect((await logIn({ login: 'nobody', ...own })).body.code).toBe('login.strangers-locked')
  })

  test('end with a reset (FS21)', async () => {
    const { login } = await anAccount()
    await strangersFail(login, 50)
    const { body } = await owner.ask('POST /admin/accounts/:login/reset', { login, requestId: fresh() })
    expect((await logIn({ login, password: body.password })).status).toBe(200)
  })
})

describe('a device that an account was used with', () => {
  test('is locked by its own failures, whatever its address, and no other device by these (FS21)', async () => {
    const { login, cookie } = await anAccount()
    const deviceId = await deviceOf(login)
    for (let time = 0; time < 5; time++)
      await countAttempt(world.db, { login, address: `10.0.0.${time}`, deviceId, device: '' })
    expect((await logIn({ login, ...own }, 'a browser', cookie)).body.code).toBe('login.locked')
    expect((await logIn({ login, ...own })).status).toBe(200)
  })

  test('has, with the others, fifty failures in an hour (FS21)', async () => {
    const { login, cookie } = await anAccount()
    const counted = (deviceId: number) => countAttempt(world.db, { login, address: '10.0.0.1', deviceId, device: '' })
    for (let time = 0; time < 50; time++) await counted(1_000_000 + time)
    expect((await logIn({ login, ...own }, 'a browser', cookie)).body.code).toBe('login.locked')
    expect((await logIn({ login, ...own })).status).toBe(200)
  })

  test('gets a new token at each log-in, and the one before is worth nothing (FS21)', async () => {
    const { login, cookie } = await anAccount()
    const next = await logIn({ login, ...own }, 'a browser', cookie)
    expect(await world.db.$count(adminDevices, eq(adminDevices.login, login))).toBe(1)
    await strangersFail(login, 50)
    expect((await logIn({ login, ...own }, 'a browser', cookie)).body.code).toBe('login.strangers-locked')
    expect((await logIn({ login, ...own }, 'a browser', next.cookie)).status).toBe(200)
  })

  test('of two accounts stays known to both (FS21)', async () => {
    const [one, other] = [await anAccount(), await anAccount()]
    const both = await logIn({ login: other.login, ...own }, 'a browser', one.cookie)
    await strangersFail(one.login, 50)
    expect((await logIn({ login: one.login, ...own }, 'a browser', both.cookie)).status).toBe(200)
  })

  test('is forgotten after 180 days, and swept away (FS21)', async () => {
    const { login, cookie } = await anAccount()
    later(180 * 24 * 60 * MINUTE + 1_000)
    await strangersFail(login, 50)
    expect((await logIn({ login, ...own }, 'a browser', cookie)).body.code).toBe('login.strangers-locked')
    later(60 * MINUTE + 1_000)
    await jobs(world.server)
      .find(({ name }) => name === 'sweep-login-locks')!
      .run()
    expect(await world.db.$count(adminDevices, eq(adminDevices.login, login))).toBe(0)
    expect(await world.db.$count(loginFailures)).toBe(0)
  })

  const devices = (login: string) => world.db.$count(adminDevices, eq(adminDevices.login, login))
  const twice = async () => {
    const mine = await anAccount()
    const { speaker } = await logIn({ login: mine.login, ...own }, 'a phone')
    return { ...mine, phone: speaker }
  }

  test('is forgotten with a change of the password elsewhere, with a reset, and when all log-ins end (FS21)', async () => {
    const { login, speaker } = await twice()
    expect(await devices(login)).toBe(2)
    await speaker.call('POST /admin/sessions/end-others', own)
    expect(await devices(login)).toBe(1)
    await logIn({ login, ...own }, 'a phone')
    const newPassword = '绿色的自行车 停在图书馆门口'
    await speaker.call('PUT /admin/session/password', { ...own, newPassword })
    expect(await devices(login)).toBe(1)
    expect((await speaker.ask('GET /admin/session')).status).toBe(200)
    await owner.call('POST /admin/accounts/:login/reset', { login, requestId: fresh() })
    expect(await devices(login)).toBe(0)
  })

  test('is forgotten when its log-in is ended from another (FS21)', async () => {
    const { login, speaker } = await twice()
    const { rows } = await speaker.call('GET /admin/sessions')
    const { sessionId } = rows.find(({ device }) => device === 'a phone')!
    await speaker.call('POST /admin/sessions/:sessionId/end', { sessionId, ...own })
    expect(await devices(login)).toBe(1)
  })
})

test('an attempt that succeeds is not counted as a failure (FS21)', async () => {
  const { login } = await anAccount()
  const [row] = await world.db.select().from(loginFailures).where(eq(loginFailures.login, login))
  expect(row!.times).toEqual([])
  expect(await world.db.$count(loginLocks, eq(loginLocks.login, login))).toBe(0)
})
