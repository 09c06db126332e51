import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readEnv } from '@pointbook/config/env'
import { buildApp } from '@pointbook/server/app'
import { clockAhead } from '@pointbook/server/platform/clock'
import { openOutside } from '@pointbook/server/server'
import { pino } from 'pino'

const MOST_RUNS = 50
/** A request made while a clock was a day ahead is due a day later. */
const AHEAD_MS = 2 * 86_400_000

/** Ends every membership that is due, as the job of a second server beside the one under load. */
export async function endMemberships(databaseUrl: string): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), 'pointbook-chaos-leaving-'))
  const env = readEnv({ DATABASE_URL: databaseUrl, POINTBOOK_HOME: home }, { mode: 'test' })
  const clock = clockAhead(AHEAD_MS)
  const outside = openOutside(env, { log: pino({ level: 'silent' }), clock })
  const app = await buildApp(outside)
  const job = app.jobs.find(({ name }) => name === 'end-memberships')!
  for (let runs = 0; runs < MOST_RUNS; runs++) if ((await job.run()) === 0) break
  await app.close()
  await outside.databases.close()
  await rm(home, { recursive: true, force: true })
}
