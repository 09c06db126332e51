import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { readEnv } from '@pointbook/config/env'
import { freePort } from '../support/free-port.ts'
import { booksBalance } from './balance.ts'
import { databasePid, freshDatabase } from './database.ts'
import { fillMembers, fillShop } from './fill.ts'
import { limitOf } from './limit.ts'
import { type Measured, openLoad } from './measure.ts'
import { startNode, startServer, untilReady } from './service.ts'
import { type Usage, usageOf } from './usage.ts'
import { type Shop, works } from './works.ts'

// Code that has just been loaded is slow for its first thousands of calls; a shop's server runs for months.
const WARM_UP = { connections: 64, seconds: 3 }

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    only: { type: 'string' },
    members: { type: 'string', default: '100000' },
    connections: { type: 'string', default: '1,16,64' },
    servers: { type: 'string', default: '1' },
    json: { type: 'string' },
    profile: { type: 'string' },
  },
})
const seconds = Number(options.seconds)
const connectionCounts = options.connections.split(',').map(Number)
const only = options.only?.split(',') ?? Object.keys(works)
const unknown = only.filter((name) => !works[name])
if (unknown.length > 0 || !(seconds > 0)) {
  console.error(`bench: --only takes ${Object.keys(works).join(', ')}; --seconds a number above 0`)
  process.exit(2)
}

interface Row extends Measured {
  work: string
  connections: number
  limitPerSecond: number
  ratio: number
  /** The limit with one round trip per statement; null for reads. */
  plainPerSecond: number | null
  plainRatio: number | null
  /** The same requests to a route that does nothing; null for reads. */
  emptyPerSecond: number | null
  /** Processor time of the server for one request, ms. */
  processorMs: number
  /** Processor time of the database for one request, ms. */
  databaseMs: number
  /** Resident memory of the server at the end, MB. */
  residentMb: number
}

const base = process.env.DATABASE_URL!
const env = readEnv({ ...process.env, DATABASE_URL: '' }, { mode: 'test' })

const urls = {
  server: await freshDatabase(base, 'pointbook_bench'),
  limit: await freshDatabase(base, 'pointbook_bench_limit'),
}
const ports = await Promise.all(Array.from({ length: Number(options.servers) }, freePort))
const barePort = await freePort()
const profiled = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${path.resolve(options.profile)}`] : []
const services = ports.map((port) => startServer(urls.server, port, profiled))
const bare = startNode(['tests/bench/bare.ts', urls.server, String(barePort)])
const load = openLoad()
const database = await databasePid(base)
const rows: Row[] = []
let balanced = false
try {
  await Promise.all([...ports.map((port) => untilReady(port)), untilReady(barePort, '/balance/1')])
  const shop = await fill()
  for (const work of only) await measure(work, shop)
  print(rows)
  balanced = await booksBalance(urls.server, env.secrets.sealSecret)
} finally {
  load.close()
  bare.kill()
  for (const service of services) service.kill('SIGTERM')
  if (options.profile) await Promise.all(services.map((service) => once(service, 'exit')))
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
  const { title } = works[work]!
  const counts = { sent: 0, posted: 0 }
  const server = (connections: number, forSeconds: number) => runServer(work, shop, connections, forSeconds, counts)
  const limit = (connections: number, forSeconds: number) => runLimit(work, shop, connections, forSeconds, counts)
  const isWrite = works[work]!.limit !== undefined
  const plain = (connections: number) =>
    isWrite ? runPostings('plain', work, shop, connections, seconds, counts) : null
  const empty = (connections: number, forSeconds: number) =>
    isWrite ? runEmpty(work, shop, connections, forSeconds) : null
  await limit(WARM_UP.connections, WARM_UP.seconds)
  await empty(WARM_UP.connections, WARM_UP.seconds)
  await server(WARM_UP.connections, WARM_UP.seconds)
  for (const connections of connectionCounts) {
    // The limit and the server take turns, so that both run under the same conditions.
    const plainPerSecond = await plain(connections)
    const limitPerSecond = await limit(connections, seconds)
    const emptyPerSecond = await empty(connections, seconds)
    const before = { server: usageOfServers(), database: usageOf(database) }
    const measured = await server(connections, seconds)
    const ratio = measured.perSecond / limitPerSecond
    const plainRatio = plainPerSecond && measured.perSecond / plainPerSecond
    const { processorMs, residentMb } = usageOfServers()
    const each = (usedMs: number) => usedMs / Math.max(1, measured.done)
    rows.push({
      work,
      connections,
      ...measured,
      limitPerSecond,
      ratio,
      plainPerSecond,
      plainRatio,
      emptyPerSecond,
      processorMs: each(processorMs - before.server.processorMs),
      databaseMs: each(usageOf(database).processorMs - before.database.processorMs),
      residentMb,
    })
    const failed = measured.failed ? `, FAILED ${measured.failed}: ${measured.firstFailure}` : ''
    console.log(
      `${title}, c=${connections}: ${measured.perSecond.toFixed(0)}/s, limit ${limitPerSecond.toFixed(0)}/s, ratio ${ratio.toFixed(2)}, to plain SQL ${figure(plainRatio, 2)}${failed}`,
    )
  }
}

/** Of all servers together. */
function usageOfServers(): Usage {
  const each = services.map(({ pid }) => usageOf(pid!))
  const sum = (key: keyof Usage) => each.reduce((total, usage) => total + usage[key], 0)
  return { processorMs: sum('processorMs'), residentMb: sum('residentMb') }
}

interface Counts {
  sent: number
  posted: number
}

async function runServer(work: string, shop: Shop, connections: number, forSeconds: number, counts: Counts) {
  const order = { work, bare: false, connections, seconds: forSeconds, shop, from: counts.sent }
  const measured = await load.run({ ...order, ports })
  counts.sent += measured.done + measured.failed
  return measured
}

/** The limit without our server: for writes that of the database, for reads the bare route. */
async function runLimit(work: string, shop: Shop, connections: number, forSeconds: number, counts: Counts) {
  if (works[work]!.limit) return runPostings('tight', work, shop, connections, forSeconds, counts)
  const order = { work, bare: true, connections, seconds: forSeconds, shop, from: counts.posted }
  const { perSecond, done } = await load.run({ ...order, ports: [barePort] })
  counts.posted += done
  return perSecond
}

async function runEmpty(work: string, shop: Shop, connections: number, forSeconds: number) {
  const order = { work, bare: false, connections, seconds: forSeconds, shop, from: 0, ports: [barePort] }
  return (await load.run(order)).perSecond
}

async function runPostings(
  way: 'tight' | 'plain',
  work: string,
  shop: Shop,
  connections: number,
  forSeconds: number,
  counts: Counts,
) {
  const order = { url: urls.limit, work: works[work]!.limit!, way, connections, shop }
  const { perSecond, done } = await limitOf({ ...order, seconds: forSeconds, from: counts.posted })
  counts.posted += done
  return perSecond
}

function figure(value: number | null, digits: number) {
  return value?.toFixed(digits) ?? '–'
}

function print(all: Row[]) {
  const line = (cells: (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(34) : String(cell).padStart(10))).join('')
  console.log(
    `\n${line(['work', 'c', 'per s', 'p50 ms', 'p99 ms', 'limit/s', 'ratio', 'plain/s', 'ratio', 'empty/s', 'server ms', 'db ms', 'MB'])}`,
  )
  for (const { work, connections, perSecond, p50Ms, p99Ms, limitPerSecond, ratio, plainPerSecond, ...used } of all)
    console.log(
      line([
        works[work]!.title,
        connections,
        perSecond.toFixed(0),
        p50Ms.toFixed(1),
        p99Ms.toFixed(1),
        limitPerSecond.toFixed(0),
        ratio.toFixed(2),
        figure(plainPerSecond, 0),
        figure(used.plainRatio, 2),
        figure(used.emptyPerSecond, 0),
        used.processorMs.toFixed(2),
        used.databaseMs.toFixed(2),
        used.residentMb.toFixed(0),
      ]),
    )
}
