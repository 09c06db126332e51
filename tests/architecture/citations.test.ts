import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const list = 'tests/README.md'

const CODE = '(?:F[A-Z]\\d+|Law\\d+|[A-O]\\d+)'
const CITATION = new RegExp(`\\(${CODE}(?:, ${CODE})*\\)`, 'g')
const ITEM = new RegExp(`^- (${CODE}): .+`, 'gm')

const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')

function citedCodes(): Map<string, string> {
  const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.md'], { cwd: root, encoding: 'utf8' })
  const places = new Map<string, string>()
  for (const file of files
    .trim()
    .split('\n')
    .filter((name) => name !== list))
    for (const [citation] of textOf(file).matchAll(CITATION))
      for (const code of citation.slice(1, -1).split(', ')) places.set(code, file)
  return places
}

const listed = [...textOf(list).matchAll(ITEM)].map(([, code = '']) => code)
const cited = citedCodes()

it('finds more than 150 citations in the repository', () => {
  expect(cited.size).toBeGreaterThan(150)
})

it(`finds each code that is cited in ${list}, once`, () => {
  expect([...cited].filter(([code]) => !listed.includes(code)).map(([code, file]) => `${code} in ${file}`)).toEqual([])
  expect(listed.filter((code, index) => listed.indexOf(code) !== index)).toEqual([])
})

it(`finds each code of ${list} cited by a test or a comment`, () => {
  expect(listed.filter((code) => !cited.has(code))).toEqual([])
})
