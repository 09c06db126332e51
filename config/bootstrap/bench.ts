import path from 'node:path'
import { readEnv } from '../env.ts'
import { buildServer } from './builds.ts'
import { openDatabase } from './database.ts'
import { useDatabase } from './database-given.ts'
import type { Database } from './database-opened.ts'
import { runScript } from './script.ts'
import { step } from './step.mjs'

const scripts: Record<string, string> = {
  core: 'tests/bench/core.ts',
  backtest: 'tests/bench/backtest.ts',
  expire: 'tests/bench/expire.ts',
  overload: 'tests/bench/overload.ts',
  large: 'tests/bench/large.ts',
  galera: 'tests/bench/galera.ts',
}

/**
 * npm run bench: measures on its own databases, named pointbook_…, on the server of DATABASE_URL, whose user may create
 * databases; otherwise on a private one that is as durable as the product's.
 */
export async function main(args: string[]) {
  const home = path.resolve(readEnv(process.env).home, 'bench')
  const database = await step('database', (note) => databaseFor(process.env['DATABASE_URL'], home, note))
  await buildServer()
  const [name = '', ...rest] = args
  const script = scripts[name]
  return runScript(script ?? 'tests/bench/main.ts', script ? rest : args, {
    ...process.env,
    POINTBOOK_HOME: home,
    DATABASE_URL: database.adminUrl,
  })
}

/** The server of DATABASE_URL, otherwise a private one in a folder of `home`. */
export const databaseFor = (
  databaseUrl: string | undefined,
  home: string,
  note: (text: string) => void,
): Promise<Database> =>
  databaseUrl
    ? useDatabase(databaseUrl, note)
    : openDatabase({ folder: path.join(home, 'database'), durable: true, note })
