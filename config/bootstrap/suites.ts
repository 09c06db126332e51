import { globSync } from 'node:fs'

/** The suites of tests, in the order they run: the quick ones first; the last judges what the others have sent to the database. */
export const suites = [
  'architecture',
  'releases',
  'core',
  'server',
  'races',
  'migrations',
  'fuzz',
  'miniprogram',
  'panel',
  'bootstrap',
  'journeys',
  'statements',
]

/** The needs of tests that need less or more than a database, by the beginning of their path. */
const needsNothing = ['architecture/', 'releases/', 'core/', 'statements/']
const needsBuiltServer = ['races/', 'migrations/', 'server/platform/process']
const needsAllBuilds = [
  'miniprogram/',
  'panel/served-files',
  'journeys/',
  'server/contract/answers',
  'server/platform/sandbox-page',
]

/** The test files that the arguments of vitest name by parts of their path; undefined where they name none. */
export function filesNamed(args: string[]): string[] | undefined {
  const files = globSync('tests/**/*.test.{ts,tsx}', { exclude: ['**/node_modules'] })
  const named = files.filter((file) => args.some((arg) => !arg.startsWith('-') && file.includes(arg)))
  return named.length > 0 ? named : undefined
}

/** The preparation that these tests need; all of it when no file is named. */
export function needsOf(files: string[] | undefined) {
  const lie = (file: string, places: string[]) => places.some((place) => file.startsWith(`tests/${place}`))
  return {
    database: files?.some((file) => !lie(file, needsNothing)) ?? true,
    builtServer: files?.some((file) => lie(file, needsBuiltServer)) ?? true,
    allBuilds: files?.some((file) => lie(file, needsAllBuilds)) ?? true,
  }
}
