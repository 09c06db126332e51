import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readEnv } from '@pointbook/config/env'
import { auditLedger } from '@pointbook/server/book/audit'
import { migrate } from '@pointbook/server/platform/database/migrate'
import mysql from 'mysql2/promise'
import { fillMembers, fillShop } from './fill.ts'
import { limitOf } from './limit.ts'
import { type Measured, openLoad } from './measure.ts'
import { type Shop, works } from './works.ts'

const root = path.resolve(import.meta.dirname, '../..')
const CONNECTIONS = [1, 16, 64]

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    only: { type: 'string' },
    members: { type: 'string', default: '100000' },
    json: { type: 'string' },
  },
})
const seconds = Number(options.seconds)
const only = options.only?.split(',') ?? Object.keys(works)
const unknown = only.filter((name) => !works[name])
if (unknown.length > 0 || !(seconds > 0)) {
  console.error(`bench: --only takes ${Object.keys(works).join(', ')}; --seconds a number above 0`)
  process.exit(2)
}

interface Row extends Measured {
  work: string
  connections: number
  limitPerSecond: number | null
  ratio: number | null
}

const base = process.env.DATABASE_URL!
const env = readEnv({ ...process.env }, { mode: 'test' })

const urls = { server: await freshDatabase('pointbook_bench'), limit: await freshDatabase('pointbook_bench_limit') }
const port = await freePort()
const server = await startServer()
const load = openLoad()
const rows: Row[] = []
let balanced = false
try {
  const shop = await fill()
  for (const work of only) await measure(work, shop)
  print(rows)
  balanced = await audit()
} finally {
  load.close()
  server.kill('SIGTERM')
}
if (options.json)
  writeFileSync(
    options.json,
    JSON.stringify(
      {
        at: new Date().toISOString(),
        node: process.version,
        seconds,
        members: Number(options.members),
        balanced,
        rows,
      },
      null,
      2,
    ),
  )
process.exit(balanced && rows.every(({ failed }) => failed === 0) ? 0 : 1)

async function freshDatabase(name: string): Promise<string> {
  const connection = await mysql.createConnection({ uri: base })
  await connection.query(`DROP DATABASE IF EXISTS ${name}`)
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  await connection.end()
  const url = new URL(base)
  url.pathname = `/${name}`
  await migrate(url.href)
  return url.href
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: found } = probe.address() as { port: number }
      probe.close(() => resolve(found))
    })
  })
}

async function startServer() {
  const settings = { ...process.env, NODE_ENV: 'test', DATABASE_URL: urls.server, PORT: String(port) }
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/main.ts'], {
    cwd: root,
    env: settings,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  for (let tries = 0; tries < 300; tries++) {
    const ready = await fetch(`http://localhost:${port}/readyz`).catch(() => null)
    if (ready?.ok) return child
    await sleep(100)
  }
  throw new Error('the server did not start')
}

async function fill(): Promise<Shop> {
  const members = Number(options.members)
  const begun = performance.now()
  const firstMember = await fillMembers(urls.server, members, env.secrets.sealSecret)
  await fillMembers(urls.limit, members, env.secrets.sealSecret)
  const shop = await fillShop(urls.server, firstMember)
  await fillShop(urls.limit, firstMember)
  console.log(`${members} members in two databases: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  return {
    ...shop,
    jwtSecret: env.secrets.jwtSecret,
    firstMember,
    members,
    clerkId: firstMember,
    mark: Date.now().toString(36),
  }
}

async function measure(work: string, shop: Shop) {
  const { title, limit } = works[work]!
  let [sent, posted] = [0, 0]
  for (const connections of CONNECTIONS) {
    // The limit and the server take turns, so that both meet the machine in the same state.
    const bare = limit ? await limitOf(urls.limit, limit, connections, seconds, shop, posted) : null
    posted += bare?.done ?? 0
    const measured = await load.run({ url: `http://localhost:${port}`, work, connections, seconds, shop, from: sent })
    sent += measured.done + measured.failed
    const ratio = bare ? measured.perSecond / bare.perSecond : null
    rows.push({ work, connections, ...measured, limitPerSecond: bare?.perSecond ?? null, ratio })
    const beside = bare ? `, limit ${bare.perSecond.toFixed(0)}/s, ratio ${ratio!.toFixed(2)}` : ''
    console.log(
      `${title}, c=${connections}: ${measured.perSecond.toFixed(0)}/s${beside}${measured.failed ? `, FAILED ${measured.failed}: ${measured.firstFailure}` : ''}`,
    )
  }
}

function print(all: Row[]) {
  const line = (cells: (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(34) : String(cell).padStart(10))).join('')
  console.log(`\n${line(['work', 'c', 'per s', 'p50 ms', 'p99 ms', 'limit/s', 'ratio'])}`)
  for (const { work, connections, perSecond, p50Ms, p99Ms, limitPerSecond, ratio } of all)
    console.log(
      line([
        works[work]!.title,
        connections,
        perSecond.toFixed(0),
        p50Ms.toFixed(1),
        p99Ms.toFixed(1),
        limitPerSecond?.toFixed(0) ?? '–',
        ratio?.toFixed(2) ?? '–',
      ]),
    )
}

async function audit(): Promise<boolean> {
  const pool = mysql.createPool({ uri: urls.server, dateStrings: true, timezone: 'Z' })
  const report = await auditLedger(pool, { sealSecret: env.secrets.sealSecret, pointsPerYuan: 100 })
  await pool.end()
  const faults = report.checks.filter(({ passed }) => !passed)
  console.log(
    report.passed
      ? `\nthe books balance (audited in ${(report.tookMs / 1000).toFixed(1)} s)`
      : `\nTHE BOOKS DO NOT BALANCE: ${JSON.stringify(faults)}`,
  )
  return report.passed
}
