import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../../server/migrations')

it('lets the text of every table compare by its bytes, whatever database it is put into', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const tables = files.flatMap((name) =>
    readFileSync(path.join(folder, name), 'utf8')
      .split('--> statement-breakpoint')
      .filter((statement) => statement.includes('CREATE TABLE')),
  )
  expect(tables.length).toBeGreaterThan(40)
  expect(tables.filter((table) => !table.includes('COLLATE utf8mb4_bin'))).toEqual([])
})
