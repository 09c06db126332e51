import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** Top-level declarations that can change: variables, and containers that are not typed as read-only. A WeakMap may memoise. */
const MUTABLE =
  /^(?:export )?(?:let|var) .*$|^(?:export )?const \w+(?:: (?!readonly |Readonly)[^=]+)? = (?:new (?:Map|Set)\b|\[\]|\{\}).*$/gm

it('keeps no state in the modules of core', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'server/src/core/*.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
  expect(files.length).toBeGreaterThan(40)
  const matches = files.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(MUTABLE)].map(([line]) => `${file}: ${line}`),
  )
  expect(matches).toEqual([])
})
