import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'

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

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}

/** The server's process, and what it has written so far. */
async function aServer(databaseUrl: string) {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/main.ts'], {
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: databaseUrl, PORT: String(port), POINTBOOK_HOME: home },
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

const statusOf = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => 'refused',
  )

it('waits at its start for a database that comes up later, and says so once', async () => {
  const port = await freePort()
  const real = new URL(database.url)
  const server = await aServer(database.url.replace(`:${real.port}/`, `:${port}/`))
  await expect.poll(() => server.said).toContain('waiting for the database')
  expect(await statusOf(`${server.url}/healthz`)).toBe('refused')

  const gate = createServer((socket) => {
    const onward = connect(Number(real.port), real.hostname)
    for (const end of [socket, onward]) end.on('error', () => {})
    socket.pipe(onward).pipe(socket)
  }).listen(port, '127.0.0.1')
  await expect.poll(() => statusOf(`${server.url}/readyz`)).toBe(200)
  expect(server.said.match(/waiting for the database/g)).toHaveLength(1)
  server.child.kill('SIGTERM')
  expect(await once(server.child, 'exit')).toEqual([0, null])
  gate.close()
})

it('gives up at once, without its password in the log, where waiting cannot help', async () => {
  const url = new URL(database.url)
  url.password = 'not-the-password'
  const server = await aServer(url.href)
  expect(await once(server.child, 'exit')).toEqual([1, null])
  expect(server.said).toContain('refuses us (ER_ACCESS_DENIED_ERROR): see DATABASE_URL')
  expect(server.said).not.toContain('not-the-password')
})
