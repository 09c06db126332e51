import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

const readmes = execFileSync('git', ['ls-files', '*README.md', '.github/*.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')

/** A path in backticks, or the target of a link. */
const NAMED = /`((?:[\w.-]+\/)+(?:[\w.-]+\.(?:ts|tsx|mjs|json|md))?)`|\]\(([\w./-]+)(?:#[\w-]+)?\)/g
// Files that the reader creates, or that are in the data folder.
const examples = /wishes|make-old-shop|^files\//

// A README names files from the root, or from its own folder or one in it.
const placesOf = (readme: string) => {
  const folder = path.dirname(readme)
  return ['.', folder, path.join(folder, 'src'), 'server/src', 'server/panel/src', 'miniprogram/src']
}

it('names only files and folders that are there in a README', () => {
  expect(readmes.length).toBeGreaterThan(9)
  const missing = readmes.flatMap((readme) =>
    [...readFileSync(path.join(root, readme), 'utf8').matchAll(NAMED)]
      .map(([, named, linked]) => (named ?? linked)!)
      .filter((named) => !examples.test(named))
      .filter((named) => !placesOf(readme).some((place) => existsSync(path.join(root, place, named))))
      .map((named) => `${named} in ${readme}`),
  )
  expect(missing).toEqual([])
})
