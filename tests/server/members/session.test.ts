import { createHmac } from 'node:crypto'
import { buildApp } from '@pointbook/server/app'
import { openSession, sweepSessions } from '@pointbook/server/platform/session/member-session'
import { refreshTokens } from '@pointbook/server/platform/session/tables'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { aWorld } from '../../support/world.ts'

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
  test('works for half an hour and is then refused as expired', async () => {
    const { accessToken } = await logIn()
    later(29 * MINUTE)
    expect((await bearing(accessToken).ask('GET /me')).status).toBe(200)
    later(2 * MINUTE)
    expect(await codeOf(accessToken)).toBe('session.expired')
  })

  test('that is missing, forged, edited or of another kind is refused', async () => {
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

  test('sent twice within a minute gets the same successor, and the device stays logged in (FS8)', async () => {
    const { refreshToken } = await logIn()
    const { body: first } = await refresh(refreshToken)
    later(59_000)
    const { status, body: second } = await refresh(refreshToken)
    expect([status, second.refreshToken]).toEqual([200, first.refreshToken])
    expect((await bearing(second.accessToken).ask('GET /me')).status).toBe(200)
    expect((await refresh(second.refreshToken)).status).toBe(200)
  })

  test('used once more after a minute logs the whole device out, because two parties hold it (FS8)', async () => {
    const { refreshToken } = await logIn()
    const { body: successor } = await refresh(refreshToken)
    later(61_000)
    expect((await refresh(refreshToken)).body.code).toBe('session.invalid')
    expect(await codeOf(successor.accessToken)).toBe('session.expired')
    expect((await refresh(successor.refreshToken)).body.code).toBe('session.invalid')
  })

  test('used once more after its successor was used logs the whole device out at once (FS8)', async () => {
    const { refreshToken } = await logIn()
    const { body: successor } = await refresh(refreshToken)
    const { body: newest } = await refresh(successor.refreshToken)
    expect((await refresh(refreshToken)).body.code).toBe('session.invalid')
    expect((await refresh(newest.refreshToken)).body.code).toBe('session.invalid')
  })

  test('has a successor that cannot be worked out without the server’s secret (FS8)', async () => {
    const { refreshToken } = await logIn()
    const { body } = await refresh(refreshToken)
    for (const secret of ['', '/refresh', 'undefined/refresh'])
      expect(createHmac('sha256', secret).update(refreshToken).digest('base64url')).not.toBe(body.refreshToken)
  })

  test('used by two parties leaves the member’s other devices logged in', async () => {
    const { refreshToken, memberId } = await logIn()
    const other = await openSession(world.app.http, world.db, memberId)
    await refresh(refreshToken)
    later(61_000)
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

  test('that was never issued is refused', async () => {
    expect((await refresh('A'.repeat(43))).body.code).toBe('session.invalid')
  })
})

describe('logging out', () => {
  test('ends the device’s tokens at once, for every operation and on every server, and no other device’s (FS8)', async () => {
    const { accessToken, refreshToken, memberId } = await logIn()
    const other = await openSession(world.app.http, world.db, memberId)
    const secondServer = await buildApp(world.outside)
    const headers = { authorization: `Bearer ${accessToken}` }
    const elsewhere = async () => (await secondServer.http.inject({ url: '/me', headers })).statusCode
    expect(await elsewhere()).toBe(200)

    expect(await bearing(accessToken).call('DELETE /session')).toEqual({ done: true })
    expect(await elsewhere()).toBe(401)
    await secondServer.close()
    for (const op of ['GET /me', 'GET /me/entries', 'DELETE /session', 'POST /me/check-ins'])
      expect(await bearing(accessToken).ask(op)).toMatchObject({ status: 401, body: { code: 'session.expired' } })
    expect((await refresh(refreshToken)).body.code).toBe('session.invalid')
    expect((await bearing(other.accessToken).ask('GET /me')).status).toBe(200)
    expect((await refresh(other.refreshToken)).status).toBe(200)
  })

  test('turns clerks and members into visitors (FS8)', async () => {
    const storeId = await world.aStore()
    const itemId = await world.anItem()
    const clerk = await world.aClerk([storeId])
    const seen = async () => (await clerk.call('GET /mall/items/:itemId', { itemId })).takenByMe
    expect(await seen()).toBe(0)
    await clerk.call('DELETE /session')
    expect(await seen()).toBeNull()
    expect((await clerk.ask('GET /clerk/me')).status).toBe(401)
  })
})
