import { existsSync } from 'node:fs'
import { stopAll } from './children.ts'
import { explain } from './step.mjs'

const parentCheckMs = 1_000
let ending = false

const [name = '', ...args] = process.argv.slice(2)
await runCommand()

/** Runs `<name>.ts` and leaves no processes behind, after success, failure or Ctrl-C. */
async function runCommand() {
  stopOnSignals(['start', 'dev'].includes(name) ? 0 : 130)
  const onTheShop = ['start', 'dev', 'backup', 'restore', 'history', 'audit', 'admin', 'rotate-keys'].includes(name)
  const settingsFile = onTheShop && existsSync('.env')
  if (settingsFile) process.loadEnvFile('.env')
  const { main } = (await import(`./${name}.ts`)) as { main(args: string[]): Promise<number> }
  try {
    await end(await main(args))
  } catch (error) {
    if (!ending) explain(error)
    await end(1)
  }
}

async function end(exitCode: number) {
  if (ending) return
  ending = true
  await stopAll()
  process.exit(exitCode)
}

function stopOnSignals(exitCode: number) {
  // SIGHUP is left alone: nohup relies on it, and without nohup the reaper stops everything.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(exitCode))

  // The process that started this one forwards signals; when it is killed, the parent of this process changes.
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && end(1), parentCheckMs).unref()
}
