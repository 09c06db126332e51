import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { suites } from '../config/bootstrap/suites.ts'

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    // One suite after another; within a suite two files at a time, one per core of a small machine.
    maxWorkers: 2,
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: suites.map((name, index) => ({
      test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], sequence: { groupOrder: index } },
    })),
  },
})
