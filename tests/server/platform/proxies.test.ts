import type { AddressInfo } from 'node:net'
import { buildApp } from '@pointbook/server/app'
import { addressOf } from '@pointbook/server/platform/proxies'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { aWorld } from '../../support/world.ts'

// Signing up is limited by address: sixty times a minute.

let world: Awaited<ReturnType<typeof aWorld>> | null = null
afterEach(async () => {
  await world?.close()
  world = null
})

/** A server that trusts these proxies. Returns how many of 70 sign-ups were refused by the rate limit. */
async function refusedOf(trustedProxies: string, forwardedFor: (attempt: number) => string): Promise<number> {
  world = await aWorld({ env: { TRUSTED_PROXIES: trustedProxies } })
  const { http } = world.app
  await http.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}/members`
  const body = JSON.stringify({ signUpTicket: 'x'.repeat(20), phoneCode: 'x', agreed: true, requestId: 'request-1' })
  const attempts = Array.from({ length: 70 }, (_, attempt) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor(attempt) }
    return fetch(url, { method: 'POST', headers, body })
  })
  const answers = await Promise.all(attempts)
  return answers.filter(({ status }) => status === 429).length
}

const VISITOR = '203.0.113.9'
const invented = (attempt: number) => `198.51.100.${attempt}`

describe('the address that a limit counts by (FS2)', () => {
  it('is the connection’s own when no proxy is trusted, with any header of the visitor', async () => {
    expect(await refusedOf('', invented)).toBe(10)
  })

  it.each(['1', '127.0.0.1', '10.0.0.0/8, 127.0.0.0/8'])(
    'is the address that nginx appended when %s is trusted, not an address that the visitor sent',
    async (trusted) => {
      expect(await refusedOf(trusted, (attempt) => `${invented(attempt)}, ${VISITOR}`)).toBe(10)
    },
  )

  it('distinguishes the visitors of a trusted proxy', async () => {
    expect(await refusedOf('127.0.0.1', invented)).toBe(0)
  })

  it('is the connection’s own when it does not come from a trusted proxy', async () => {
    expect(await refusedOf('10.0.0.0/8', invented)).toBe(10)
  })

  it('is the address that the outer of two trusted proxies appended', async () => {
    expect(await refusedOf('2', (attempt) => `${invented(attempt)}, ${VISITOR}, 10.0.0.7`)).toBe(10)
  })
})

it('logs once that a proxy is in front of a production server that trusts none (FS2)', async () => {
  world = await aWorld()
  const written: string[] = []
  const log = pino({}, { write: (line: string) => void written.push(line) })
  const app = await buildApp({ ...world.outside, log, env: { ...world.env, mode: 'production' } })
  const headers = { 'x-forwarded-for': VISITOR }
  for (const url of ['/shop', '/shop']) await app.http.inject({ url, headers })
  await app.close()
  expect(written.filter((line) => line.includes('TRUSTED_PROXIES'))).toHaveLength(1)
  expect(written.join()).not.toContain(VISITOR)
})

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:0:7:aaaa::1', '2001:db8:0:7::/64'],
  ['2001:0DB8:0:7:bbbb:1:2:3', '2001:db8:0:7::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('counts the visitor %s as %s (FS2)', (ip, address) => {
  expect(addressOf({ ip } as Parameters<typeof addressOf>[0])).toBe(address)
})
