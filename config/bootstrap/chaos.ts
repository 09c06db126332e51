import path from 'node:path'
import { readEnv } from '../env.ts'
import { buildServer } from './builds.ts'
import { runScript } from './script.ts'

/** npm run chaos: breaks a shop under load, whose server and database are its own, and judges its books. */
export async function main(args: string[]) {
  await buildServer()
  const home = path.resolve(readEnv(process.env).home, 'chaos')
  return runScript('tests/chaos/main.ts', args, { ...process.env, POINTBOOK_HOME: home })
}
