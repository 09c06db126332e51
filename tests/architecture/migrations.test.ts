import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../../server/migrations')

it('names engine and collation of every table, so that the defaults of the database do not matter (FD2, FD10)', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const tables = files.flatMap((name) =>
    readFileSync(path.join(folder, name), 'utf8')
      .split('--> statement-breakpoint')
      .filter((statement) => statement.includes('CREATE TABLE')),
  )
  expect(tables.length).toBeGreaterThan(40)
  const ending = /^\) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;$/m
  const unfit = tables.filter((table) => !ending.test(table))
  expect(unfit, 'end with `) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;`').toEqual([])
})
