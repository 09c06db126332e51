import { parseArgs } from 'node:util'
import { readEnv } from '@pointbook/config/env'
import { demoPolicy } from '@pointbook/config/policies/demo'
import { openBook } from '@pointbook/server/book/book'
import { policies } from '@pointbook/server/book/tables'
import { recordPurchase } from '@pointbook/server/features/earning/purchases/moves'
import { unknownBuyer } from '@pointbook/server/features/earning/purchases/receipt'
import { plainlyPaid } from '@pointbook/server/features/earning/purchases/tables'
import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { openOutside } from '@pointbook/server/server'
import { pino } from 'pino'
import { bareConnection, freshDatabase } from './database.ts'
import { fillMembers } from './fill.ts'

// The expiry job, compared with the same rows written by SQL alone, and the latency of purchases beside it.

// Half of the lots expire while nothing else runs, as with the bare statements; the others beside purchases, a day later.
const ALONE = { lastDay: '2026-06-30', now: '2026-07-01T04:00:00.000Z' }
const BESIDE = { lastDay: '2026-07-01', now: '2026-07-02T04:00:00.000Z' }
const AT_ONCE = 256
const TILLS = 8

const { values: options } = parseArgs({ options: { lots: { type: 'string', default: '1000000' } } })
const lots = Number(options.lots)
const base = process.env.DATABASE_URL!
const env = readEnv({ ...process.env, DATABASE_URL: '' }, { mode: 'test' })
const seconds = (since: number) => (performance.now() - since) / 1000

const urls = {
  bare: await freshDatabase(base, 'pointbook_expire_bare'),
  book: await freshDatabase(base, 'pointbook_expire'),
}
const filling = performance.now()
const half = Math.ceil(lots / 2)
const first = await fillMembers(urls.bare, half, env.secrets.sealSecret, ALONE.lastDay)
await fillMembers(urls.book, half, env.secrets.sealSecret, ALONE.lastDay)
const firstBeside = await fillMembers(urls.book, lots - half + TILLS, env.secrets.sealSecret, BESIDE.lastDay)
console.log(`${lots + half} lots in two databases: ${seconds(filling).toFixed(1)} s`)

const bareSeconds = await bareStatements()
console.log(`bare statements: ${bareSeconds.toFixed(1)} s, ${(half / bareSeconds).toFixed(0)} lots/s`)

let now = ALONE.now
const { server, close } = await open()
const begun = performance.now()
const points = await expirePoints(server)
const jobSeconds = seconds(begun)
console.log(`the job: ${jobSeconds.toFixed(1)} s, ${(half / jobSeconds).toFixed(0)} lots/s, ${points} points`)
console.log(`ratio ${(jobSeconds / bareSeconds).toFixed(2)} (aim: at most 3)`)

now = BESIDE.now
const quiet = await purchasesWhile(new Promise((resolve) => setTimeout(resolve, 5_000)))
const beside = await purchasesWhile(expirePoints(server))
await close()
console.log(
  `p99 of a purchase at ${TILLS} tills: ${quiet.toFixed(1)} ms without, ${beside.toFixed(1)} ms beside the job`,
)
process.exit(0)

async function bareStatements(): Promise<number> {
  const connection = await bareConnection(urls.bare)
  const hash = `x'${'07'.repeat(32)}'`
  const at = "'2026-07-01 04:00:00.000'"
  const started = performance.now()
  for (let done = 0; done < half; done += AT_ONCE) {
    const ids = Array.from({ length: Math.min(AT_ONCE, half - done) }, (_, index) => first + done + index)
    const rows = (values: (id: number) => string) => ids.map((id) => `(${values(id)})`).join(',')
    await connection.query(`BEGIN;
      UPDATE points_accounts SET balance = 0, seq = 2, expired = 100000, seal = ${hash}, last_at = ${at} WHERE member_id IN (${ids.join(',')});
      UPDATE points_lots SET remaining = 0, expired = 100000, due_on = NULL WHERE (member_id, seq) IN (${rows((id) => `${id},1`)});
      INSERT INTO points_entries (member_id, seq, kind, cause, ref, delta, debt_delta, balance_after, policy_version, why, actor, at, seal)
        VALUES ${rows((id) => `${id},2,'expire','expiry','2026-07-01',-100000,0,0,1,'[]','system',${at},${hash}`)};
      INSERT INTO points_draws VALUES ${rows((id) => `${id},2,1,100000`)};
      INSERT INTO moves (member_id, move_key, name, input_hash, outcome, at)
        VALUES ${rows((id) => `${id},'expire/2026-07-01','points.expire',${hash},'{"points":100000}',${at}`)};
      INSERT INTO outbox (topic, payload, due_at, attempts, last_error)
        VALUES ${rows((id) => `'points.expired','{"memberId":${id},"points":100000,"on":"2026-07-01"}',${at},0,''`)};
      COMMIT`)
  }
  const took = seconds(started)
  await connection.end()
  return took
}

async function open() {
  const log = pino({ level: 'silent' })
  const outside = openOutside(readEnv({ ...process.env, DATABASE_URL: urls.book }, { mode: 'test' }), {
    log,
    clock: { now: () => now } as never,
  })
  const published = {
    publishedAt: '2026-01-01T00:00:00.000Z',
    publishedBy: 'system',
    effectiveAt: '2026-01-01T00:00:00.000Z',
  }
  await outside.db.insert(policies).values({ version: 1, name: '量测', note: '', document: demoPolicy, ...published })
  const { clock, chance, offsetMinutes, databases } = outside
  const book = openBook({
    pool: databases.bookPool,
    sealSecret: env.secrets.sealSecret,
    offsetMinutes,
    now: clock.now,
    chance,
    messaged: () => {},
    log,
  })
  return {
    server: { ...outside, book },
    close: async () => {
      await book.close()
      await databases.close()
    },
  }
}

/** The 99th percentile of what purchases take until `end`, ms. */
async function purchasesWhile(end: Promise<unknown>): Promise<number> {
  const took: number[] = []
  let over = false
  const ended = end.then(() => {
    over = true
  })
  const till = async (memberId: number) => {
    while (!over) {
      const started = performance.now()
      await server.book.make(recordPurchase, {
        memberId,
        storeId: 1,
        receiptNo: `${memberId}-${started}`,
        lines: [{ name: '拿铁', category: '咖啡', quantity: 1, amountFen: 3_200 }],
        paid: plainlyPaid,
        buyer: unknownBuyer,
        actor: 'system',
      })
      took.push(performance.now() - started)
    }
  }
  await Promise.all([ended, ...Array.from({ length: TILLS }, (_, index) => till(firstBeside + lots - half + index))])
  return took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)]!
}
