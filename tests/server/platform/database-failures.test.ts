import { readFile } from 'node:fs/promises'
import { type App, buildApp } from '@pointbook/server/app'
import { checkIn } from '@pointbook/server/features/earning/check-ins/moves'
import { isUnavailable } from '@pointbook/server/platform/database/failures'
import { openSession } from '@pointbook/server/platform/session/member-session'
import { openOutside } from '@pointbook/server/server'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aDatabaseWire, type DatabaseWire } from '../../support/database-wire.ts'
import { aWorld } from '../../support/world.ts'

// A whole server whose database now and then answers as one does that is read-only, crowded, restarted, or TiDB.

let world: Awaited<ReturnType<typeof aWorld>>
let wire: DatabaseWire
let app: App
let memberId: number
let headers: Record<string, string>
const said: string[] = []

beforeAll(async () => {
  world = await aWorld()
  const url = world.env.databaseUrl!
  const { hostname, port } = new URL(url)
  wire = await aDatabaseWire({ host: hostname, port: Number(port) })
  const log = pino({ level: 'warn' }, { write: (line: string) => void said.push(line) })
  app = await buildApp(openOutside({ ...world.env, databaseUrl: wire.through(url) }, { log, clock: world.clock }))
  memberId = await world.aMember({ points: 100 })
  headers = { authorization: `Bearer ${(await openSession(world.app.http, world.db, memberId)).accessToken}` }
})
beforeEach(() => {
  wire.answer(/^$/, null)
  said.length = 0
})
afterAll(async () => {
  await app.close()
  await app.server.databases.close()
  wire.close()
  await world.close()
})

const get = (url: string) => app.http.inject({ method: 'GET', url, headers })
const WRITES = /\b(insert|update|delete)\b/i
const READS = /^select\b/i
const EVERYTHING = /^/

const passing = {
  'read-only': [1290, 1792, 1836, 3032],
  crowded: [1040, 1203, 1226],
  'restarted or killed': [1053, 1317, 1927, 3169, 4031],
  'a conflict': [1020, 1205, 1213, 3572],
  'out of room': [1021, 1114],
  TiDB: [8022, 8028, 9001, 9002, 9003, 9004, 9005, 9007],
}
const codes = Object.entries(passing).flatMap(([what, numbers]) => numbers.map((errno) => ({ what, errno })))

describe('a temporary failure of the database', () => {
  it.each(codes)('is 503 with Retry-After for a read: $what, $errno (FD3)', async ({ errno }) => {
    wire.answer(READS, { errno })
    const answer = await get('/me')
    expect(answer.json()).toMatchObject({ code: 'database.unavailable' })
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2'])
    wire.answer(READS, null)
    expect((await get('/me')).statusCode).toBe(200)
  })

  it.each(codes)('lets a move be tried again, which is made once: $what, $errno (FD3)', async ({ errno }) => {
    const other = await world.aMember()
    const making = app.server.book.make(checkIn, { memberId: other, on: '2026-03-02' })
    failOnce(WRITES, errno)
    await making
    expect((await world.account(other)).balance).toBe(5)
    expect(wire.answered()).toBeGreaterThan(0)
  })

  it('is reported by /readyz when nothing can be written, while /healthz and reads work (FD3)', async () => {
    wire.answer(WRITES, { errno: 1290 })
    expect((await get('/readyz')).statusCode).toBe(503)
    expect((await get('/healthz')).statusCode).toBe(200)
    expect((await get('/me')).statusCode).toBe(200)
    wire.answer(WRITES, null)
    expect((await get('/readyz')).statusCode).toBe(200)
  })

  it('is in the log by its code, at most once a minute (FD3, FD5)', async () => {
    wire.answer(READS, { errno: 1412 })
    for (let times = 0; times < 5; times++) expect((await get('/me')).statusCode).toBe(503)
    const lines = said.filter((line) => line.includes('the database is unavailable'))
    expect(lines).toEqual([expect.stringContaining('ER_TABLE_DEF_CHANGED')])
  })

  it('does not reach the caller when all connections were ended: the read is repeated over a new one (FD4)', async () => {
    await Promise.all([get('/me'), get('/shop'), get('/me/entries')])
    wire.cut()
    const answers = await Promise.all([get('/me'), get('/shop'), get('/me/entries')])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
  })
})

/** The next statement that matches fails, those after it do not. */
function failOnce(statements: RegExp, errno: number) {
  const before = wire.answered()
  const once = { test: (sql: string) => wire.answered() === before && statements.test(sql) } as RegExp
  wire.answer(once, { errno })
}

it('does not treat errors of files or of other servers as errors of the database (FR5)', async () => {
  const missing = await readFile('/no/such/file').catch((error) => error)
  const refused = await fetch('http://127.0.0.1:9').catch((error) => error)
  const named = Object.assign(new Error('of some library'), { code: 'ETIMEDOUT', errno: -110 })
  for (const error of [missing, refused, refused.cause, named]) expect(isUnavailable(error)).toBe(false)
  const unreachable = ['EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED'].map((code) =>
    Object.assign(new Error(code), { code, fatal: true }),
  )
  for (const error of unreachable) expect(isUnavailable(error)).toBe(true)
})

it('answers 500 to a permanent error, and logs its number (FD3)', async () => {
  wire.answer(EVERYTHING, { errno: 1146, sqlState: '42S02' })
  expect((await get('/me')).statusCode).toBe(500)
  expect(said.join()).toContain('ER_NO_SUCH_TABLE')
})
