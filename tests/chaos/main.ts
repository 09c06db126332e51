import { writeFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { stopAll } from '@pointbook/config/bootstrap/children'
import type { Fault } from './faults/fault.ts'
import { faults } from './faults/index.ts'
import { loseNodes } from './galera/trial.ts'
import { print, type Row, type Tried, wrongsOf } from './report.ts'
import { openStage } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    only: { type: 'string' },
    clients: { type: 'string', default: '64' },
    galera: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const seconds = Number(options.seconds)
const clients = Number(options.clients)
const only = options.only?.split(',') ?? Object.keys(faults)
if (only.some((name) => !faults[name]) || !(seconds > 0) || !(clients > 0)) {
  console.error(`chaos: --only takes ${Object.keys(faults).join(', ')}; --seconds and --clients a number above 0`)
  process.exit(2)
}

process.on('SIGTERM', async () => {
  await stopAll()
  process.exit(1)
})
const rows: Row[] = []
if (options.galera) await report('galera', 'lose a node of three, then another', loseNodes)
else
  for (const name of only) {
    const fault = faults[name]!
    await report(name, fault.title, (folder) => breakShop(folder, fault))
  }
const passed = rows.every((row) => wrongsOf(row).length === 0)
if (options.json)
  writeFileSync(
    options.json,
    JSON.stringify({ at: new Date().toISOString(), node: process.version, seconds, clients, passed, rows }, null, 2),
  )
console.log(passed ? 'nothing lost, nothing doubled; the books balance' : 'THE BOOKS ARE WRONG')
process.exit(passed ? 0 : 1)

async function report(name: string, fault: string, trial: typeof loseNodes) {
  const folder = path.join(process.env.POINTBOOK_HOME!, name)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const row = { fault, ...(await trial(folder, clients, seconds).finally(stopAll)) }
  rows.push(row)
  print(row)
  // Failed runs are kept for inspection.
  if (wrongsOf(row).length === 0) await rm(folder, { recursive: true, force: true })
}

async function breakShop(folder: string, fault: Fault): Promise<Tried> {
  const disk = await fault.disk?.(folder)
  if (disk && !disk.mounted) return { omitted: disk.why }
  const stage = await openStage(folder, clients)
  try {
    const times = await fault.make(stage, seconds)
    return { times, troubles: stage.clients.troubles, ...(await stage.verdict()) }
  } finally {
    await stopAll()
    stage.wire.close()
    if (disk) await disk.unmount()
  }
}
