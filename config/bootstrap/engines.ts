import path from 'node:path'
import { readEnv } from '../env.ts'
import { buildServer } from './builds.ts'
import { runScript } from './script.ts'

/** npm run engines: a shop over a private database with each setting that an operator may have made, judged by its books. */
export async function main(args: string[]) {
  await buildServer()
  const home = path.resolve(readEnv(process.env).home, 'engines')
  return runScript('tests/engines/main.ts', args, { ...process.env, POINTBOOK_HOME: home })
}
