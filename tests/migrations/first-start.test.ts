import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { aDatabaseWire, type DatabaseWire } from '../support/database-wire.ts'
import { freePort } from '../support/free-port.ts'
import { rowsOf } from './schema.ts'

const KILLS = 2
const home = mkdtempSync(path.join(tmpdir(), 'pointbook-first-start-'))
const databases: Awaited<ReturnType<typeof aDatabase>>[] = []
let wire: DatabaseWire
let sandboxPort: number

// The phones of the sandbox that belong to staff, and one that belongs to a member of long standing.
const people = ['店员小赵', '店长老钱', '周子墨'].map((name, index) => ({ openid: `sandbox:${index}`, name }))
const sandbox = createServer((_, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(people))
})

beforeAll(async () => {
  databases.push(await aDatabase(), await aDatabase())
  const { hostname, port } = new URL(databases[0]!.url)
  wire = await aDatabaseWire({ host: hostname, port: Number(port) })
  sandboxPort = await freePort()
  sandbox.listen(sandboxPort, 'localhost')
})
afterAll(async () => {
  wire.close()
  sandbox.close()
  for (const { drop } of databases) await drop()
  rmSync(home, { recursive: true })
})

/** Starts a demo and kills it with its statement of that number, or as soon as it serves. Returns how many statements it sent. */
async function startAndKill(url: string, at = Number.POSITIVE_INFINITY): Promise<number> {
  const port = await freePort()
  let statements = 0
  let server: ChildProcess | undefined
  wire.decide(() => {
    statements++
    if (statements < at) return null
    server?.kill('SIGKILL')
    return 'lost before'
  })
  const settings = { DATABASE_URL: wire.through(url), PORT: String(port), SANDBOX_PORT: String(sandboxPort) }
  server = spawn(process.execPath, ['server/dist/main.js'], {
    env: { ...process.env, ...settings, NODE_ENV: 'demo', POINTBOOK_HOME: home },
    stdio: 'ignore',
  })
  const ended = once(server, 'exit')
  // A start that continues a killed one may print less.
  while (server.exitCode === null && server.signalCode === null && !(await serves(port))) await sleep(100)
  server.kill('SIGKILL')
  await ended
  wire.decide(null)
  return statements
}

const serves = (port: number) =>
  fetch(`http://localhost:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )

/** What the demo consists of, without what differs each time. */
async function shopOf(url: string) {
  const counts = [
    ...['policies', 'admins', 'stores', 'mall_items', 'mall_stock', 'staff', 'staff_stores', 'members', 'member_tags'],
    ...['points_entries', 'points_lots', 'points_draws', 'purchases', 'check_ins', 'orders'],
  ]
  const settings: Record<string, unknown> = {}
  for (const table of counts)
    settings[table] = (await rowsOf<{ rows: number }>(url, `SELECT COUNT(*) AS \`rows\` FROM ${table}`))[0]!.rows
  // What a job has noted by then depends on when the server was stopped.
  settings['settings'] = await rowsOf(
    url,
    "SELECT name FROM settings WHERE name NOT IN ('personal-data.sealed', 'audit-log.seals') ORDER BY name",
  )
  settings['members'] = await rowsOf(
    url,
    `SELECT m.nickname, a.balance, a.purchases, a.spend_fen FROM members m JOIN points_accounts a ON a.member_id = m.id
      ORDER BY m.nickname, m.phone_tail`,
  )
  return settings
}

it('makes the whole demo after first starts that were killed at any step (FD11)', async () => {
  const [whole, killed] = databases.map(({ url }) => url) as [string, string]
  const statements = await startAndKill(whole)
  for (let kill = 1; kill <= KILLS; kill++) await startAndKill(killed, Math.floor((statements * kill) / (KILLS + 1)))
  await startAndKill(killed)
  expect(await shopOf(killed)).toEqual(await shopOf(whole))
}, 480_000)
