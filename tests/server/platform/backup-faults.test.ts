import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { openConnection } from '@pointbook/server/platform/database/connect'
import { migrate } from '@pointbook/server/platform/database/migrate'
import { readMigrations } from '@pointbook/server/platform/database/migration-files'
import { requireRestored } from '@pointbook/server/platform/database/restore-marker'
import { sha256 } from '@pointbook/server/platform/secrets'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backUp, failedChecks, inABackupFolder, KEY, restore, rowsIn, tablesIn } from '../../support/backup.ts'
import { aMigratedDatabase } from '../../support/migrated.ts'
import { aServer } from '../../support/server.ts'

const { aFile, anEmptyDatabase } = inABackupFolder()
const ALTERED = 'The file was altered or damaged'
const TRUNCATED = 'The file is truncated'

let shop: Awaited<ReturnType<typeof aServer>>
let plain: string
let secret: string

beforeAll(async () => {
  shop = await aServer()
  for (let count = 0; count < 3; count++) await shop.aMember({ points: 100 })
  plain = aFile()
  secret = aFile()
  await backUp(shop, plain)
  await backUp(shop, secret, { key: KEY })
})
afterAll(() => shop.close())

async function ask(url: string, statement: string) {
  const connection = await openConnection(url)
  await connection.query(statement).finally(() => connection.end())
}

/** A copy of a backup with other lines in it. */
function rewritten(change: (text: string) => string): string {
  const file = aFile()
  writeFileSync(file, gzipSync(change(gunzipSync(readFileSync(plain)).toString())))
  return file
}

/** The same, with the sum that belongs to them. */
const forged = (change: (text: string) => string): string =>
  rewritten((text) => {
    const [lines = '', end = ''] = change(text).split(/(?=\{"end")/)
    return lines + end.replace(/"sha256":"\w+"\}\n$/, `"sha256":"${sha256(lines)}"}\n`)
  })

describe('a file that is no whole backup is refused before anything is changed (FO2, M3)', () => {
  let target: string
  beforeAll(async () => {
    target = await anEmptyDatabase()
  })

  async function refuses(file: string, reason: string, key = KEY) {
    await expect(restore(target, file, { key })).rejects.toThrow(reason)
    expect(await tablesIn(target)).toEqual([])
  }

  it.each([
    ['plain', () => plain],
    ['encrypted', () => secret],
  ])('after any byte was altered, %s', async (_, original) => {
    const bytes = readFileSync(original())
    // The first bytes of a gzip hold a time and a system, which mean nothing.
    for (let at = 10; at < bytes.length; at += Math.ceil(bytes.length / 40)) {
      const file = aFile()
      const copy = Buffer.from(bytes)
      copy[at]! ^= 0x10
      writeFileSync(file, copy)
      await expect(restore(target, file, { key: KEY }), `byte ${at}`).rejects.toThrow(
        /altered|truncated|not a backup|not the key/,
      )
    }
    expect(await tablesIn(target)).toEqual([])
  })

  it.each([
    ['plain', () => plain],
    ['encrypted', () => secret],
  ])('when its end is missing, %s', async (_, original) => {
    const { length } = readFileSync(original())
    for (const size of [length - 1, length - 20, Math.floor(length / 2)]) {
      const file = aFile()
      copyFileSync(original(), file)
      truncateSync(file, size)
      await refuses(file, TRUNCATED)
    }
  })

  it('when something was added to it', async () => {
    for (const original of [plain, secret]) {
      const file = aFile()
      writeFileSync(file, Buffer.concat([readFileSync(original), gzipSync('{}\n')]))
      await refuses(file, ALTERED)
    }
  })

  it('when whole lines were altered, left out or exchanged', async () => {
    const tables = /\{"table":"policies".*?(?=\{"table")/s
    for (const change of [
      (text: string) => text.replace('会员', '会圆'),
      (text: string) => text.replace(tables, ''),
      (text: string) => text.replace(/\n\{"table":"(\w+)"/, '\n{"table":"$1_2"'),
      (text: string) => text.replace(/^(.*\n)(.*\n)(.*\n)/, '$1$3$2'),
      (text: string) => text.replace(/\{"end".*\n$/, ''),
      (text: string) => text.replace('\n', '\nnonsense\n'),
    ])
      await refuses(rewritten(change), 'The file ')
  })

  it('when a picture in it would leave its folder', async () => {
    const file = forged((text) =>
      text.replace('{"end"', '{"file":"../../.env","bytes":0}\n{"end"').replace('"count":0', '"count":1'),
    )
    await refuses(file, ALTERED)
  })

  it('with another key, and without one', async () => {
    await refuses(secret, 'BACKUP_KEY is not the key with which this file was written', `${KEY}!`)
    await refuses(secret, 'The file is encrypted: set BACKUP_KEY', '')
  })

  it('when it is something else', async () => {
    const file = aFile()
    writeFileSync(file, 'CREATE TABLE `members`')
    await refuses(file, 'is not a backup of Pointbook')
    await refuses(`${file}-missing`, 'cannot be read (ENOENT)')
  })

  it('when it is of a newer version', async () => {
    const file = forged((text) => text.replace(/"migrations":\[.*?\]/, (list) => list.replace(']', ',9999999999999]')))
    await refuses(file, 'whose tables this version does not know: restore it with that version or a later one')
    await refuses(
      forged((text) => text.replace('{"backup":1', '{"backup":2')),
      'newer version of Pointbook',
    )
  })
})

describe('a restore', () => {
  it('refuses a database that is not empty, and changes nothing in it', async () => {
    const target = await anEmptyDatabase()
    await ask(target, 'CREATE TABLE notes (id int PRIMARY KEY) ENGINE=InnoDB')
    await expect(restore(target, plain)).rejects.toThrow('The database is not empty')
    expect(await tablesIn(target)).toEqual(['notes'])
    const { databaseUrl } = shop.env
    await expect(restore(databaseUrl!, plain)).rejects.toThrow('Name another database in DATABASE_URL')
  })

  it('that was interrupted lets no server start, says what to do, and begins anew by itself', async () => {
    const target = await anEmptyDatabase()
    const interrupted = restore(target, plain, {
      onProgress: ({ step }) => {
        if (step === 'compare') throw new Error('the power failed')
      },
    })
    await expect(interrupted).rejects.toThrow('the power failed')
    expect((await rowsIn(target, 'members')).length).toBeGreaterThan(0)
    await expect(requireRestored(target)).rejects.toThrow(`run npm run restore -- ${plain}`)
    await restore(target, plain)
    await requireRestored(target)
    expect(await rowsIn(target, 'points_entries')).toEqual(await rowsIn(shop.env.databaseUrl!, 'points_entries'))
    expect(await failedChecks(target, shop)).toEqual([])
  })

  it('makes the tables of an older backup and brings them up to date (FD10)', async () => {
    const old = await anEmptyDatabase()
    const all = readMigrations()
    // The last revision whose tables had generated columns.
    const then = all.slice(0, 19)
    await migrate(old, { migrations: then })
    await ask(
      old,
      "INSERT INTO points_lots (member_id, seq, points, remaining, expired, usable_on, expires_on) VALUES (1, 1, 5, 5, 0, '2026-01-01', '2027-01-01'), (1, 2, 5, 0, 0, '2026-01-01', '2027-01-01')",
    )
    const file = aFile()
    const { header } = await backUp(shop, file, { url: old })
    expect(header.migrations).toEqual(then.map(({ when }) => when))
    const target = await anEmptyDatabase()
    await restore(target, file)
    expect((await rowsIn(target, 'points_lots')).map((row) => JSON.parse(row).due_on)).toEqual(['2027-01-01', null])
    expect(await rowsIn(target, '__drizzle_migrations')).toHaveLength(all.length)
  })

  it('fails when the rows in the database are not those of the file', async () => {
    const target = await anEmptyDatabase()
    let wronged: Promise<void> | undefined
    const wronging = restore(target, plain, {
      onProgress: ({ step, rows, of }) => {
        if (step === 'load' && rows === of) wronged = ask(target, "UPDATE policies SET note = '改'")
      },
    })
    await expect(wronging).rejects.toThrow('came out of the database otherwise than they went in')
    await wronged
  })
})

describe('a backup', () => {
  it('writes over no file, and leaves none when it fails', async () => {
    await expect(backUp(shop, plain)).rejects.toThrow('exists already')
    const file = aFile()
    await expect(backUp(shop, file, { url: await anEmptyDatabase() })).rejects.toThrow('there is nothing to back up')
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false])
  })

  it('refuses tables of a newer version, and a shop of which tables are missing', async () => {
    const { url: target, drop } = await aMigratedDatabase()
    await ask(target, "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)")
    await expect(backUp(shop, aFile(), { url: target })).rejects.toThrow('run the backup of that version')
    await ask(target, 'DELETE FROM __drizzle_migrations WHERE created_at = 9999999999999')
    await ask(target, 'DROP TABLE cards')
    await expect(backUp(shop, aFile(), { url: target })).rejects.toThrow('Tables are missing (cards)')
    await drop()
  })
})
