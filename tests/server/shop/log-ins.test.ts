import { adminSessions } from '@pointbook/server/platform/session/tables'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  anAccount,
  inAShopWithAccounts,
  later,
  logIn,
  MINUTE,
  OWN_PASSWORD,
  world,
} from '../../support/panel-accounts.ts'

inAShopWithAccounts()

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
    const own = { password: OWN_PASSWORD }
    await speaker.call('POST /admin/sessions/:sessionId/end', { sessionId, ...own })
    expect((await phone.speaker.ask('GET /admin/session')).status).toBe(401)
    expect((await speaker.ask('POST /admin/sessions/:sessionId/end', { sessionId, ...own })).body.code).toBe(
      'panel-session.unknown',
    )
    expect(await speaker.call('POST /admin/sessions/end-others', own)).toEqual({ ended: 1 })
    expect((await tablet.speaker.ask('GET /admin/session')).status).toBe(401)
    expect((await speaker.ask('GET /admin/session')).status).toBe(200)
  })

  test('of somebody else cannot be ended', async () => {
    const [one, other] = [await anAccount(), await anAccount()]
    const { sessionId } = (await one.speaker.call('GET /admin/sessions')).rows[0]!
    expect(
      (await other.speaker.ask('POST /admin/sessions/:sessionId/end', { sessionId, password: OWN_PASSWORD })).status,
    ).toBe(404)
  })

  test('end only with the password, and guesses at it count as failed log-ins (FS21)', async () => {
    const { login, speaker } = await anAccount()
    const { sessionId } = (await speaker.call('GET /admin/sessions')).rows[0]!
    const codes = []
    for (let time = 0; time < 3; time++) {
      const guess = { password: `guess ${time}` }
      codes.push((await speaker.ask('POST /admin/sessions/:sessionId/end', { sessionId, ...guess })).body.code)
      codes.push((await speaker.ask('POST /admin/sessions/end-others', guess)).body.code)
    }
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'password.wrong'), 'login.locked'])
    expect((await speaker.ask('POST /admin/sessions/end-others')).body.code).toBe('input.invalid')
    expect(await world.db.$count(adminSessions, eq(adminSessions.login, login))).toBe(1)
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

  test('end after half an hour in which the panel only asked by itself (FS4)', async () => {
    const { speaker } = await anAccount({ role: 'manager' })
    later(29 * MINUTE)
    expect((await speaker.ask('GET /admin/dashboard')).status).toBe(200)
    later(2 * MINUTE)
    expect((await speaker.ask('GET /admin/dashboard')).body.code).toBe('session.expired')
  })

  test('a guess at the password of an open panel counts as a failed log-in', async () => {
    const { speaker } = await anAccount()
    const codes = []
    for (let time = 0; time < 6; time++)
      codes.push((await speaker.ask('POST /admin/session/second-factor', { password: `guess ${time}` })).body.code)
    expect(codes.slice(-2)).toEqual(['password.wrong', 'login.locked'])
  })
})
