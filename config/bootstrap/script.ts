import path from 'node:path'
import { modeOf, readEnv } from '../env.ts'
import { launch } from './children.ts'
import { productDatabase } from './database.ts'
import type { Database } from './database-opened.ts'
import { step } from './step.mjs'

/** Runs one of our TypeScript programs on this terminal and gives its exit code. */
export async function runScript(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = [process.execPath, file, ...args]
  const child = launch(file, command, { env, stdio: ['ignore', 'inherit', 'inherit'] })
  return (await child.ended) === 'exit code 0' ? 0 : 1
}

/** Runs a program on the product's database: that of a running Pointbook, otherwise one started for it. */
export async function runOnProduct(file: string, args: string[]): Promise<number> {
  const env = readEnv(process.env, { mode: modeOf(process.env) })
  const database = await step('database', (note) => productDatabase(env, note, 'use'))
  return runScript(file, args, {
    ...process.env,
    POINTBOOK_HOME: path.resolve(env.home),
    ...(env.databaseUrl ? {} : privateAddresses(database)),
  })
}

/** What a program has to be told of a private database; the operator's is in the settings, perhaps in a file. */
function privateAddresses({ url, adminUrl }: Database) {
  const admin = new URL(adminUrl)
  admin.pathname = new URL(url).pathname
  return { DATABASE_URL: url, DATABASE_ADMIN_URL: admin.href }
}
