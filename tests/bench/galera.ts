import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { stopAll } from '@pointbook/config/bootstrap/children'
import { runScript } from '@pointbook/config/bootstrap/script'
import { openCluster } from '../chaos/galera/cluster.ts'

// The bench of postings on three nodes that commit together.

const WORKS = ['--only', 'earn,check-in,redeem,redeem-hot', '--connections', '64', '--members', '20000']

process.on('SIGTERM', async () => {
  await stopAll()
  process.exit(1)
})
const folder = path.join(process.env.POINTBOOK_HOME!, 'galera')
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true, mode: 0o700 })
try {
  const nodes = await openCluster(folder)
  if (!nodes) throw new Error('Galera cannot be installed')
  const env = { ...process.env, DATABASE_URL: nodes[0]!.url }
  process.exitCode = await runScript('tests/bench/main.ts', [...WORKS, ...process.argv.slice(2)], env)
} finally {
  await stopAll()
  await rm(folder, { recursive: true, force: true })
}
