import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld } from '../support/world.ts'

// More ask than the server takes in at a time, over a real port, while the database keeps all of them waiting.

const MOST = 512
const CROWD = 700

let world: Awaited<ReturnType<typeof aWorld>>
let url: string

beforeAll(async () => {
  world = await aWorld()
  await world.app.http.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(world.app.http.server.address() as AddressInfo).port}`
})
afterAll(() => world.close())

/** Nobody's request gets through to the database until it is let go. */
async function holdDatabase(): Promise<() => void> {
  const { pool } = world.house.databases
  const held = await Promise.all(Array.from({ length: pool.pool.config.connectionLimit! }, () => pool.getConnection()))
  return () => {
    for (const connection of held) connection.release()
  }
}

const underWay = async () =>
  Number(/^pointbook_requests_under_way (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())![1])

it('answers those it took in, refuses the others at once, and is its old self afterwards', async () => {
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

it('counts work for people who have left until it is done', async () => {
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

it('reads nothing more from whoever was refused until there is room or its time has passed', async () => {
  const letGo = await holdDatabase()
  const crowd = Array.from({ length: MOST }, () => fetch(`${url}/shop`))
  await expect.poll(underWay).toBe(MOST + 1)

  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const ask = async () => {
    const asked = performance.now()
    socket.write(
      'POST /session/refresh HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
    )
    const [answer] = await once(socket, 'data')
    return { status: String(answer).slice(9, 12), tookMs: performance.now() - asked }
  }
  expect((await ask()).status).toBe('503')
  const { status, tookMs } = await ask()
  expect(status).toBe('503')
  expect(tookMs).toBeGreaterThan(1_500)

  const heard = ask()
  letGo()
  expect((await heard).status).toBe('400')
  socket.destroy()
  await Promise.all(crowd)
})
