import { rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { stopAll } from '@pointbook/config/bootstrap/children'
import type { OperatorSetting } from './setting.ts'
import { settings } from './settings.ts'
import { tryOut } from './trial.ts'

const { values: options } = parseArgs({ options: { only: { type: 'string' } } })
const tried: Record<string, OperatorSetting> = settings
const names = options.only?.split(',') ?? Object.keys(tried)
if (names.some((name) => !tried[name])) {
  console.error(`engines: --only takes ${Object.keys(tried).join(', ')}`)
  process.exit(2)
}

process.on('SIGTERM', async () => {
  await stopAll()
  process.exit(1)
})
const folder = path.join(process.env.POINTBOOK_HOME!, 'database')
let passed = true
for (const name of names) {
  const setting = tried[name]!
  const begunMs = performance.now()
  const wrongs = await tryOut(setting, folder).finally(stopAll)
  passed &&= wrongs.length === 0
  console.log(
    `${wrongs.length === 0 ? '✓' : '✗'} ${name.padEnd(24)} ${setting.title} (${((performance.now() - begunMs) / 1000).toFixed(0)} s)`,
  )
  for (const wrong of wrongs) console.log(`    ${wrong}`)
}
if (passed) await rm(folder, { recursive: true, force: true })
console.log(passed ? `${names.length} settings: the shop works, or says why not` : 'THE SHOP FAILS')
process.exit(passed ? 0 : 1)
