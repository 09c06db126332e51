import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../../../server/src/core/assets')

it('the arithmetic of lots does not contain the word points', () => {
  const files = readdirSync(folder)
  expect(files.length).toBeGreaterThan(4)
  // The name of the project and of its packages is no amount.
  const spoken = (file: string) =>
    /points?\b/i.test(readFileSync(path.join(folder, file), 'utf8').replaceAll('@pointbook', ''))
  expect(files.filter(spoken)).toEqual([])
})
