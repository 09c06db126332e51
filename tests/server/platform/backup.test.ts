import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { members } from '@pointbook/server/features/members/directory/tables'
import { openConnection } from '@pointbook/server/platform/database/connect'
import { eq } from 'drizzle-orm'
import type { RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backUp, failedChecks, inABackupFolder, KEY, restore, rowsIn, tablesIn } from '../../support/backup.ts'
import { aPicture } from '../../support/pictures.ts'
import { aWorld, fresh } from '../../support/world.ts'

const { folder, aFile, anEmptyDatabase } = inABackupFolder()
const NICKNAME = '小"王\'\\ 🀄👩‍👧 |;-- \u2028'
const INTO_LOG = 'INSERT INTO audit_log (id, at, actor, action, subject, text, detail) VALUES'
const NOT_ROWS = ['__drizzle_migrations', 'migration_steps']

let world: Awaited<ReturnType<typeof aWorld>>
let memberIds: number[]
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>

beforeAll(async () => {
  world = await aWorld()
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
  memberIds = []
  for (let count = 0; count < 4; count++) memberIds.push(await world.aMember({ points: 500, nickname: NICKNAME }))
  const avatarUrl = await world.server.files.keepPicture(await aPicture(), 'avatar')
  await world.db.update(members).set({ avatarUrl }).where(eq(members.id, memberIds[0]!))
  await world.db.update(members).set({ birthMonthDay: '02-29' }).where(eq(members.id, memberIds[1]!))
  const itemId = await world.anItem({ points: 100 })
  const member = await world.asMember(memberIds[0]!)
  await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
  for (const memberId of memberIds) await world.buy(clerk, memberId, storeId, [12_34, 5_00])
  await world.settle()
})
afterAll(() => world.close())

async function ask(url: string, statement: string, values: unknown[] = []) {
  const connection = await openConnection(url)
  try {
    const [rows] = await connection.query<RowDataPacket[]>(statement, values)
    return rows
  } finally {
    await connection.end()
  }
}

const ours = async (url: string) => (await tablesIn(url)).filter((table) => !NOT_ROWS.includes(table))
const url = () => world.env.databaseUrl!

describe('a backup (FO2, FD10, M3)', () => {
  it('holds every table of the schema, with a header that counts the rows', async () => {
    const { header, trailer } = await backUp(world, aFile())
    expect(Object.keys(header.tables).sort()).toEqual(await ours(url()))
    for (const [table, { rows }] of Object.entries(trailer.tables)) expect(rows).toBe(header.tables[table])
    expect(header.tables['members']).toBe(5)
    expect(trailer.files.count).toBe(1)
  })

  it.each([
    ['plain', ''],
    ['encrypted', KEY],
  ])('gives back each row and picture exactly, %s', async (_, key) => {
    const odd = { id: '9007199254740993', at: '2999-12-31 23:59:59.987', detail: '{"名":"🀄\\n\\u0000","n":1e2}' }
    await ask(url(), `${INTO_LOG} (?, ?, 'system', 'clock.travel', 'clock', '', ?)`, [odd.id, odd.at, odd.detail])
    const file = aFile()
    await backUp(world, file, { key })
    const target = await anEmptyDatabase()
    const pictures = path.join(folder, `pictures-${key.length}`)
    await restore(target, file, { key, folder: pictures })
    expect(await tablesIn(target)).toEqual(await tablesIn(url()))
    for (const table of await ours(url()))
      expect([table, await rowsIn(target, table)]).toEqual([table, await rowsIn(url(), table)])
    const log = async () => (await rowsIn(target, 'audit_log')).map((row) => JSON.parse(row))
    expect(await log()).toContainEqual(expect.objectContaining(odd))
    expect(await rowsIn(target, 'members')).toContainEqual(expect.stringContaining('"birth_month_day":null'))
    expect((await rowsIn(target, 'members')).filter((row) => row.includes(JSON.stringify(NICKNAME)))).toHaveLength(4)
    expect(await failedChecks(target, world)).toEqual([])
    const before = readdirSync(world.server.files.folder)
    expect(readdirSync(pictures)).toEqual(before)
    for (const name of before)
      expect(readFileSync(path.join(pictures, name))).toEqual(readFileSync(path.join(world.server.files.folder, name)))

    // The number of a deleted row is not given again.
    await ask(target, 'DELETE FROM audit_log')
    await ask(target, `${INTO_LOG} (DEFAULT, UTC_TIMESTAMP(3), 'system', 'a', 'clock', '', '')`)
    expect((await log()).map(({ id }) => id)).toEqual(['9007199254740994'])
    await ask(url(), 'DELETE FROM audit_log')
  })

  it('is a gzip of lines, readable for its owner alone, and with a key a file without a readable word', async () => {
    const plain = aFile()
    const secret = aFile()
    await backUp(world, plain)
    await backUp(world, secret, { key: KEY })
    expect(gunzipSync(readFileSync(plain)).toString()).toContain('帆布袋')
    expect(statSync(plain).mode & 0o777).toBe(0o600)
    expect(readFileSync(secret).subarray(0, 200).toString('latin1')).toMatch(
      /^\{"pointbook-backup":1,"cipher":"aes-256-gcm"/,
    )
    expect(() => gunzipSync(readFileSync(secret).subarray(readFileSync(secret).indexOf('\n') + 5))).toThrow()
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe('a backup while the shop serves (FO2, M3)', () => {
  it('holds one moment of the shop: the books are in order, and what another writer does is in it wholly or not at all', async () => {
    let stop = false
    let written = 0
    const writer = async () => {
      const connection = await openConnection(url())
      // The first of these tables is read at the beginning of a backup, the other at its end.
      for (; !stop; written++) {
        const name = `pair-${written}`
        await connection.query('START TRANSACTION')
        await connection.query(
          "INSERT INTO audit_log (at, actor, action, subject, text, detail) VALUES (UTC_TIMESTAMP(3), 'system', 'settings.change', 'settings', ?, '')",
          [name],
        )
        await connection.query(
          "INSERT INTO settings (name, value, saved_at, saved_by) VALUES (?, '{}', UTC_TIMESTAMP(3), 'system')",
          [name],
        )
        await connection.query('COMMIT')
      }
      await connection.end()
    }
    const till = async (memberId: number) => {
      while (!stop) await world.buy(clerk, memberId, storeId, [10_00])
    }
    const busy = [writer(), ...memberIds.map(till)]
    while (written < 5) await new Promise((resolve) => setTimeout(resolve, 5))
    const { files } = world.server
    const replaced = await files.keepPicture(await aPicture({ width: 50 }), 'item')
    const file = aFile()
    let removed: Promise<void> | undefined
    const { header } = await backUp(world, file, {
      onProgress: () => {
        removed ??= files.removePicture(replaced)
      },
    }).finally(() => {
      stop = true
    })
    await Promise.all([...busy, removed])

    const target = await anEmptyDatabase()
    const pictures = path.join(folder, 'replaced')
    await restore(target, file, { folder: pictures })
    expect(readdirSync(pictures)).toContain(path.basename(replaced))
    expect(readdirSync(files.folder).filter((name) => name.startsWith('.'))).toEqual([])
    const pairs = "SELECT text AS name FROM audit_log WHERE text LIKE 'pair-%' ORDER BY id"
    const others =
      "SELECT name FROM settings WHERE name LIKE 'pair-%' ORDER BY saved_at, CAST(SUBSTRING(name, 6) AS SIGNED)"
    const restored = await ask(target, pairs)
    expect(restored).toEqual(await ask(target, others))
    expect(restored.length).toBeGreaterThanOrEqual(5)
    expect(restored.length).toBeLessThan(written)
    expect(await failedChecks(target, world)).toEqual([])
    for (const [table, rows] of Object.entries(header.tables))
      expect([table, (await rowsIn(target, table)).length]).toEqual([table, rows])
  })
})
