import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { limits } from '@pointbook/server/platform/limits'
import type { Endpoint } from '@pointbook/shared/contract/http'
import { contract } from '@pointbook/shared/contract/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { largestJson } from '../../support/largest-json.ts'
import { aPartner, signedHeaders } from '../../support/partner.ts'
import { aWorld } from '../../support/world.ts'

// The limits per client, over a real port.

let world: Awaited<ReturnType<typeof aWorld>>
let port: number

beforeAll(async () => {
  world = await aWorld()
  await world.app.http.listen({ port: 0, host: '127.0.0.1' })
  port = (world.app.http.server.address() as AddressInfo).port
})
afterAll(() => world.close())

/** A connection as a careless or hostile client holds it. */
async function aConnection() {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  await once(socket, 'connect')
  const openedMs = performance.now()
  const connection = { socket, read: '', ended: once(socket, 'close').then(() => performance.now() - openedMs) }
  socket.on('data', (chunk) => {
    connection.read += chunk
  })
  return connection
}

const POST = 'POST /sessions/wechat HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n'
const GET = 'GET /healthz HTTP/1.1\r\nhost: shop\r\n'

describe.concurrent('a slow client', () => {
  it('has ten seconds for the headers', async () => {
    const { socket, ended } = await aConnection()
    socket.write(GET)
    const dribble = setInterval(() => socket.write('x-more: 1\r\n'), 500)
    const tookMs = await ended
    clearInterval(dribble)
    expect(tookMs).toBeGreaterThan(limits.headersMs - 1_000)
    expect(tookMs).toBeLessThan(limits.headersMs + 5_000)
  })

  it('has ten seconds before the first byte', async () => {
    const { ended } = await aConnection()
    expect(await ended).toBeLessThan(limits.headersMs + 5_000)
  })

  it('has fifteen seconds for the whole request', async () => {
    const connection = await aConnection()
    connection.socket.write(`${POST}content-length: 1000\r\n\r\n{`)
    const dribble = setInterval(() => connection.socket.write(' '), 500)
    const tookMs = await connection.ended
    clearInterval(dribble)
    expect(tookMs).toBeGreaterThan(limits.requestMs - 1_000)
    expect(tookMs).toBeLessThan(limits.requestMs + 5_000)
    expect(connection.read).toContain('408')
  })
})

describe('a client that sends too much', () => {
  it('is refused before the body has come', async () => {
    const connection = await aConnection()
    connection.socket.write(`${POST}content-length: 10000000\r\n\r\n{`)
    await connection.ended
    expect(connection.read).toMatch(/^HTTP\/1.1 413 [\s\S]*"code":"input.too-large"/)
  })

  it('is refused for a body without length, after reading no more than the limit', async () => {
    const connection = await aConnection()
    const piece = 'a'.repeat(16_384)
    connection.socket.write(`${POST}transfer-encoding: chunked\r\n\r\n`)
    let sent = 0
    while (connection.read === '' && sent < 10_000_000) {
      connection.socket.write(`4000\r\n${piece}\r\n`)
      sent += piece.length
      await sleep(2)
    }
    expect(connection.read).toMatch(/^HTTP\/1.1 413 [\s\S]*"code":"input.too-large"/)
    expect(sent).toBeLessThan(2_000_000)
    connection.socket.destroy()
  })

  it('is refused with more headers than the limit', async () => {
    const connection = await aConnection()
    connection.socket.write(GET + `x-flood: ${'a'.repeat(1_000)}\r\n`.repeat(20))
    await connection.ended
    expect(connection.read).toMatch(/^HTTP\/1.1 431 /)
  })

  it('may send a picture only to operations for pictures', async () => {
    const operations = Object.entries<Endpoint>(contract).filter(([, { body }]) => body)
    const payload = `"${'a'.repeat(limits.bodyBytes)}"`
    const storeId = await world.aStore()
    const partner = await aPartner(world, [storeId])
    const speakers = {
      public: world.anyone(),
      member: await world.asMember(await world.aMember()),
      clerk: await world.aClerk([storeId], 'manager'),
      admin: await world.asAdmin(),
    }
    for (const [op, { large, for: audience }] of operations) {
      const [method, path] = op.split(' ') as ['POST', string]
      const url = path.replaceAll(/:\w+/g, '1')
      const caller =
        audience === 'partner'
          ? signedHeaders(partner, { method, path: url, body: payload })
          : speakers[audience].headers
      const headers = { ...caller, 'content-type': 'application/json' }
      const { statusCode } = await world.app.http.inject({ method, url, headers, payload })
      expect([op, statusCode === 413]).toEqual([op, !large])
    }
  })

  it('is never a client with valid input of any operation', () => {
    const cramped = Object.entries<Endpoint>(contract)
      .filter(([, { body, large }]) => body && !large && largestJson(body) > limits.bodyBytes)
      .map(([op]) => op)
    expect(cramped).toEqual([])
  })
})

it('closes the connection of a client that sends requests and reads no replies', async () => {
  const { server } = world.app.http
  expect(server.timeout).toBe(limits.silenceMs)
  server.setTimeout(1_000)
  const [deaf, slow] = [await aConnection(), await aConnection()]
  server.setTimeout(limits.silenceMs)
  const ask = 'GET /docs/json HTTP/1.1\r\nhost: shop\r\n\r\n'
  for (const { socket } of [deaf, slow]) socket.pause().write(ask.repeat(40))
  const reading = setInterval(() => {
    slow.socket.resume()
    setTimeout(() => slow.socket.pause(), 20)
  }, 100)
  await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(1)
  expect(slow.read.length).toBeGreaterThan(0)
  clearInterval(reading)
  slow.socket.destroy()
  deaf.socket.destroy()
})

it('accepts a limited number of connections and drops the next', async () => {
  const { server } = world.app.http
  expect(server.maxConnections).toBe(limits.connections)
  server.maxConnections = 2
  const [first, second, third] = [await aConnection(), await aConnection(), await aConnection()]
  await third.ended
  for (const { socket } of [first, second]) socket.write(`${GET}\r\n`)
  await expect.poll(() => [first.read, second.read].map((text) => text.slice(9, 12))).toEqual(['200', '200'])
  server.maxConnections = limits.connections
  for (const { socket } of [first, second]) socket.destroy()
})
