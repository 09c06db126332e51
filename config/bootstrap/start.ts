import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type Env, readEnv } from '../env.ts'
import { ownAddress } from '../own-address.ts'
import { buildAll } from './builds.ts'
import { productDatabase } from './database.ts'
import { watchDiskSpace } from './disk-space.ts'
import { requireFreePort } from './ports.ts'
import { keepService, program } from './services.ts'
import { step } from './step.mjs'

const sandboxReadyWithinMs = 30_000
const serverReadyWithinMs = 300_000 // The first start migrates the database and makes the demo data.

/** npm start: prepares everything the product needs and runs it until it is stopped. */
export async function main(): Promise<number> {
  const env = await step('settings', (note) => {
    const settings = readEnv(process.env)
    note(settings.mode === 'production' ? 'production' : 'demo')
    return settings
  })
  const live = env.mode === 'production'
  await step('ports', async () => {
    await requireFreePort(env.port, 'PORT')
    if (!live) await requireFreePort(env.sandboxPort, 'SANDBOX_PORT')
  })

  const home = path.resolve(env.home)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const database = await step('database', (note) => productDatabase(env, note, 'refuse'))
  await buildAll(process.env['TARO_APP_API'] || env.publicUrl, { preview: !live })

  // In production the log belongs to whatever runs this command; in the demo the terminal stays readable.
  const logFile = (name: string) => (live ? undefined : path.join(home, 'logs', `${name}.log`))
  const childEnv = { ...process.env, POINTBOOK_HOME: home }
  const sandbox = live
    ? undefined
    : await step('WeChat sandbox', () =>
        keepService({
          name: 'WeChat sandbox',
          command: program('server/sandbox/main.ts'),
          env: childEnv,
          readyUrl: `http://localhost:${env.sandboxPort}/healthz`,
          readyWithinMs: sandboxReadyWithinMs,
          logFile: logFile('sandbox'),
        }),
      )
  const server = await step('server', () =>
    keepService({
      name: 'server',
      command: program('server/dist/main.js'),
      env: { ...childEnv, ...(env.databaseUrl ? {} : { DATABASE_URL: database.url }) },
      readyUrl: `${ownAddress(env)}/readyz`,
      readyWithinMs: serverReadyWithinMs,
      logFile: logFile('server'),
    }),
  )
  watchDiskSpace(home)
  printAddresses(env)
  throw await Promise.race([database.lost, server.lost, ...(sandbox ? [sandbox.lost] : [])])
}

function printAddresses(env: Env) {
  console.log('\nPointbook is ready')
  for (const [what = '', where] of addressesOf(env)) console.log(`  ${what.padEnd(22)} ${where}`)
}

/** The addresses to print: only a demo has a preview of the mini-program and a local WeChat. */
export function addressesOf({ mode, publicUrl, sandboxPort, adminLogin, adminPassword, home }: Env): string[][] {
  const demo = mode !== 'production'
  return [
    ...(demo ? [['Mini-program preview', `${publicUrl}/m/`]] : []),
    ['Merchant panel', `${publicUrl}/panel/${demo ? `   log in as ${adminLogin} / ${adminPassword}` : ''}`],
    ...(demo ? [['WeChat sandbox', `http://localhost:${sandboxPort}/`]] : []),
    ['API reference', `${publicUrl}/docs`],
    ['WeChat DevTools', 'open this folder; project.config.json points at the built mini-program'],
    ...(demo ? [['This is a demo', `data and logs in ${home}; Ctrl-C stops it`]] : []),
  ]
}
