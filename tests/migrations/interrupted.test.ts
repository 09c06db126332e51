import { setTimeout as sleep } from 'node:timers/promises'
import { openConnection } from '@pointbook/server/platform/database/connect'
import { migrate } from '@pointbook/server/platform/database/migrate'
import {
  effectOf,
  type Migration,
  readMigrations,
  tablesAfter,
} from '@pointbook/server/platform/database/migration-files'
import { UnusableDatabase } from '@pointbook/server/platform/database/unusable'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { aDatabaseWire, type DatabaseWire } from '../support/database-wire.ts'
import { rowsOf, schemaOf } from './schema.ts'

type TestDatabase = Awaited<ReturnType<typeof aDatabase>>

const ours = readMigrations()
let whole: string[]
let database: TestDatabase
let wire: DatabaseWire
let wired: string

beforeAll(async () => {
  const undisturbed = await aDatabase()
  await migrate(undisturbed.url)
  whole = await schemaOf(undisturbed.url)
  await undisturbed.drop()
  const { hostname, port } = new URL(undisturbed.url)
  wire = await aDatabaseWire({ host: hostname, port: Number(port) })
})
afterAll(() => wire.close())
beforeEach(async () => {
  database = await aDatabase()
  wired = wire.through(database.url)
})
afterEach(() => database.drop())

const CHANGES = /^(?!SELECT|SHOW|SET|UPDATE settings)/
// Each start takes the record over, and is another holder of it.
const DIFFERENT = /(?<=^UPDATE migration_steps SET begun).*|[0-9a-f]{32}/gs

/** Starts repeatedly; each statement loses its connection twice, before and after it is carried out. Returns the messages. */
async function migrateOverBrokenConnections(migrations: readonly Migration[]) {
  const times = new Map<string, number>()
  const said = new Set<string>()
  let before = ''
  wire.decide((statement) => {
    if (!CHANGES.test(statement)) return null
    const text = statement.replace(DIFFERENT, '')
    const key = /^(?:START TRANSACTION|COMMIT)$/.test(text) ? `${text} after ${before}` : text
    before = text
    const time = times.get(key) ?? 0
    times.set(key, time + 1)
    return time === 0 ? 'lost before' : time === 1 ? 'lost after' : null
  })
  for (let starts = 1; starts < 2_000; starts++)
    try {
      await migrate(wired, { migrations })
      break
    } catch (error) {
      if (!(error instanceof UnusableDatabase)) throw error
      said.add(error.message.replace(/statement \d+ of the migration of [\d-]+/, 'statement'))
    }
  wire.decide(null)
  return { said: [...said], lost: (statement: string) => times.get(statement) ?? 0 }
}

it('goes on where it stopped when the connection is lost before or after any statement (FO1)', async () => {
  const { said, lost } = await migrateOverBrokenConnections(ours)
  const statements = ours.flatMap((migration) => migration.statements)
  expect(statements.filter((statement) => lost(statement) < 2)).toEqual([])
  expect(said).toEqual([
    expect.stringMatching(/^The database could not be brought up to date \(\w+\): start again, and it goes on from/),
    expect.stringMatching(/^The database could not be brought up to date \(\w+ at statement\): start again, and it/),
  ])
  expect(await schemaOf(database.url)).toEqual(whole)
  const finished = await rowsOf(database.url, 'SELECT created_at AS at FROM __drizzle_migrations ORDER BY id')
  expect(finished).toEqual(ours.map(({ when }) => ({ at: when })))
}, 240_000)

const later = (statements: string[]): Migration => ({ when: Date.UTC(2099, 4, 2), hash: 'a later one', statements })

it('changes rows once, wherever the connection is lost (FO1)', async () => {
  const migrations = [
    ours[0]!,
    later([
      "INSERT INTO `quotas` (`member_id`, `scope`, `used`) VALUES (1, 'times', 0)",
      'UPDATE `quotas` SET `used` = `used` + 1',
      'ALTER TABLE `quotas` ADD `more` int NOT NULL DEFAULT 0',
      'UPDATE `quotas` SET `used` = `used` + 10',
    ]),
  ]
  await migrate(database.url, { migrations: migrations.slice(0, 1) })
  await migrateOverBrokenConnections(migrations)
  expect(await rowsOf(database.url, 'SELECT * FROM quotas')).toEqual([
    { member_id: 1, scope: 'times', used: 11, more: 0 },
  ])
})

/** The state left by killed servers of versions before this migrator: some statements done, without a record. */
async function leaveTraceless(statements: readonly string[]) {
  const connection = await openConnection(database.url)
  await connection.query('DROP TABLE IF EXISTS migration_steps')
  for (const statement of statements) await connection.query(statement)
  await connection.end()
}

it.each([
  ['half done', 0.5],
  ['done but for its record', 1],
])('takes up what an older version left %s (FO1)', async (_, part) => {
  for (const [index, { statements }] of ours.entries()) {
    await leaveTraceless(statements.slice(0, Math.ceil(statements.length * part)))
    await migrate(database.url, { migrations: ours.slice(0, index + 1) })
  }
  expect(await schemaOf(database.url)).toEqual(whole)
})

it('lets only one of several starting servers migrate at a time (FO1)', async () => {
  let statements = 0
  wire.decide((statement) => {
    if (statement.includes('CREATE TABLE `')) statements++
    return null
  })
  await Promise.all([migrate(wired), migrate(wired), migrate(wired)])
  expect(statements).toBe(ours.flatMap((one) => one.statements).filter((one) => one.includes('CREATE TABLE')).length)
  expect(await schemaOf(database.url)).toEqual(whole)
})

it('waits while a server on another node migrates, then takes over when it stops (FO1)', async () => {
  const [first, ...rest] = ours
  await migrate(database.url, { migrations: [first!] })
  const step = { migration: rest[0]!.when, holder: 'elsewhere', node: 'elsewhere', begun: 1, done: 0 }
  await rowsOf(database.url, 'INSERT INTO migration_steps SET ?', [step])
  let done = false
  const migrated = migrate(database.url, { patienceMs: 500 }).then(() => {
    done = true
  })
  for (const begun of [2, 3, 4]) {
    await sleep(250)
    await rowsOf(database.url, "UPDATE migration_steps SET begun = ? WHERE node = 'elsewhere'", [begun])
    expect(done).toBe(false)
  }
  await migrated
  expect(await schemaOf(database.url)).toEqual(whole)
})

it('stops when another server has taken over from it (FO1)', async () => {
  const overtaking = later(["UPDATE `migration_steps` SET `holder` = 'another'", 'UPDATE `quotas` SET `used` = 1'])
  await expect(migrate(database.url, { migrations: [ours[0]!, overtaking] })).rejects.toThrow(
    'Another server is bringing the database up to date: start this one again when that one serves.',
  )
})

it('does not treat the table of another program as its own (FO1)', async () => {
  await rowsOf(database.url, 'CREATE TABLE `orders` (`id` bigint NOT NULL)')
  await expect(migrate(database.url)).rejects.toThrow("a table `orders` that is not Pointbook's: name a database")
})

it.each([
  ['lost', ['DROP TABLE __drizzle_migrations', 'DROP TABLE migration_steps']],
  ['emptied', ['DELETE FROM __drizzle_migrations', 'DELETE FROM migration_steps']],
])('says what to do when the record of migrations was %s (FD11)', async (_how, statements) => {
  await migrate(database.url)
  for (const statement of statements) await rowsOf(database.url, statement)
  await expect(migrate(database.url)).rejects.toThrow(
    'no record of their migrations (__drizzle_migrations): restore the whole backup, or give Pointbook a database of its own.',
  )
})

it('refuses the database of a newer version, whether it was finished or only begun (FD11)', async () => {
  const newer = [
    ...ours,
    later(['CREATE INDEX `quotas_used` ON `quotas` (`used`)', 'CREATE INDEX `no` ON `no` (`no`)']),
  ]
  await expect(migrate(database.url, { migrations: newer })).rejects.toThrow(
    /\(ER_NO_SUCH_TABLE at statement 2 of the migration of 2099-05-02\): look up that error/,
  )
  const refusal =
    'The database belongs to a newer version of Pointbook, of 2099-05-02 or later: start that version, or restore the backup made before it was first started.'
  await expect(migrate(database.url)).rejects.toThrow(refusal)
  await rowsOf(database.url, 'CREATE TABLE `no` (`no` bigint NOT NULL)')
  await migrate(database.url, { migrations: newer })
  await expect(migrate(database.url)).rejects.toThrow(refusal)
})

it('declares every table and column that the migrations create (FD14)', async () => {
  const left = [...tablesAfter(ours)].flatMap(([table, columns]) => [...columns].map((column) => `${table}.${column}`))
  await migrate(database.url)
  const tables = await rowsOf<{ name: string }>(
    database.url,
    `SELECT CONCAT(table_name, '.', column_name) AS name FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name NOT IN ('__drizzle_migrations', 'migration_steps')`,
  )
  expect(left.sort()).toEqual(tables.map(({ name }) => name).sort())
})

it('recognises for each statement that it was already carried out (FO1)', () => {
  for (const statement of ours.flatMap((one) => one.statements)) expect(() => effectOf(statement)).not.toThrow()
  for (const statement of [
    'ALTER TABLE `a` ADD `b` int, ADD `c` int',
    'ALTER TABLE `a` MODIFY COLUMN `b` int, DROP COLUMN `c`',
    'ALTER TABLE `a` RENAME COLUMN `b` TO `c`',
    'RENAME TABLE `a` TO `b`',
  ])
    expect(() => effectOf(statement)).toThrow('could not be taken up again')
})
