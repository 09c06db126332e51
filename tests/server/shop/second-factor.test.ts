import { admins } from '@pointbook/server/features/shop/accounts/tables'
import { sha256 } from '@pointbook/server/platform/secrets'
import { settings } from '@pointbook/server/platform/settings-table'
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
  type Typed,
  world,
} from '../../support/panel-accounts.ts'
import { fresh } from '../../support/world.ts'

inAShopWithAccounts()

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
    expect((await logIn({ ...typed, code: recoveryCodes[4]!.replaceAll('-', '') })).status).toBe(200)
  })

  test('has recovery codes of which only salted hashes are stored, and takes those of the first release', async () => {
    const { login, recoveryCodes } = await withFactor()
    const mine = eq(admins.login, login)
    const [row] = await world.db.select().from(admins).where(mine)
    const salts = row!.recoveryHashes.map((stored) => stored.split('$')[0])
    expect(new Set(salts).size).toBe(10)
    for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{16}$/)
    expect(JSON.stringify(row)).not.toContain(recoveryCodes[0])
    await world.db
      .update(admins)
      .set({ recoveryHashes: [sha256('recovery/k7mq2x2vp9')] })
      .where(mine)
    const typed = { login, password: OWN_PASSWORD, code: 'k7mq2-x2vp9' }
    expect((await logIn(typed)).status).toBe(200)
    expect((await logIn(typed)).body.code).toBe('login.code-wrong')
  })

  test('cannot be guessed by somebody who knows the password', async () => {
    const { login } = await withFactor()
    const typed = { login, password: OWN_PASSWORD }
    const codes = []
    for (const code of ['100000', undefined, '100001', undefined, '100002', undefined])
      codes.push((await logIn(code ? { ...typed, code } : typed)).body.code)
    expect(codes.at(-1)).toBe('login.locked')
  })

  test('is demanded of owner and finance, or of everybody, when the shop says so (FS21)', async () => {
    const finance = await anAccount({ role: 'finance' })
    const service = await anAccount()
    const refused = await owner.ask('PUT /admin/accounts-rule', { demanded: 'owner-finance' })
    expect(refused.body.code).toBe('second-factor.own-first')
    const mine = eq(admins.login, world.env.adminLogin)
    await world.db.update(admins).set({ totpSealed: 'x' }).where(mine)
    expect((await owner.call('GET /admin/accounts')).demanded).toBe('nobody')
    await owner.call('PUT /admin/accounts-rule', { demanded: 'owner-finance' })
    try {
      expect((await finance.speaker.ask('GET /admin/liability')).body.code).toBe('account.set-up-due')
      expect((await finance.speaker.call('GET /admin/session')).due).toBe('second-factor')
      expect((await service.speaker.ask('POST /admin/members/search')).status).toBe(200)
      await owner.call('PUT /admin/accounts-rule', { demanded: 'everybody' })
      expect((await service.speaker.call('GET /admin/session')).due).toBe('second-factor')
      // What a shop of the previous release has stored.
      await world.db.update(settings).set({ value: true }).where(eq(settings.name, 'accounts.second-factor-demanded'))
      expect((await owner.call('GET /admin/accounts')).demanded).toBe('owner-finance')
      expect((await service.speaker.call('GET /admin/session')).due).toBe(null)
      const { secret } = await finance.speaker.call('POST /admin/session/second-factor', { password: OWN_PASSWORD })
      await finance.speaker.call('PUT /admin/session/second-factor', { code: codeOf(secret) })
      expect((await finance.speaker.ask('GET /admin/liability')).status).toBe(200)
      const end = { password: OWN_PASSWORD }
      expect((await finance.speaker.ask('POST /admin/session/second-factor/end', end)).body.code).toBe(
        'second-factor.demanded',
      )
    } finally {
      await owner.call('PUT /admin/accounts-rule', { demanded: 'nobody' })
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
