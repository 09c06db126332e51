import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { stopAll } from '@pointbook/config/bootstrap/children'
import type { Fault } from './faults/fault.ts'
import { faults } from './faults/index.ts'
import { openStage } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    only: { type: 'string' },
    clients: { type: 'string', default: '64' },
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
const home = process.env.POINTBOOK_HOME!

interface Row {
  fault: string
  /** Why this machine cannot make it; the figures are then 0. */
  omitted?: string
  times: number
  acknowledged: number
  /** Answers that did not come, that said to come again, and that were failures of the server's own. */
  unanswered: number
  busy: number
  failed: number
  lost: string[]
  doubled: string[]
  faults: string[]
}

process.on('SIGTERM', async () => {
  await stopAll()
  process.exit(1)
})
const rows: Row[] = []
for (const name of only) {
  const row = await trial(name, faults[name]!)
  rows.push(row)
  console.log(line(row))
  for (const wrong of wrongsOf(row).slice(0, 20)) console.log(`    ${wrong}`)
}
const passed = rows.every((row) => wrongsOf(row).length === 0)
if (options.json)
  writeFileSync(
    options.json,
    JSON.stringify({ at: new Date().toISOString(), node: process.version, seconds, clients, passed, rows }, null, 2),
  )
console.log(passed ? 'nothing lost, nothing doubled; the books balance' : 'THE BOOKS ARE WRONG')
process.exit(passed ? 0 : 1)

async function trial(name: string, fault: Fault): Promise<Row> {
  const folder = path.join(home, name)
  await rm(folder, { recursive: true, force: true })
  const row = { fault: fault.title, times: 0, acknowledged: 0, unanswered: 0, busy: 0, failed: 0 }
  const disk = await fault.disk?.(folder)
  if (disk && !disk.mounted) return { ...row, omitted: disk.why, lost: [], doubled: [], faults: [] }

  const stage = await openStage(folder, clients)
  try {
    const times = await fault.make(stage, seconds)
    const verdict = await stage.verdict()
    const { lost: unanswered, busy, failed } = stage.clients.troubles
    return { ...row, times, unanswered, busy, failed, ...verdict }
  } finally {
    await stopAll()
    stage.wire.close()
    if (disk) await disk.unmount()
  }
}

function wrongsOf({ lost, doubled, faults: others }: Row): string[] {
  return [...others, ...lost.map((mark) => `lost: ${mark}`), ...doubled.map((mark) => `doubled: ${mark}`)]
}

function line({ fault, omitted, times, acknowledged, unanswered, busy, failed, lost, doubled, faults: others }: Row) {
  if (omitted) return `– ${fault}: not made here, ${omitted}`
  const mark = lost.length + doubled.length + others.length > 0 ? '✗' : '✓'
  const troubles = `without an answer ${unanswered}, told to come again ${busy}, failed ${failed}`
  return `${mark} ${fault}, ${times} times: acknowledged ${acknowledged}, lost ${lost.length}, doubled ${doubled.length} (${troubles})`
}
