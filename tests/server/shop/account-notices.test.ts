import { jobs } from '@pointbook/server/features'
import { adminNotices } from '@pointbook/server/features/shop/accounts/tables'
import { eq } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import {
  anAccount,
  inAShopWithAccounts,
  later,
  logIn,
  MINUTE,
  OWN_PASSWORD,
  owner,
  world,
} from '../../support/panel-accounts.ts'
import { fresh, type Speaker } from '../../support/world.ts'

inAShopWithAccounts()

const own = { password: OWN_PASSWORD }
const told = async (speaker: Speaker) => (await speaker.call('GET /admin/session/notices')).rows
const kinds = async (speaker: Speaker) => (await told(speaker)).map(({ kind }) => kind)
const dismiss = (speaker: Speaker, shown: { noticeId: number; times: number }[]) =>
  speaker.call('POST /admin/session/notices/dismiss', {
    shown: shown.map(({ noticeId, times }) => ({ noticeId, times })),
  })

describe('the holder of an account', () => {
  test('hears of failed log-ins by their number, until they dismiss it; later ones count on (FS21)', async () => {
    const { login, speaker, cookie } = await anAccount()
    expect(await told(speaker)).toEqual([])
    for (let time = 0; time < 2; time++) await logIn({ login, password: 'a guess' }, 'a stranger')
    const shown = await told(speaker)
    expect(shown).toMatchObject([{ kind: 'failures', times: 2, address: '127.0.0.1', device: 'a stranger', by: '' }])
    await speaker.ask('POST /admin/session/second-factor', { password: 'a guess in the panel' })
    await dismiss(speaker, shown)
    expect(await told(speaker)).toMatchObject([{ kind: 'failures', times: 3 }])
    await dismiss(speaker, await told(speaker))
    const next = await logIn({ login, ...own }, 'a browser', cookie)
    expect(await told(next.speaker)).toEqual([])
  })

  test('hears of a new device, but not on that device and not of the first one (FS21)', async () => {
    const { login, speaker, cookie } = await anAccount()
    const phone = await logIn({ login, ...own }, 'a phone')
    expect(await told(phone.speaker)).toEqual([])
    const shown = await told(speaker)
    expect(shown).toMatchObject([{ kind: 'new-device', times: 1, address: '127.0.0.1', device: 'a phone' }])
    await dismiss(phone.speaker, shown)
    expect(await told(speaker)).toEqual(shown)
    const again = await logIn({ login, ...own }, 'a browser', cookie)
    expect(await kinds(again.speaker)).toEqual(['new-device'])
  })

  test('hears at the next log-in of a change of the password and of the second factor (FS21)', async () => {
    const { login, speaker, cookie } = await anAccount()
    const newPassword = '绿色的自行车 停在图书馆门口'
    const mine = { password: newPassword }
    await speaker.call('PUT /admin/session/password', { ...own, newPassword })
    const { secret } = await speaker.call('POST /admin/session/second-factor', mine)
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    await speaker.call('PUT /admin/session/second-factor', { code })
    // The code that put it in force is used.
    expect((await logIn({ login, ...mine, code }, 'a thief')).body.code).toBe('login.code-wrong')
    await speaker.call('POST /admin/session/second-factor/end', mine)
    expect(await kinds(speaker)).toEqual(['code-used', 'failures'])
    const next = await logIn({ login, ...mine }, 'a browser', cookie)
    expect(await kinds(next.speaker)).toEqual(['factor-off', 'code-used', 'failures', 'factor-on', 'password'])
  })

  test('hears of a reset and whose it was (FS21)', async () => {
    const { login } = await anAccount()
    const { password } = await owner.call('POST /admin/accounts/:login/reset', { login, requestId: fresh() })
    const { speaker } = await logIn({ login, password })
    expect((await speaker.ask('GET /admin/session/notices')).body.code).toBe('account.set-up-due')
    await speaker.call('PUT /admin/session/password', { password, newPassword: OWN_PASSWORD })
    expect(await told(speaker)).toMatchObject([{ kind: 'reset', by: '管理员', address: '', device: '' }])
  })

  test('does not hear of other accounts, nor dismisses for them (FS21)', async () => {
    const [one, other] = [await anAccount(), await anAccount()]
    await logIn({ login: one.login, password: 'a guess' })
    const shown = await told(one.speaker)
    expect(await told(other.speaker)).toEqual([])
    await dismiss(other.speaker, shown)
    expect(await told(one.speaker)).toEqual(shown)
    later(90 * 24 * 60 * MINUTE + 1_000)
    await jobs(world.server)
      .find(({ name }) => name === 'sweep-login-locks')!
      .run()
    expect(await world.db.$count(adminNotices, eq(adminNotices.login, one.login))).toBe(0)
  })
})
