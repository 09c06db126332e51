import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readEnv } from '@pointbook/config/env'
import { freePort } from '../support/free-port.ts'
import { freshDatabase } from './database.ts'
import { fillMembers, fillShop } from './fill.ts'
import { startServer, untilReady } from './service.ts'
import type { Stormed, StormOrder } from './storm.ts'
import { usageOf } from './usage.ts'
import { type Shop, works } from './works.ts'

// Ten times the server's capacity: requests served and refused, memory, and the time to recover.

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    members: { type: 'string', default: '20000' },
    times: { type: 'string', default: '10' },
    json: { type: 'string' },
  },
})
const seconds = Number(options.seconds)
const times = Number(options.times)
const members = Number(options.members)

// Enough tills to keep the server busy, few enough that none is refused.
const TILLS = 256
const WARM_UP_SECONDS = 5
const QUIET_PURCHASES = 100
const PURCHASES_WELL = 5
const WATCH_MS = 200

const env = readEnv({ ...process.env, DATABASE_URL: '' }, { mode: 'test' })
const url = await freshDatabase(process.env.DATABASE_URL!, 'pointbook_overload')
const firstMember = await fillMembers(url, members, env.secrets.sealSecret)
const mark = Date.now().toString(36)
const { jwtSecret } = env.secrets
const shop: Shop = {
  ...(await fillShop(url, firstMember)),
  jwtSecret,
  firstMember,
  members,
  clerkId: firstMember,
  mark,
}
const port = await freePort()
const server = startServer(url, port)
const child = fork(fileURLToPath(new URL('./storm.ts', import.meta.url)))
let made = 0
try {
  await untilReady(port)
  const figures = await measure()
  print(figures)
  if (options.json) writeFileSync(options.json, JSON.stringify(figures, null, 2))
} finally {
  child.kill()
  server.kill('SIGTERM')
}

async function measure() {
  await storm(TILLS, WARM_UP_SECONDS, 0)
  const capacity = await timed(TILLS, 0)
  const quietMs = await quietPurchases()
  const residentMb = { before: residentNow(), peak: 0, after: 0 }
  const watch = setInterval(() => {
    residentMb.peak = Math.max(residentMb.peak, residentNow())
  }, WATCH_MS)
  const tills = TILLS * times
  // All tills together send `times` the server's capacity: a refused one tries again after this time.
  const pauseMs = (1000 * tills) / (times * capacity.acceptedPerSecond)
  const over = await timed(tills, pauseMs)
  const recoveryMs = await recovery(quietMs)
  clearInterval(watch)
  await sleep(5_000)
  residentMb.after = residentNow()
  return {
    at: new Date().toISOString(),
    node: process.version,
    tills,
    pauseMs,
    capacity,
    over,
    residentMb,
    quietMs,
    recoveryMs,
  }
}

function print({
  tills,
  capacity,
  over,
  residentMb: { before, peak, after },
  quietMs,
  recoveryMs,
}: Awaited<ReturnType<typeof measure>>) {
  const share = percent(over.acceptedPerSecond / capacity.acceptedPerSecond)
  const offered = over.acceptedPerSecond + over.refusedPerSecond
  const rows = [
    ['capacity', `${perSecond(capacity.acceptedPerSecond)}, p99 ${ms(capacity.acceptedP99Ms)} (${TILLS} tills)`],
    [
      'offered',
      `${perSecond(offered)}, ${(offered / capacity.acceptedPerSecond).toFixed(1)} × capacity (${tills} tills)`,
    ],
    ['accepted', `${perSecond(over.acceptedPerSecond)}, ${share} of capacity, p99 ${ms(over.acceptedP99Ms)}`],
    ['refused', `${perSecond(over.refusedPerSecond)}, p99 ${ms(over.refusedP99Ms)}`],
    ['neither', over.failed ? `${over.failed}: ${over.firstFailure}` : '0'],
    ['processor', `${percent(capacity.processor)} of one at capacity, ${percent(over.processor)} in the storm`],
    ['memory', `${before.toFixed(0)} MB before, ${peak.toFixed(0)} at most, ${after.toFixed(0)} after`],
    ['recovery', `${ms(recoveryMs)} until purchases take no more than before, ${ms(quietMs)}`],
  ]
  for (const [name, text] of rows) console.log(`${name!.padEnd(10)} ${text}`)
}

function perSecond(rate: number) {
  return `${rate.toFixed(0)}/s`
}

function ms(value: number) {
  return `${value.toFixed(0)} ms`
}

function percent(share: number) {
  return `${Math.round(100 * share)} %`
}

function residentNow() {
  return usageOf(server.pid!).residentMb
}

/** A storm, and the processor share of the server during it, which explains the figures on a busy machine. */
async function timed(connections: number, pauseMs: number) {
  const before = usageOf(server.pid!).processorMs
  const begun = performance.now()
  const stormed = await storm(connections, seconds, pauseMs)
  const processor = (usageOf(server.pid!).processorMs - before) / (performance.now() - begun)
  return { ...stormed, processor }
}

async function storm(connections: number, forSeconds: number, pauseMs: number): Promise<Stormed> {
  child.send({ port, connections, seconds: forSeconds, pauseMs, shop, from: made } satisfies StormOrder)
  const [stormed] = (await once(child, 'message')) as [Stormed]
  made += stormed.made
  return stormed
}

/** What one purchase takes, ms; infinite when it is refused. */
async function purchase(): Promise<number> {
  const { path, headers, body } = works.earn!.requests(shop, made++)()!
  const started = performance.now()
  const init = { method: 'POST', headers: headers as Record<string, string>, body: String(body) }
  const answer = await fetch(`http://localhost:${port}${path}`, init)
  await answer.text()
  return answer.ok ? performance.now() - started : Number.POSITIVE_INFINITY
}

/** The slowest of a hundred purchases one after another. */
async function quietPurchases(): Promise<number> {
  const took: number[] = []
  for (let count = 0; count < QUIET_PURCHASES; count++) took.push(await purchase())
  return Math.max(...took)
}

/** From the end of the storm until five purchases in a row have been as quick as before it. */
async function recovery(quietMs: number): Promise<number> {
  const ended = performance.now()
  let recoveredMs = 0
  for (let well = 0; well < PURCHASES_WELL; well++) {
    if ((await purchase()) <= quietMs) continue
    well = -1
    recoveredMs = performance.now() - ended
  }
  return recoveredMs
}
