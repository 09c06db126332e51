import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readSetting } from '@pointbook/server/platform/settings'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inABackupFolder, KEY, tablesIn } from '../../support/backup.ts'
import { aServer } from '../../support/server.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const { folder, aFile, anEmptyDatabase } = inABackupFolder()

let shop: Awaited<ReturnType<typeof aServer>>

beforeAll(async () => {
  shop = await aServer()
  await shop.aMember({ points: 100 })
})
afterAll(() => shop.close())

/** Runs a program of ours on the shop's database. */
function run(
  program: 'backup' | 'restore',
  args: string[],
  more = {},
): Promise<{ code: number; out: string; err: string }> {
  const ours = {
    NODE_ENV: 'test',
    DATABASE_URL: shop.env.databaseUrl,
    POINTBOOK_HOME: shop.env.home,
    BACKUP_DIR: folder,
  }
  const env = { ...process.env, ...ours, ...more } as NodeJS.ProcessEnv
  return new Promise((resolve) => {
    execFile(process.execPath, [`server/src/${program}.ts`, ...args], { cwd: root, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

const setting = async (name: string) => (await readSetting(shop.db, name))?.value
const url = () => shop.env.databaseUrl!

it('writes a backup, proves it by a restore aside, and restores it (M3)', async () => {
  const written = await run('backup', [], { BACKUP_KEY: KEY })
  expect([written.code, written.err]).toEqual([0, ''])
  const [name = ''] = readdirSync(folder)
  expect(name).toMatch(/^pointbook-\d{8}T\d{6}Z\.jsonl\.gz\.aes$/)
  expect(written.out).toContain('It is encrypted')
  expect(await setting('backup.made')).toMatchObject({ file: name, encrypted: true, version: '0.1.0', pictures: 0 })

  const file = path.join(folder, name)
  const proved = await run('backup', ['--verify', file], { BACKUP_KEY: KEY })
  expect([proved.code, proved.err]).toEqual([0, ''])
  expect(proved.out).toMatch(/was restored aside: \d+ rows, and the books are in order/)
  expect(await setting('backup.proved')).toMatchObject({ file: name, passed: true, fault: '' })

  const target = await anEmptyDatabase()
  const restored = await run('restore', [file], {
    DATABASE_URL: target,
    BACKUP_KEY: KEY,
    DATA_SECRET: 'another'.repeat(8),
  })
  expect(restored.code).toBe(0)
  expect(restored.out).toContain('npm run ledger:audit')
  expect(restored.err).toMatch(/^DATA_SECRET is not the one of the backup: .*\n$/)
  expect(await tablesIn(target)).toEqual(await tablesIn(url()))
}, 240_000)

it('names the right that a proof lacks, and ends (FO2)', async () => {
  const { pathname } = new URL(url())
  const prover = `prover_${pathname.slice(-8)}`
  for (const statement of [
    `CREATE USER ${prover} IDENTIFIED BY 'only-this-shop'`,
    `GRANT ALL ON ${pathname.slice(1)}.* TO ${prover}`,
  ])
    await shop.db.execute(sql.raw(statement))
  const limited = new URL(url())
  limited.username = prover
  limited.password = 'only-this-shop'
  const file = aFile()
  await run('backup', ['--to', file])
  const before = await setting('backup.proved')
  const proved = await run('backup', ['--verify', file], { DATABASE_ADMIN_URL: limited.href })
  await shop.db.execute(sql.raw(`DROP USER ${prover}`))
  expect(proved.code).toBe(1)
  expect(proved.err).toContain('The database user may not create the database')
  expect(await setting('backup.proved'), 'it says nothing about the backup').toEqual(before)
}, 120_000)

it('reports a file that cannot be used with a sentence, and keeps the result of the proof (FO2)', async () => {
  const file = aFile()
  await run('backup', ['--to', file])
  const altered = `${file}-altered`
  const bytes = readFileSync(file)
  bytes[bytes.length - 6]! ^= 1
  writeFileSync(altered, bytes)
  const failed = await run('backup', ['--verify', altered])
  expect(failed.err).toBe(
    `${altered} is no backup that could be used. The file was altered or damaged: take another backup.\n`,
  )
  expect(await setting('backup.proved')).toMatchObject({ passed: false, backupAt: null })
  const said = await Promise.all([
    run('restore', [altered], { DATABASE_URL: await anEmptyDatabase() }),
    run('restore', [file]),
    run('restore', []),
    run('backup', ['--to', file]),
    run('backup', ['--nonsense']),
  ])
  expect([failed, ...said].map(({ code }) => code)).toEqual([1, 1, 1, 1, 1, 1])
  expect(said.map(({ err }) => err.split('\n')[0])).toEqual([
    'Not restored: The file was altered or damaged: take another backup.',
    expect.stringMatching(/^Not restored: The database is not empty, and a restore never changes existing tables/),
    'Not restored: npm run restore -- FILE',
    expect.stringMatching(/exists already: name another file\.$/),
    'npm run backup [-- --to FILE], or npm run backup -- --verify FILE',
  ])
  for (const { err } of said) expect(err).not.toContain('    at ')
}, 240_000)

it('finds in the proof what the audit finds in the books, and leaves no database behind (M3)', async () => {
  await shop.db.execute(sql`UPDATE points_accounts SET balance = balance + 1`)
  const file = aFile()
  await run('backup', ['--to', file])
  const proved = await run('backup', ['--verify', file])
  expect(proved.code).toBe(1)
  expect(proved.err).toContain('The books in it have faults: balances')
  const [found] = await shop.db.execute(sql`SHOW DATABASES LIKE '%_proof'`)
  expect(found).toEqual([])
}, 240_000)
