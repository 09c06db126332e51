import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readEnv } from '@pointbook/config/env'
import { demoPolicy } from '@pointbook/config/policies/demo'
import { openBacktests } from '@pointbook/server/features/points/back-test/run'
import { openOutside } from '@pointbook/server/server'
import { pino } from 'pino'
import { freshDatabase } from './database.ts'
import { fillPurchases } from './fill.ts'
import { thirtyRules } from './thirty-rules.ts'

// A back-test over many purchases of three lines each, as the panel starts it: the shop's demo policy, then one of thirty rules.

const { values: options } = parseArgs({ options: { purchases: { type: 'string', default: '1000000' } } })
const purchases = Number(options.purchases)
const seconds = (since: number) => (performance.now() - since) / 1000

const databaseUrl = await freshDatabase(process.env.DATABASE_URL!, 'pointbook_backtest')
const filling = performance.now()
await fillPurchases(databaseUrl, purchases)
console.log(`${purchases.toLocaleString('en')} purchases in a database: ${seconds(filling).toFixed(1)} s`)

const env = readEnv({ ...process.env, DATABASE_URL: databaseUrl }, { mode: 'test' })
const outside = openOutside(env, { log: pino({ level: 'error' }) })
const backtests = openBacktests(outside)
for (const policy of [demoPolicy, thirtyRules]) {
  const begun = performance.now()
  const processor = process.cpuUsage()
  const wanted = { policy, from: '2024-01-01', until: '2025-12-31', requestId: policy.name }
  const view = await backtests.start(wanted, async () => {})
  const { state, result } = await ended(view.id)
  const { user, system } = process.cpuUsage(processor)
  console.log(
    `${policy.name}: ${seconds(begun).toFixed(1)} s, of them ${((user + system) / 1e6).toFixed(1)} s of the processor; ${state}, ${result?.would} points`,
  )
}
await outside.databases.close()

async function ended(id: string) {
  for (;;) {
    const run = (await backtests.list()).find((one) => one.id === id)!
    if (run.state !== 'running') return run
    await sleep(50)
  }
}
