import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ownAddress } from '@pointbook/config/own-address'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { aDatabase } from '../../support/database.ts'
import { freePort } from '../../support/free-port.ts'

// The process as it runs in a shop, over a real port.

const home = mkdtempSync(path.join(tmpdir(), 'pointbook-test-'))
const started: ChildProcess[] = []
let database: Awaited<ReturnType<typeof aDatabase>>

beforeAll(async () => {
  database = await aDatabase()
})
afterEach(() => Promise.all(started.splice(0).map(end)))
afterAll(async () => {
  await database.drop()
  rmSync(home, { recursive: true })
})

async function end(server: ChildProcess) {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGKILL')
  await once(server, 'exit')
}

/** The server's process, and what it has written so far. */
async function aServer(databaseUrl: string, settings: Record<string, string> = {}) {
  const port = await freePort()
  const child = spawn(process.execPath, ['server/dist/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      POINTBOOK_HOME: home,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const server = { child, url: `http://localhost:${port}`, port, said: '' }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      server.said += text
    })
  return server
}

const byRoad = (port: number) => database.url.replace(/:\d+\//, `:${port}/`)

/** A port that forwards to the database and can delay its answers. */
function aRoadToDatabase(port: number) {
  const { port: onwardPort, hostname } = new URL(database.url)
  const answering: Socket[] = []
  let held = false
  const road = createServer((socket) => {
    const onward = connect(Number(onwardPort), hostname)
    for (const end of [socket, onward]) end.on('error', () => {})
    socket.pipe(onward).pipe(socket)
    answering.push(onward)
    if (held) onward.pause()
  }).listen(port, '127.0.0.1')
  return {
    hold: () => {
      held = true
      for (const each of answering) each.pause()
    },
    letGo: () => {
      held = false
      for (const each of answering) each.resume()
    },
    close: () => road.close(),
  }
}

// A busy machine takes its time to start a server.
const START_WITHIN = { timeout: 45_000 }
const ready = (url: string) => expect.poll(() => statusOf(`${url}/readyz`), START_WITHIN).toBe(200)
const statusOf = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => 'refused',
  )

it('waits at its start for a database that comes up later, and logs it once', async () => {
  const port = await freePort()
  const server = await aServer(byRoad(port))
  await expect.poll(() => server.said, START_WITHIN).toContain('waiting for the database')
  expect(await statusOf(`${server.url}/healthz`)).toBe('refused')

  const road = aRoadToDatabase(port)
  await ready(server.url)
  expect(server.said.match(/waiting for the database/g)).toHaveLength(1)
  server.child.kill('SIGTERM')
  expect(await once(server.child, 'exit')).toEqual([0, null])
  road.close()
})

it('ends at once, without its password in the log, when waiting cannot help', async () => {
  const url = new URL(database.url)
  url.password = 'not-the-password'
  const server = await aServer(url.href)
  expect(await once(server.child, 'exit')).toEqual([1, null])
  expect(server.said).toContain('refuses us (ER_ACCESS_DENIED_ERROR): see DATABASE_URL')
  expect(server.said).not.toContain('not-the-password')
})

/** A server that is up, on a road to the database. */
async function aRunningServer() {
  const port = await freePort()
  const road = aRoadToDatabase(port)
  const server = await aServer(byRoad(port))
  await ready(server.url)
  return { server, road }
}

/** A client that sends raw bytes to the server. */
async function aClient(port: number) {
  const socket = connect(port, 'localhost').on('error', () => {})
  await once(socket, 'connect')
  const client = { read: '', ask: (text: string) => socket.write(text), ended: once(socket, 'close') }
  socket.on('data', (chunk) => {
    client.read += chunk
  })
  return client
}

async function underWay(url: string): Promise<number> {
  const figures = await (await fetch(`${url}/metrics`)).text()
  return Number(/^pointbook_requests_under_way (\d+)$/m.exec(figures)![1])
}

it('completes requests under way when it is stopped, is not ready and accepts no new ones', async () => {
  const { server, road } = await aRunningServer()
  const [asking, slow] = [await aClient(server.port), await aClient(server.port)]
  road.hold()
  asking.ask('GET /shop HTTP/1.1\r\nhost: shop\r\n\r\n')
  slow.ask('GET /readyz HTTP/1.1\r\nhost: ')
  await expect.poll(() => underWay(server.url)).toBe(2)
  server.child.kill('SIGTERM')
  await expect.poll(() => statusOf(`${server.url}/healthz`)).toBe('refused')
  slow.ask('shop\r\n\r\n')
  await slow.ended
  expect(slow.read).toMatch(/^HTTP\/1.1 503 /)
  expect(asking.read).toBe('')

  road.letGo()
  expect(await once(server.child, 'exit')).toEqual([0, null])
  expect(asking.read).toMatch(/^HTTP\/1.1 200 [\s\S]*"stores":/)
  road.close()
})

it('ends within ten seconds with any behaviour of its clients and its database', async () => {
  const { server, road } = await aRunningServer()
  const [asking, silent] = [await aClient(server.port), await aClient(server.port)]
  road.hold()
  asking.ask('GET /shop HTTP/1.1\r\nhost: shop\r\n\r\n')
  silent.ask('GET /half HTTP/1.1\r\n')
  await expect.poll(() => underWay(server.url)).toBe(2)
  const toldMs = performance.now()
  server.child.kill('SIGTERM')
  await once(server.child, 'exit')
  expect(performance.now() - toldMs).toBeLessThan(10_000)
  road.close()
})

it.each([
  ['::1', { '[::1]': 200, '127.0.0.1': 'refused' }],
  ['127.0.0.1', { '[::1]': 'refused', '127.0.0.1': 200 }],
  ['::', { '[::1]': 200, '127.0.0.1': 200 }],
])('listens on the address %s and no other', async (host, expected) => {
  const { port } = await aServer(database.url, { HOST: host })
  await ready(ownAddress({ host, port }))
  const asked = Object.keys(expected).map(async (name) => [name, await statusOf(`http://${name}:${port}/healthz`)])
  expect(Object.fromEntries(await Promise.all(asked))).toEqual(expected)
})
