import { existsSync, readFileSync } from 'node:fs'

/** What this test run has sent to the database so far; nothing when its tests needed none. */
export function readStatements(): string[] {
  const file = process.env.POINTBOOK_STATEMENTS
  if (!file) throw new Error('POINTBOOK_STATEMENTS is not set: run the tests with npm test')
  if (!existsSync(file)) return []
  return [...new Set(readFileSync(file, 'utf8').trim().split('\n'))]
}
