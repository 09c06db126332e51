import { writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readEnv } from '@pointbook/config/env'
import mysql from 'mysql2/promise'
import { freePort } from '../support/free-port.ts'
import { booksBalance } from './balance.ts'
import { databasePid, freshDatabase } from './database.ts'
import { fillHistories, fillMembers, fillShop } from './fill.ts'
import { openLoad } from './measure.ts'
import { startServer, untilReady } from './service.ts'
import { usageOf } from './usage.ts'
import type { Shop } from './works.ts'

// A large shop beside one of the usual size: first with all of its rows in the database's memory, then with a fifth of them.

const { values: options } = parseArgs({
  options: {
    members: { type: 'string', default: '1000000' },
    'small-members': { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'earn,redeem-hot' },
    memory: { type: 'string', default: 'warm,cold' },
    /** Uses the databases that an earlier run has left. */
    again: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const seconds = Number(options.seconds)
const rounds = Number(options.rounds)
const CONNECTIONS = 64
// With a fifth of the rows in memory it takes a while until the most used ones are cached.
const WARM_UP_SECONDS = { warm: 20, cold: 60 }
const COLD_SHARE = 5
/** Of the machine's. */
const MOST_MEMORY = 0.7
const MB = 2 ** 20
// The database rounds the size to chunks of its own.
const POOL_STEP_MB = 256

interface Server {
  name: 'small' | 'large'
  url: string
  port: number
  shop: Shop
  sent: number
}

interface Row {
  work: string
  memory: 'warm' | 'cold'
  smallPerSecond: number
  largePerSecond: number
  ratio: number
  smallP99Ms: number
  largeP99Ms: number
  /** Pages read from the disk for one request to the large shop. */
  pagesRead: number
}

const base = process.env.DATABASE_URL!
const { secrets } = readEnv({ ...process.env, DATABASE_URL: '' }, { mode: 'test' })
const admin = await mysql.createConnection(base)
const benchServers = [
  await openServer('small', Number(options['small-members'])),
  await openServer('large', Number(options.members)),
]
const [small, large] = benchServers as [Server, Server]
const load = openLoad()
const database = await databasePid(base)
const dataMb = await sizeMb('large')
const memories = [
  { memory: 'warm', poolMb: Math.min(Math.ceil(dataMb * 1.25), Math.floor((totalmem() / MB) * MOST_MEMORY)) },
  { memory: 'cold', poolMb: Math.ceil(dataMb / COLD_SHARE) },
] as const
const rows: Row[] = []
const servers = benchServers.map(({ url, port }) => startServer(url, port))
let balanced = false
try {
  await Promise.all(benchServers.map(({ port }) => untilReady(port)))
  for (const { memory, poolMb } of memories.filter((one) => options.memory.split(',').includes(one.memory))) {
    await resizePool(poolMb)
    if (memory === 'warm') for (const { name } of [large, small]) await readAll(name)
    for (const work of options.only.split(',')) rows.push(await compare(work, memory))
  }
  print()
  balanced = await booksBalance(large.url, secrets.sealSecret)
} finally {
  load.close()
  for (const server of servers) server.kill('SIGTERM')
}
if (options.json)
  writeFileSync(options.json, JSON.stringify({ at: new Date().toISOString(), dataMb, balanced, rows }, null, 2))
process.exit(balanced ? 0 : 1)

async function openServer(name: Server['name'], members: number): Promise<Server> {
  const begun = performance.now()
  const database = `pointbook_bench_${name}`
  const url = options.again ? base.replace(/\/[^/]*$/, `/${database}`) : await freshDatabase(base, database)
  const firstMember = options.again ? await firstIn(database) : await fillMembers(url, members, secrets.sealSecret)
  if (name === 'large' && !options.again) await fillHistories(url, firstMember, members, secrets.sealSecret)
  // A shop of an earlier run makes room for this one's.
  for (const rows of ['policies WHERE version = 2', 'staff', 'staff_stores'])
    await admin.query(`DELETE FROM ${database}.${rows}`)
  const shop = await fillShop(url, firstMember)
  console.log(`${name}: ${members} members, ${((performance.now() - begun) / 1000).toFixed(0)} s`)
  const { jwtSecret } = secrets
  const mark = Date.now().toString(36)
  return {
    name,
    url,
    port: await freePort(),
    shop: { ...shop, jwtSecret, firstMember, members, clerkId: firstMember, mark },
    // Uses other members than an earlier run.
    sent: Math.floor(Math.random() * members),
  }
}

async function firstIn(database: string): Promise<number> {
  const [[row]] = await admin.query<mysql.RowDataPacket[]>(
    `SELECT MIN(id) AS id FROM ${database}.members WHERE id > 20000000`,
  )
  return row!.id
}

async function sizeMb(name: Server['name']): Promise<number> {
  const [[row]] = await admin.query<mysql.RowDataPacket[]>(
    'SELECT SUM(data_length + index_length) AS bytes FROM information_schema.tables WHERE table_schema = ?',
    [`pointbook_bench_${name}`],
  )
  return Math.ceil(Number(row!.bytes) / MB)
}

async function resizePool(poolMb: number) {
  await admin.query('SET GLOBAL innodb_buffer_pool_size = ?', [poolMb * MB])
  for (let now = 0; Math.abs(now - poolMb) > POOL_STEP_MB; await sleep(100)) {
    const [[row]] = await admin.query<mysql.RowDataPacket[]>('SELECT @@innodb_buffer_pool_size AS bytes')
    now = row!.bytes / MB
  }
  console.log(`${dataMb} MB of data, ${poolMb} MB of memory for them`)
}

/** Brings every page of what moves touch into the database's memory. */
async function readAll(name: Server['name']) {
  for (const table of ['points_accounts', 'points_entries', 'points_lots', 'moves', 'members', 'points_draws'])
    await admin.query(`SELECT COUNT(*) FROM pointbook_bench_${name}.${table} FORCE INDEX (PRIMARY)`)
}

async function compare(work: string, memory: Row['memory']): Promise<Row> {
  for (const server of benchServers) await run(server, work, WARM_UP_SECONDS[memory])
  const measured = { small: [] as Run[], large: [] as Run[] }
  // The shops take turns, so that both run under the same conditions.
  for (let round = 0; round < rounds; round++)
    for (const server of benchServers) measured[server.name].push(await run(server, work, seconds))
  const mean = (runs: Run[], of: keyof Run) => runs.reduce((sum, one) => sum + one[of], 0) / runs.length
  const [smallPerSecond, largePerSecond] = [mean(measured.small, 'perSecond'), mean(measured.large, 'perSecond')]
  return {
    work,
    memory,
    smallPerSecond,
    largePerSecond,
    ratio: largePerSecond / smallPerSecond,
    smallP99Ms: mean(measured.small, 'p99Ms'),
    largeP99Ms: mean(measured.large, 'p99Ms'),
    pagesRead: mean(measured.large, 'pagesRead'),
  }
}

interface Run {
  perSecond: number
  p99Ms: number
  pagesRead: number
}

async function run(server: Server, work: string, forSeconds: number): Promise<Run> {
  const { shop, port, sent } = server
  const before = { pages: await pagesRead(), databaseMs: usageOf(database).processorMs }
  const order = { ports: [port], work, bare: false, connections: CONNECTIONS, seconds: forSeconds, shop, from: sent }
  const { done, failed, firstFailure, perSecond, p99Ms } = await load.run(order)
  if (failed) throw new Error(`${failed} failed: ${firstFailure}`)
  server.sent += done
  const pages = ((await pagesRead()) - before.pages) / done
  console.log(
    `${server.name} ${work}: ${perSecond.toFixed(0)}/s, p99 ${p99Ms.toFixed(0)} ms, ${pages.toFixed(1)} pages read, database ${((usageOf(database).processorMs - before.databaseMs) / done).toFixed(2)} ms`,
  )
  return { perSecond, p99Ms, pagesRead: pages }
}

async function pagesRead(): Promise<number> {
  const [[row]] = await admin.query<mysql.RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Innodb_pages_read'")
  return Number(row!.Value)
}

function print() {
  const line = (cells: (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(18) : String(cell).padStart(12))).join('')
  console.log(`\n${line(['work', 'memory', 'small/s', 'large/s', 'ratio', 'small p99', 'large p99', 'pages read'])}`)
  for (const row of rows)
    console.log(
      line([
        row.work,
        row.memory,
        row.smallPerSecond.toFixed(0),
        row.largePerSecond.toFixed(0),
        row.ratio.toFixed(2),
        row.smallP99Ms.toFixed(0),
        row.largeP99Ms.toFixed(0),
        row.pagesRead.toFixed(1),
      ]),
    )
}
