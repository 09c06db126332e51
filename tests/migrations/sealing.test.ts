import { readEnv } from '@pointbook/config/env'
import { addressOf, birthdayOf, openidOf } from '@pointbook/server/features/members/directory/personal-data'
import {
  findByOpenid,
  findByPhone,
  membersBornOn,
  readMember,
} from '@pointbook/server/features/members/directory/store'
import { requireDataKeys } from '@pointbook/server/features/shop/data-keys/keys-in-use'
import { sealFirstRelease, sealings } from '@pointbook/server/features/shop/data-keys/sealings'
import { sealWhatIsDue } from '@pointbook/server/platform/sealing'
import { openOutside } from '@pointbook/server/server'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { aDatabaseWire, type DatabaseWire } from '../support/database-wire.ts'
import { fillAsFirstRelease, oldPeople } from '../support/first-release.ts'
import { rowsOf } from './schema.ts'

const env = readEnv({ DATABASE_URL: 'mysql://nobody@localhost/x' }, { mode: 'test' })
const log = pino({ level: 'silent' })
const ATONCE = 2

let database: Awaited<ReturnType<typeof aDatabase>>
let wire: DatabaseWire

beforeAll(async () => {
  const { url, drop } = await aDatabase()
  const { hostname, port } = new URL(url)
  wire = await aDatabaseWire({ host: hostname, port: Number(port) })
  await drop()
})
afterAll(() => wire.close())
beforeEach(async () => {
  database = await aDatabase()
  await fillAsFirstRelease(database.url, env.secrets.dataSecret)
  return database.drop
})

/** A server's outside world over the database. */
async function withOutside(url: string, work: (outside: ReturnType<typeof openOutside>) => Promise<void>) {
  const outside = openOutside({ ...env, databaseUrl: url }, { log })
  try {
    await work(outside)
  } finally {
    await outside.databases.close()
  }
}

const inClear = async () =>
  (
    await rowsOf<{ id: number }>(
      database.url,
      "SELECT id FROM members WHERE openid IS NOT NULL OR address <> '' OR birthday IS NOT NULL",
    )
  ).length

/** Everything of everybody is found and read, sealed or not. */
async function expectEverythingReadable({ db, keys }: ReturnType<typeof openOutside>) {
  for (const { memberId, openid, phone, birthday, address } of oldPeople) {
    expect(await findByOpenid({ db, keys }, openid)).toBe(memberId)
    if (phone) expect(await findByPhone({ db, keys }, phone)).toBe(memberId)
    const row = (await readMember(db, memberId))!
    const read = { openid: openidOf(keys, row), birthday: birthdayOf(keys, row), address: addressOf(keys, row) }
    expect(read).toEqual({ openid, birthday, address })
  }
  const born = await membersBornOn(db, '2026-02-14', 0, 10)
  expect(born.map(({ memberId }) => memberId)).toEqual([10_000_005])
}

it('reads members of the first release before they are sealed, in the middle of it and afterwards (FS12)', async () => {
  await withOutside(database.url, async (outside) => {
    await requireDataKeys(outside)
    expect(await inClear()).toBe(7)
    await expectEverythingReadable(outside)
    const stopped = sealWhatIsDue(outside, sealings, 'clear', {
      atOnce: ATONCE,
      onProgress: (done) => {
        if (done === 4) throw new Error('killed')
      },
    })
    await expect(stopped).rejects.toThrow('killed')
    expect(await inClear()).toBe(3)
    await expectEverythingReadable(outside)
    expect(await sealFirstRelease(outside)).toBe(4)
    expect(await inClear()).toBe(0)
    await expectEverythingReadable(outside)
    expect(await sealFirstRelease(outside)).toBe(0)
  })
})

it('is done exactly once by two servers that seal at the same time (FS12)', async () => {
  await withOutside(database.url, async (one) => {
    await withOutside(database.url, async (other) => {
      const options = { atOnce: ATONCE }
      await Promise.all([one, other].map((outside) => sealWhatIsDue(outside, sealings, 'clear', options)))
    })
    expect(await inClear()).toBe(0)
    await expectEverythingReadable(one)
  })
})

it('loses nothing when the connection is lost in the middle of a batch (FS12)', async () => {
  let updates = 0
  wire.decide((statement) => (/^update `members`/i.test(statement) && ++updates === 3 ? 'lost after' : null))
  await withOutside(wire.through(database.url), async (outside) => {
    const { done } = await sealWhatIsDue(outside, sealings, 'clear', { atOnce: ATONCE })
    expect(done).toBe(8)
    expect(updates).toBeGreaterThan(7)
    expect(await inClear()).toBe(0)
    await expectEverythingReadable(outside)
  })
  wire.decide(null)
})

it('masks addresses and birthdays in the audit log of the first release (FS12)', async () => {
  await withOutside(database.url, async (outside) => {
    await sealFirstRelease(outside)
    const [line] = await rowsOf<{ detail: string }>(database.url, 'SELECT detail FROM audit_log')
    const [before, after] = [
      { birthday: '****-01-02', address: '' },
      { birthday: null, address: '人民路 1 ****' },
    ]
    expect(JSON.parse(line!.detail)).toEqual({ before, after })
    expect(await sealings[2]!.count(outside.db, outside.keys, 'all')).toBe(0)
  })
})
