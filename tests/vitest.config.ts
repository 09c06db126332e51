import path from 'node:path'
import { defineConfig } from 'vitest/config'

// One suite after another, the quick ones first; within a suite two files at a time, one per core of a small machine.
const suites = [
  'architecture',
  'core',
  'server',
  'races',
  'miniprogram',
  'panel',
  'bootstrap',
  'journeys',
  'statements',
]

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    maxWorkers: 2,
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: suites.map((name, index) => ({
      extends: true,
      test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], sequence: { groupOrder: index } },
    })),
  },
})
