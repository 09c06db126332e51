import { openSession, sweepSessions } from '@pointbook/server/platform/session/member-session'
import { refreshTokens } from '@pointbook/server/platform/session/tables'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { aWorld } from '../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>

beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const logIn = async () => {
  const memberId = await world.aMember()
  return { memberId, ...(await openSession(world.app.http, world.db, memberId)) }
}
const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
const refresh = (refreshToken: string) => world.anyone().ask('POST /session/refresh', { refreshToken })
const bearing = (token: string) => world.speaker({ authorization: `Bearer ${token}` })
const codeOf = async (token: string) => (await bearing(token).ask('GET /me')).body.code

describe('an access token', () => {
  test('works for half an hour and then says so', async () => {
    const { accessToken } = await logIn()
    later(29 * MINUTE)
    expect((await bearing(accessToken).ask('GET /me')).status).toBe(200)
    later(2 * MINUTE)
    expect(await codeOf(accessToken)).toBe('session.expired')
  })

  test('that is missing, made up, edited or of another kind lets nobody in', async () => {
    const { accessToken, refreshToken, memberId } = await logIn()
    const [head, , mark] = accessToken.split('.')
    const other = Buffer.from(JSON.stringify({ kind: 'access', memberId: memberId + 1, familyId: 'x' }))
    const ticket = world.app.http.jwt.sign({ kind: 'visit', memberId, clerkId: memberId })
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${accessToken.split('.')[1]}.`
    expect((await world.anyone().ask('GET /me')).body.code).toBe('session.missing')
    for (const token of ['x', `${head}.${other.toString('base64url')}.${mark}`, refreshToken, ticket, unsigned]) {
      expect(await codeOf(token)).toBe('session.invalid')
    }
  })
})

describe('a refresh token', () => {
  test('is traded once for new tokens that work', async () => {
    const { refreshToken, memberId } = await logIn()
    const { status, body } = await refresh(refreshToken)
    expect(status).toBe(200)
    expect((await bearing(body.accessToken).call('GET /me')).memberId).toBe(memberId)
    expect((await refresh(body.refreshToken)).status).toBe(200)
  })

  test('used twice logs the whole device out, because two parties hold it', async () => {
    const { refreshToken } = await logIn()
    const { body: successor } = await refresh(refreshToken)
    expect((await refresh(refreshToken)).body.code).toBe('session.invalid')
    expect((await refresh(successor.refreshToken)).body.code).toBe('session.invalid')
  })

  test('used twice leaves the member’s other devices logged in', async () => {
    const { refreshToken, memberId } = await logIn()
    const other = await openSession(world.app.http, world.db, memberId)
    await refresh(refreshToken)
    await refresh(refreshToken)
    expect((await refresh(other.refreshToken)).status).toBe(200)
  })

  test('ends after sixty days and is then forgotten', async () => {
    const { refreshToken, memberId } = await logIn()
    later(60 * DAY + 1_000)
    expect((await refresh(refreshToken)).body.code).toBe('session.expired')
    await sweepSessions(world.db)
    expect(await world.db.select().from(refreshTokens).where(eq(refreshTokens.memberId, memberId))).toEqual([])
  })

  test('is kept as a hash only', async () => {
    const { refreshToken, memberId } = await logIn()
    const [row] = await world.db.select().from(refreshTokens).where(eq(refreshTokens.memberId, memberId))
    expect(JSON.stringify(row)).not.toContain(refreshToken)
  })

  test.each([undefined, 7, 'short', 'has blanks in it, and more', 'x'.repeat(2_001)])('cannot be %j', async (token) => {
    const answer = await world.anyone().ask('POST /session/refresh', { refreshToken: token })
    expect(answer).toMatchObject({ status: 400, body: { code: 'input.invalid' } })
  })

  test('that nobody was given is refused', async () => {
    expect((await refresh('A'.repeat(43))).body.code).toBe('session.invalid')
  })
})

test('logging out ends the device’s refresh token and no other', async () => {
  const { accessToken, refreshToken, memberId } = await logIn()
  const other = await openSession(world.app.http, world.db, memberId)
  expect(await bearing(accessToken).call('DELETE /session')).toEqual({ done: true })
  expect((await refresh(refreshToken)).body.code).toBe('session.invalid')
  expect((await refresh(other.refreshToken)).status).toBe(200)
})
