import { migrate } from '@pointbook/server/platform/database/migrate'
import { readMigrations } from '@pointbook/server/platform/database/migration-files'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { rowsOf, schemaOf } from './schema.ts'

let database: Awaited<ReturnType<typeof aDatabase>>
beforeEach(async () => {
  database = await aDatabase()
  // Tables that an operator's database may contain.
  await rowsOf(database.url, 'ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci')
})
afterEach(() => database.drop())

const foreignTexts = async () =>
  (await schemaOf(database.url)).filter((line) =>
    / collation_name=(?!utf8mb4_bin |null )| table_collation=(?!utf8mb4_bin$)/.test(line),
  )
const otherEngines = async () => (await schemaOf(database.url)).filter((line) => / engine=(?!InnoDB )/.test(line))

it('compares every text by its bytes, and stores every table in InnoDB, whatever the defaults are (FD10, FD2)', async () => {
  await migrate(database.url)
  expect(await foreignTexts()).toEqual([])
  expect(await otherEngines()).toEqual([])
})

it("changes the record of migrations that older versions made with the database's own collation (FD10)", async () => {
  const older = 'CREATE TABLE __drizzle_migrations (id serial primary key, hash text not null, created_at bigint)'
  await rowsOf(database.url, older)
  await migrate(database.url, { migrations: readMigrations().slice(0, 19) })
  expect(await foreignTexts()).toHaveLength(2)
  await migrate(database.url)
  expect(await foreignTexts()).toEqual([])
})

it('has no generated columns, because dumps would contain their values (FD10)', async () => {
  await migrate(database.url)
  expect((await schemaOf(database.url)).filter((line) => / extra=.*GENERATED/i.test(line))).toEqual([])
})
