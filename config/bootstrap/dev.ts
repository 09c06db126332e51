import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type Env, modeOf, readEnv } from '../env.ts'
import { ownAddress } from '../own-address.ts'
import type { Child } from './children.ts'
import { productDatabase } from './database.ts'
import { watchDiskSpace } from './disk-space.ts'
import { requireFreePort } from './ports.ts'
import { endOf, type Service, startService } from './services.ts'
import { step, Trouble } from './step.mjs'

const command = 'npm run dev'
const readyWithinMs = 300_000 // The first start makes the demo data, and the mini-program is compiled from nothing.

/** npm run dev: the demo from its sources. Every part reloads when its files change, until the command is stopped. */
export async function main(): Promise<number> {
  const env = await step('settings', () => demoSettings())
  const addresses = addressesOf(env)
  await step('ports', async () => {
    await requireFreePort(env.sandboxPort, 'SANDBOX_PORT', command)
    for (const port of [env.port, addresses.panelPort, addresses.previewPort])
      await requireFreePort(port, 'PORT', command)
  })

  const home = path.resolve(env.home)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const database = await step('database', (note) => productDatabase(env, note, 'refuse'))
  const known = env.databaseUrl ? {} : { DATABASE_URL: database.url }
  const childEnv = { ...process.env, ...known, NODE_ENV: 'development', POINTBOOK_HOME: home }
  const parts = await Promise.all(
    partsOf(env, addresses, childEnv).map((part) => step(part.name, () => startService(part))),
  )
  watchDiskSpace(home)
  printAddresses(env, addresses)
  throw await Promise.race([database.lost, ...parts.map((part: Child) => endOf(part))])
}

function demoSettings(): Env {
  if (modeOf(process.env) === 'production')
    throw new Trouble(`${command} serves the demo only.`, { advice: 'Unset NODE_ENV, or run npm start.' })
  const env = readEnv(process.env)
  if ([1, 2].includes(env.sandboxPort - env.port))
    throw new Trouble(`${command} needs the two ports after PORT for itself: SANDBOX_PORT is one of them.`)
  return env
}

type Addresses = ReturnType<typeof addressesOf>

/** The panel's and the preview's servers use the ports after the API's, so that PORT moves all three. */
function addressesOf({ host, port, sandboxPort }: Env) {
  const [panelPort, previewPort] = [port + 1, port + 2]
  return {
    panelPort,
    previewPort,
    api: ownAddress({ host, port }),
    panel: `http://localhost:${panelPort}`,
    preview: `http://localhost:${previewPort}`,
    sandbox: `http://localhost:${sandboxPort}`,
  }
}

function partsOf(
  env: Env,
  { panelPort, previewPort, api, panel, preview, sandbox }: Addresses,
  own: NodeJS.ProcessEnv,
) {
  const watching = (main: string) => [process.execPath, '--watch', '--watch-preserve-output', main]
  const parts: Pick<Service, 'name' | 'command' | 'folder' | 'env' | 'readyUrl'>[] = [
    {
      name: 'WeChat sandbox',
      command: watching('server/sandbox/main.ts'),
      // It opens the preview beside its phones; its push reaches the server through that of the preview.
      env: { ...own, PUBLIC_URL: preview },
      readyUrl: `${sandbox}/healthz`,
    },
    { name: 'server', command: watching('server/src/main.ts'), env: own, readyUrl: `${api}/readyz` },
    {
      name: 'panel',
      command: ['node_modules/.bin/vite', '--port', `${panelPort}`, '--strictPort', '--clearScreen', 'false'],
      folder: 'server/panel',
      env: { ...own, POINTBOOK_API: api },
      readyUrl: `${panel}/panel/`,
    },
    {
      name: 'mini-program',
      command: ['node_modules/.bin/taro', 'build', '--type', 'h5', '--watch'],
      folder: 'miniprogram',
      env: { ...own, POINTBOOK_API: api, PREVIEW_PORT: `${previewPort}`, TARO_APP_API: env.publicUrl },
      readyUrl: `${preview}/m/`,
    },
  ]
  return parts.map((part): Service => ({ ...part, named: true, readyWithinMs }))
}

function printAddresses({ adminLogin, adminPassword, home }: Env, { api, panel, preview, sandbox }: Addresses) {
  const lines = [
    ['Mini-program preview', `${preview}/m/`],
    ['Merchant panel', `${panel}/panel/   log in as ${adminLogin} / ${adminPassword}`],
    ['WeChat sandbox', `${sandbox}/`],
    ['API reference', `${api}/docs`],
    ['Data', `${home}, the same as npm start uses; Ctrl-C stops everything`],
  ]
  console.log('\nPointbook follows its sources')
  for (const [what = '', where] of lines) console.log(`  ${what.padEnd(22)} ${where}`)
}
