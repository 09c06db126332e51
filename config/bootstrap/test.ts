import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { readEnv } from '../env.ts'
import { requireBrowser, requireChineseFont } from './browser.ts'
import { buildAll, buildServer } from './builds.ts'
import { launch, stopAll } from './children.ts'
import { claim } from './claim.mjs'
import { openDatabase } from './database.ts'
import { stopLeftover } from './database-folder.ts'
import { step } from './step.mjs'
import { filesNamed, needsOf } from './suites.ts'

interface Results {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** npm test [-- VITEST ARGUMENTS]: everything the tests need, then the tests; ends with `N passed, N failed`. */
export async function main(args: string[]): Promise<number> {
  const home = path.resolve(readEnv({ POINTBOOK_HOME: process.env['POINTBOOK_HOME'] }).home)
  const folder = path.join(home, `test-${process.pid}`)
  const resultsFile = path.join(folder, 'results.json')
  await removeLeftovers(home)
  try {
    const env = await prepare(folder, args)
    const vitest = ['tests/node_modules/.bin/vitest', 'run', '--config=tests/vitest.config.ts']
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`]
    const judge = filesNamed(args) ? ['tests/statements/log'] : []
    const child = launch('vitest', [...vitest, ...reporters, ...args, ...judge], {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    return report(resultsFile, (await child.ended) === 'exit code 0')
  } finally {
    await stopAll()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Prepares only what the named files need: `npm test -- core/earning` needs neither a database nor builds. */
async function prepare(folder: string, args: string[]): Promise<NodeJS.ProcessEnv> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'test',
    POINTBOOK_TEST_FOLDER: folder,
    ...recording(folder),
  }
  const { database, builtServer, allBuilds } = needsOf(filesNamed(args))
  // Another database than our own may be tested by naming its administrator's address.
  if (database)
    env['POINTBOOK_TEST_DATABASE_URL'] ||= await step('database', async (note) => {
      const { adminUrl } = await openDatabase({ folder, durable: false, note })
      return adminUrl
    })
  if (allBuilds) await buildAll(process.env['TARO_APP_API'] || 'http://localhost:8080')
  else if (builtServer) await buildServer()
  if (!allBuilds) return env
  env['CHROMIUM_PATH'] = await step('browser', requireBrowser)
  await step('Chinese font', requireChineseFont)
  return env
}

/** Every process of the run, also those that tests start, logs the statements it sends; the last suite judges them. */
function recording(folder: string): NodeJS.ProcessEnv {
  mkdirSync(folder, { recursive: true })
  const recorder = pathToFileURL(path.resolve('tests/statements/record.mjs'))
  return {
    POINTBOOK_STATEMENTS: path.join(folder, 'statements.log'),
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${recorder}`,
  }
}

/** A file that failed to load has no tests in it, and an error outside any test fails none; both count as one failure. */
function report(resultsFile: string, wasGood: boolean): number {
  const none: Results = { numPassedTests: 0, numFailedTests: 0, testResults: [] }
  const results: Results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : none
  const unloaded = results.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const counted = results.numFailedTests + unloaded.length
  const failed = counted === 0 && !wasGood ? 1 : counted
  console.log(`\n${results.numPassedTests} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** Folders of test runs that were killed before they could remove them. */
async function removeLeftovers(home: string) {
  if (!existsSync(home)) return
  for (const name of readdirSync(home).filter((entry) => /^test-\d+$/.test(entry))) {
    const folder = path.join(home, name)
    const { holder, release } = await claim(folder)
    if (holder) continue
    await stopLeftover(folder)
    release()
    await rm(folder, { recursive: true, force: true })
  }
}
