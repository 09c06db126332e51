import { parseArgs } from 'node:util'
import { demoPolicy } from '@pointbook/config/policies/demo'
import { replay } from '@pointbook/server/features/backtest/replay'
import { openDatabase } from '@pointbook/server/platform/database/pool'
import { freshDatabase } from './database.ts'
import { fillPurchases } from './fill.ts'
import { thirtyRules } from './thirty-rules.ts'

// A back-test over many purchases of three lines each: the shop's demo policy, then one of thirty rules.

const { values: options } = parseArgs({ options: { purchases: { type: 'string', default: '1000000' } } })
const purchases = Number(options.purchases)
const seconds = (since: number) => (performance.now() - since) / 1000

const url = await freshDatabase(process.env.DATABASE_URL!, 'pointbook_backtest')
const filling = performance.now()
await fillPurchases(url, purchases)
console.log(`${purchases.toLocaleString('en')} purchases in a database: ${seconds(filling).toFixed(1)} s`)

const databases = openDatabase(url)
for (const policy of [demoPolicy, thirtyRules]) {
  const begun = performance.now()
  const processor = process.cpuUsage()
  const wanted = { policy, from: '2024-01-01', until: '2025-12-31', offsetMinutes: 480 }
  const { would } = await replay(databases.db, wanted, () => {})
  const { user, system } = process.cpuUsage(processor)
  console.log(
    `${policy.name}: ${seconds(begun).toFixed(1)} s, of them ${((user + system) / 1e6).toFixed(1)} s of the processor; ${would} points`,
  )
}
await databases.close()
