import { buildApp } from '@pointbook/server/app'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { aWorld } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let app: Awaited<ReturnType<typeof buildApp>>
let lines: { msg: string }[] = []

beforeAll(async () => {
  world = await aWorld()
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  app = await buildApp({ ...world.outside, log })
})
beforeEach(() => {
  lines = []
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const refused = () => lines.filter(({ msg }) => msg === 'access refused')
const get = (url: string, headers: Record<string, string> = {}) => app.http.inject({ url, headers })

it('logs who was refused which operation, without a token', async () => {
  const memberId = await world.aMember()
  const { headers } = await world.asMember(memberId)
  const clerk = await world.aClerk([await world.aStore()])
  expect((await get('/clerk/staff', clerk.headers)).statusCode).toBe(403)
  expect((await get('/clerk/day', headers)).statusCode).toBe(403)
  expect((await get('/me', { ...headers, authorization: 'Bearer forged' })).statusCode).toBe(401)
  expect(refused()).toMatchObject([
    { code: 'staff.not-manager', operation: 'GET /clerk/staff', caller: `member/${clerk.memberId}` },
    { code: 'session.forbidden', operation: 'GET /clerk/day', reqId: expect.any(String) },
    { code: 'session.invalid', operation: 'GET /me', caller: null },
  ])
  expect(JSON.stringify(lines)).not.toContain('Bearer')
})

it('does not log a session that has ended in the normal course', async () => {
  const { headers } = await world.asMember(await world.aMember())
  const { authorization: _, ...without } = headers
  expect((await get('/me', without)).statusCode).toBe(401)
  expect(refused()).toEqual([])
})
