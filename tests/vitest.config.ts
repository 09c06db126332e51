import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { suites } from '../config/bootstrap/suites.ts'

// The slowest files run first in their suite, so that no core waits for them at the end.
const slow = [
  'panel-for-everybody',
  'merchants-day',
  'interrupted',
  'first-start',
  'faults',
  'database',
  'dev',
  'repeats',
]

const suiteOf = ({ project }: TestSpecification) => suites.indexOf(project.name)
const rankOf = ({ moduleId }: TestSpecification) => {
  const rank = slow.indexOf(path.basename(moduleId, '.test.ts'))
  return rank === -1 ? slow.length : rank
}

class SuiteBySuite extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => suiteOf(a) - suiteOf(b) || rankOf(a) - rankOf(b))
  }
}

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    // Two files at a time, one per core of a small machine.
    maxWorkers: 2,
    sequence: { sequencer: SuiteBySuite },
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The last suite checks the statements that all others have sent to the database, so it runs after them.
    projects: suites.map((name) => ({
      test: {
        name,
        include: [`tests/${name}/**/*.test.{ts,tsx}`],
        sequence: { groupOrder: name === 'statements' ? 1 : 0 },
      },
    })),
  },
})
