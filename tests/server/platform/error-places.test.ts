import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { placesOf } from '../../../server/src/platform/places.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'pointbook-places-'))
afterAll(() => rmSync(folder, { recursive: true }))

const withStack = (...places: string[]): Error => {
  const error = new Error('13800000000')
  error.stack = ['Error: 13800000000', ...places.map((place) => `    at ${place}`)].join('\n')
  return error
}

it('names the places of an error in a bundle by its sources, without the message', () => {
  const built = path.join(folder, 'dist/main.js')
  mkdirSync(path.dirname(built))
  // AASA: line 1, column 1 of the bundle stand for line 10, column 1 of the first source; what follows on the line stands as far from there.
  const map = { version: 3, sources: ['../src/fail.ts'], names: [], mappings: 'AASA' }
  writeFileSync(`${built}.map`, JSON.stringify(map))
  const places = placesOf(withStack(`fail (file://${built}:1:40)`, `${built}:1:1`, 'node:internal/timers:5:9'))
  const source = path.join(folder, 'src/fail.ts')
  expect(places.split('\n')).toEqual([
    `    at fail (${source}:10:40)`,
    `    at ${source}:10:1`,
    '    at node:internal/timers:5:9',
  ])
})

it('keeps eight places, and those of files without a map as they are', () => {
  const places = placesOf(withStack(...Array.from({ length: 9 }, (_, i) => `${folder}/other.js:${i + 1}:1`))).split(
    '\n',
  )
  expect(places).toHaveLength(8)
  expect(places[0]).toBe(`    at ${folder}/other.js:1:1`)
})

it('has no places for an error without a stack', () => {
  const error = new Error()
  error.stack = undefined
  expect(placesOf(error)).toBe('')
})
