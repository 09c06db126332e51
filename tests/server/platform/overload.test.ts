import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aWorld } from '../../support/world.ts'

// More requests than the server accepts at a time, over a real port, while the database blocks all of them.

const MOST = 512
const CROWD = 700
const RETRY_AFTER_MS = 2_000
const KEPT_MS = 500

const SHOP = 'GET /shop HTTP/1.1\r\nHost: shop\r\n\r\n'
/** Refused without the database. */
const REFRESH =
  'POST /session/refresh HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'

let world: Awaited<ReturnType<typeof aWorld>>
let url: string
const tills: Socket[] = []

beforeAll(async () => {
  world = await aWorld()
  await world.app.http.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(world.app.http.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  for (const till of tills) till.destroy()
  await world.close()
})

/** No request reaches the database until it is released. */
async function holdDatabase(): Promise<() => void> {
  const { pool } = world.server.databases
  const connections = await Promise.all(
    Array.from({ length: pool.pool.config.connectionLimit! }, () => pool.getConnection()),
  )
  return () => {
    for (const connection of connections.splice(0)) connection.release()
  }
}

const underWay = async () =>
  Number(/^pointbook_requests_under_way (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())![1])

it('answers the admitted requests, refuses the others at once, and works as before afterwards', async () => {
  const letGo = await holdDatabase()
  const refused: Response[] = []
  const answers = Array.from({ length: CROWD }, async () => {
    const answer = await fetch(`${url}/shop`)
    if (answer.status === 503) refused.push(answer)
    return answer.status
  })
  await expect.poll(() => refused.length).toBe(CROWD - MOST)
  expect(refused.every(({ headers }) => headers.get('retry-after') === '2')).toBe(true)
  expect(await refused[0]!.json()).toMatchObject({ code: 'server.busy', text: '现在人有点多，请稍后再试' })
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect(await underWay()).toBe(MOST + 1)

  letGo()
  const served = (await Promise.all(answers)).filter((status) => status === 200)
  expect(served).toHaveLength(MOST)
  expect((await fetch(`${url}/shop`)).status).toBe(200)
  expect(await underWay()).toBe(1)
})

it('counts requests of disconnected clients until their work is done', async () => {
  const letGo = await holdDatabase()
  const leaving = new AbortController()
  const gone = Array.from({ length: MOST }, () => fetch(`${url}/shop`, { signal: leaving.signal }).catch(() => 'left'))
  await expect.poll(underWay).toBe(MOST + 1)
  leaving.abort()
  await Promise.all(gone)
  expect((await fetch(`${url}/shop`)).status).toBe(503)
  letGo()
  await expect.poll(underWay).toBe(1)
})

describe('a crowd of clients', () => {
  let letGo: () => void
  let crowd: Promise<string>[]

  beforeEach(async () => {
    // Until then places are reserved for tills of the previous test, and it would be random which requests are accepted.
    await sleep(KEPT_MS)
    letGo = await holdDatabase()
    const refused: string[] = []
    crowd = Array.from({ length: CROWD }, async () => {
      const status = await aTill().ask(SHOP)
      if (status === '503') refused.push(status)
      return status
    })
    await expect.poll(() => refused.length).toBe(CROWD - MOST)
  })
  afterEach(async () => {
    letGo()
    await Promise.all(crowd)
  })

  it('is not read again before the retry time, unless there is room', async () => {
    const till = aTill()
    expect(await till.ask(REFRESH)).toBe('503')
    const asked = performance.now()
    expect(await till.ask(REFRESH)).toBe('503')
    expect(performance.now() - asked).toBeGreaterThan(RETRY_AFTER_MS * 0.8)

    const heard = till.ask(REFRESH)
    letGo()
    expect(await heard).toBe('400')
  })

  it('does not block others when it sends nothing and the server has little to do', async () => {
    const silent = await Promise.all(Array.from({ length: 3 * MOST }, () => aTill().ask(REFRESH)))
    expect(new Set(silent)).toEqual(new Set(['503']))
    letGo()
    await Promise.all(crowd)
    // Each answered request frees places that are reserved for silent connections.
    for (const newcomer of [aTill(), aTill(), aTill()]) expect(await newcomer.ask(REFRESH)).toBe('400')
  })
})

/** A connection of its own. */
function aTill() {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  tills.push(socket)
  return {
    ask: async (request: string) => {
      socket.write(request)
      const [answer] = await once(socket, 'data')
      return String(answer).slice(9, 12)
    },
  }
}
