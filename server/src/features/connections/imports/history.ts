import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readEnv } from '@pointbook/config/env'
import { firstPolicy } from '@pointbook/config/policies/first'
import { group } from '@pointbook/shared/money'
import { Refusal } from '@pointbook/shared/refusals'
import { pino } from 'pino'
import { auditLedger, BY_ITSELF } from '../../../book/audit.ts'
import { openBook } from '../../../book/book.ts'
import { auditParts } from '../../../features.ts'
import { readyDatabase } from '../../../platform/database/ready.ts'
import { UnusableDatabase } from '../../../platform/database/unusable.ts'
import { openOutside, type Server } from '../../../server.ts'
import { policyInForce, publishFirst } from '../../points/policy/store.ts'
import { requireDataKeys } from '../../shop/data-keys/keys-in-use.ts'
import { logHistory } from './moves.ts'
import { type Field, fields, type Names, NoHistory } from './rows.ts'
import { type ImportTotals, takeHistory } from './take.ts'

const USAGE = `npm run history -- FILE [--columns ${fields[0]}=NAME,${fields[1]}=NAME,…]`
const REJECTS_SHOWN = 100
const BAR_WIDTH = 30

// A process of its own: takes the history of a file into the database that DATABASE_URL names.
process.exitCode = await main().catch((error) => {
  clearLine()
  if (error instanceof NoHistory || error instanceof UnusableDatabase)
    console.error(`Nothing was taken: ${error.message}`)
  else if (error instanceof Refusal)
    console.error(`Stopped: ${error.code}. Run it again: what is recorded will not be recorded twice.`)
  else throw error
  return 1
})

async function main(): Promise<number> {
  const { file, names } = readArguments()
  const server = await openServer()
  try {
    const startedMs = performance.now()
    const totals = await takeHistory(server, { file, names, onReject: showReject(), onProgress: showProgress })
    clearLine()
    const seconds = (performance.now() - startedMs) / 1000
    await note(server, basename(file), totals)
    return await report(server, basename(file), totals, seconds)
  } finally {
    await server.book.close()
    await server.databases.close()
  }
}

function readArguments(): { file: string; names: Names } {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { columns: { type: 'string' } } })
  const [file, ...more] = positionals
  if (!file || more.length > 0) throw new NoHistory(`name one file: ${USAGE}`)
  const pairs = (values.columns ?? '').split(',').filter(Boolean)
  const names: Names = {}
  for (const pair of pairs) {
    const [field = '', ...name] = pair.split('=')
    if (!isField(field) || name.length === 0) throw new NoHistory(`--columns knows ${fields.join(', ')}, not "${pair}"`)
    names[field] = name.join('=')
  }
  return { file, names }
}

function isField(text: string): text is Field {
  return fields.some((field) => field === text)
}

async function openServer(): Promise<Server> {
  const env = readEnv(process.env)
  if (!env.databaseUrl) throw new Error('DATABASE_URL is not set')
  const log = pino({ level: 'warn' })
  await readyDatabase(env.databaseUrl, { log, adminUrl: env.databaseAdminUrl })
  const outside = openOutside(env, { log })
  const { databases, offsetMinutes, clock, chance } = outside
  const { sealSecret } = env.secrets
  // The server, when it runs, finds the messages by itself.
  const book = openBook({
    pool: databases.bookPool,
    sealSecret,
    offsetMinutes,
    now: clock.now,
    chance,
    messaged: () => {},
    log,
  })
  await requireDataKeys(outside)
  await publishFirst(outside, firstPolicy(outside.env))
  return { ...outside, book }
}

function showReject() {
  let shown = 0
  return (line: number, reason: string) => {
    shown += 1
    if (shown > REJECTS_SHOWN + 1) return
    clearLine()
    console.error(shown > REJECTS_SHOWN ? '… and more, counted below' : `line ${line}: ${reason}`)
  }
}

function showProgress(readShare: number, { newPurchases, alreadyThere }: ImportTotals) {
  if (!process.stderr.isTTY) return
  const done = Math.round(readShare * BAR_WIDTH)
  const bar = '█'.repeat(done) + '░'.repeat(BAR_WIDTH - done)
  process.stderr.write(`\r${bar} ${Math.round(readShare * 100)} %  ${group(newPurchases + alreadyThere)} purchases`)
}

function clearLine() {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}

/** Keeps in the audit log that it happened. */
function note({ book }: Server, file: string, { newPurchases, newMembers, points, ended = 0 }: ImportTotals) {
  const text = `导入历史消费「${file}」：新增会员 ${newMembers} 位、消费 ${newPurchases} 笔，共 ${points} 分${ended > 0 ? `，其中 ${ended} 分已过有效期，随即到期` : ''}`
  return book.make(logHistory, { run: randomUUID(), text })
}

async function report(server: Server, file: string, totals: ImportTotals, seconds: number): Promise<number> {
  const { newMembers, newPurchases, alreadyThere, rejected, points, ended = 0 } = totals
  const { pointsPerYuan } = (await policyInForce(server.db, server.clock.now())).document
  const { sealSecret } = server.env.secrets
  const audit = await auditLedger(server.databases.pool, {
    parts: auditParts,
    sealSecret,
    pointsPerYuan,
    entriesAtOnce: BY_ITSELF,
  })
  const seals = audit.checks.find(({ id }) => id === 'seals')!
  const faults = audit.checks.flatMap((check) => check.faults)
  const rate = Math.round((newPurchases + alreadyThere) / seconds)
  const lines = {
    members: `${group(newMembers)} new`,
    purchases: `${group(newPurchases + alreadyThere)}: ${group(newPurchases)} new, ${group(alreadyThere)} already there`,
    rejected: group(rejected),
    points: ended > 0 ? `${group(points)}, ${group(ended)} ended as past their last day` : group(points),
    time: `${seconds.toFixed(1)} s, ${group(rate)} purchases/s`,
    audit: audit.passed ? `in order, ${group(seals.checked)} entries` : faults.join('; '),
  }
  console.log(file)
  for (const [name, text] of Object.entries(lines)) console.log(`  ${name.padEnd(10)} ${text}`)
  if (rejected > 0)
    console.error(
      `${file}: rows not taken: ${group(rejected)}. Correct them and run it again; what is recorded stays as it is.`,
    )
  return audit.passed && rejected === 0 ? 0 : 1
}
