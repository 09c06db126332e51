import { readEnv } from '@pointbook/config/env'
import { pino } from 'pino'
import { buildApp } from './app.ts'
import { requireDataKeys } from './features/shop/data-keys/keys-in-use.ts'
import { clockAhead } from './platform/clock.ts'
import { readyDatabase } from './platform/database/ready.ts'
import { UnusableDatabase } from './platform/database/unusable.ts'
import { logLastError } from './platform/last-resort.ts'
import { openSchedule } from './platform/schedule.ts'
import { openOutside } from './server.ts'
import { prepareShop, storedTravelMs } from './setup/prepare.ts'

const env = readEnv(process.env)
const logOutput = pino.destination(1)
// A full disk takes no log: the shop goes on without.
logOutput.on('error', () => {})
const log = pino({ level: env.mode === 'production' ? 'info' : 'warn' }, logOutput)

for (const warning of env.warnings) log.warn(warning)
await readyDatabase(env.databaseUrl!, { log, adminUrl: env.databaseAdminUrl }).catch(endIfUnusable)
const clock = clockAhead()
const outside = openOutside(env, { log, clock })
if (env.mode !== 'production') clock.travel(await storedTravelMs(outside.db))
await requireDataKeys(outside).catch(endIfUnusable)
const app = await buildApp(outside)
await prepareShop(app)
app.warmUp()
const schedule = openSchedule(app.jobs, app.server)
await app.http.listen({ port: env.port, host: env.host })
// Only from here on do errors carry personal data; before, the message tells what is wrong with the settings. The state of the
// process is unknown then, and a supervisor starts it again.
process.on('uncaughtException', (error: unknown) => {
  logLastError(log, error)
  process.exit(1)
})

function endIfUnusable(error: unknown): never {
  if (!(error instanceof UnusableDatabase)) throw error
  for (const fault of error.faults) log.fatal(fault)
  process.exit(1)
}

// Supervisors kill a process after ten seconds. Moves that are not committed by then have not been acknowledged.
const CLOSE_WITHIN_MS = 9_000
let closing = false

async function close() {
  if (closing) return
  closing = true
  setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref()
  schedule.close()
  await app.close()
  await outside.databases.close()
  process.exit(0)
}

process.on('SIGTERM', close)
process.on('SIGINT', close)
