import { execFile } from 'node:child_process'
import path from 'node:path'
import { readEnv } from '@pointbook/config/env'
import { apiKeys } from '@pointbook/server/features/connections/open-api/tables'
import { addressOf, birthdayOf, openidOf } from '@pointbook/server/features/members/directory/personal-data'
import { type Newcomer, register } from '@pointbook/server/features/members/directory/register'
import { membersMatching } from '@pointbook/server/features/members/directory/search'
import { findByOpenid, findByPhone, readMember } from '@pointbook/server/features/members/directory/store'
import { members } from '@pointbook/server/features/members/directory/tables'
import { guardianRequests, guardians } from '@pointbook/server/features/members/guardians/tables'
import { changeProfile } from '@pointbook/server/features/members/profile/profile'
import { admins } from '@pointbook/server/features/shop/accounts/tables'
import { requireDataKeys } from '@pointbook/server/features/shop/data-keys/keys-in-use'
import { sealings } from '@pointbook/server/features/shop/data-keys/sealings'
import { sealWhatIsDue } from '@pointbook/server/platform/sealing'
import { openOutside } from '@pointbook/server/server'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { aDatabaseWire, type DatabaseWire } from '../../support/database-wire.ts'
import { aServer, fresh } from '../../support/server.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const OLD = 'the-old-data-secret-of-the-shop-0123'
const NEW = 'the-new-data-secret-of-the-shop-4567'
const ADDRESS = '人民路 1 号'
const GUARDIAN = '13711112222'
const PEOPLE = 5
/** A person, a guardian and a request to one each; a key of the open API and a second factor. */
const SEALED = 3 * PEOPLE + 2

let shop: Awaited<ReturnType<typeof aServer>>
let wire: DatabaseWire
const people = Array.from({ length: PEOPLE }, (_, index) => ({
  openid: `oRotate${index}`,
  phone: `1370000000${index}`,
}))

const newcomer = (person: { openid: string; phone: string }): Newcomer => ({
  ...person,
  inviteCode: '',
  source: 'mini-program',
})

beforeAll(async () => {
  shop = await aServer({ env: { DATA_SECRET: OLD } })
  const { hostname, port } = new URL(shop.env.databaseUrl!)
  wire = await aDatabaseWire({ host: hostname, port: Number(port) })
})
afterAll(async () => {
  wire.close()
  await shop.close()
})

/** Everybody anew, sealed with the old secret. */
beforeEach(async () => {
  const { db, keys, clock } = shop.outside
  for (const table of [
    'members',
    'guardians',
    'guardian_requests',
    'points_accounts',
    'api_keys',
    'settings',
    'audit_log',
    'admins',
  ])
    await db.execute(sql.raw(`DELETE FROM ${table}`))
  await requireDataKeys(shop.outside)
  for (const person of people) {
    const memberId = await register(shop.server, newcomer(person))
    await changeProfile(shop.server, memberId, { birthday: '1987-05-20', address: ADDRESS })
    const phoneSealed = keys.seal(GUARDIAN)
    const consent = { memberId, phoneSealed, phoneMasked: '', version: 1, confirmedAt: clock.now() }
    await db.insert(guardians).values(consent)
    const asked = {
      childHash: person.openid,
      codeHash: person.openid,
      endsAt: clock.now(),
      madeOn: '2026-03-02',
      made: 1,
    }
    await db.insert(guardianRequests).values({ ...asked, guardianHash: '', phoneSealed, phoneMasked: '', version: 1 })
  }
  const key = { keyId: 'key-1', name: '收银', system: '收银', storeIds: [], perMinute: 60, madeBy: 'system' as const }
  await db.insert(apiKeys).values({ ...key, secretSealed: keys.seal('a partner secret'), madeAt: clock.now() })
  const factors = { totpSealed: keys.seal('a factor'), totpPendingSealed: keys.seal('the next factor') }
  await db.insert(admins).values([
    { login: 'with-factor', name: '店主', passwordHash: '', ...factors },
    { login: 'without', name: '客服', passwordHash: '' },
  ])
})

type Secrets = { DATA_SECRET: string; DATA_SECRET_OLD?: string }
const both: Secrets = { DATA_SECRET: NEW, DATA_SECRET_OLD: OLD }

/** A server that was started with these secrets. */
async function withServer(secrets: Secrets, work: (server: typeof shop.server) => Promise<void>) {
  const env = readEnv({ DATABASE_URL: shop.env.databaseUrl, ...secrets }, { mode: 'test' })
  const outside = openOutside(env, { log: pino({ level: 'silent' }), clock: shop.clock })
  try {
    await work({ ...outside, book: shop.book })
  } finally {
    await outside.databases.close()
  }
}

function rotate(
  secrets: Secrets,
  databaseUrl = shop.env.databaseUrl!,
): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, NODE_ENV: 'test', DATABASE_URL: databaseUrl, ...secrets }
  return new Promise((resolve) => {
    execFile(process.execPath, ['server/src/rotate-keys.ts'], { cwd: root, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

async function expectEverythingReadable(server: typeof shop.server) {
  const { db, keys } = server
  for (const { phoneSealed } of [...(await db.select().from(guardians)), ...(await db.select().from(guardianRequests))])
    expect(keys.open(phoneSealed)).toBe(GUARDIAN)
  for (const { openid, phone } of people) {
    const memberId = await findByOpenid(server, openid)
    expect(memberId).not.toBeNull()
    expect(await findByPhone(server, phone)).toBe(memberId)
    expect(await db.$count(members, membersMatching(keys, phone))).toBe(1)
    const row = (await readMember(db, memberId!))!
    expect([openidOf(keys, row), addressOf(keys, row), birthdayOf(keys, row), keys.open(row.phoneSealed)]).toEqual([
      openid,
      ADDRESS,
      '1987-05-20',
      phone,
    ])
    expect(await register(server, newcomer({ openid, phone }))).toBe(memberId)
    const taken = register(server, newcomer({ openid: fresh('o'), phone }))
    await expect(taken).rejects.toMatchObject({ code: 'member.phone-taken' })
  }
  const [key] = await db.select({ sealed: apiKeys.secretSealed }).from(apiKeys)
  expect(keys.open(key!.sealed)).toBe('a partner secret')
  const [factor, none] = await db.select().from(admins).orderBy(admins.login)
  expect([keys.open(factor!.totpSealed!), keys.open(factor!.totpPendingSealed!)]).toEqual([
    'a factor',
    'the next factor',
  ])
  expect([none!.totpSealed, none!.totpPendingSealed]).toEqual([null, null])
}

const underOld = (server: typeof shop.server) =>
  Promise.all(sealings.map(({ count }) => count(server.db, server.keys, 'all'))).then((counts) =>
    counts.reduce((sum, count) => sum + count, 0),
  )

it('finds and reads everything before, in the middle of and after the rotation, and without the old secret (FS12)', async () => {
  await withServer(both, async (server) => {
    await requireDataKeys(server)
    expect(await underOld(server)).toBe(SEALED)
    await expectEverythingReadable(server)
    const stopped = sealWhatIsDue(server, sealings, 'all', {
      atOnce: 2,
      onProgress: () => {
        throw new Error('killed')
      },
    })
    await expect(stopped).rejects.toThrow('killed')
    expect(await underOld(server)).toBe(SEALED - 2)
    await expectEverythingReadable(server)
  })
  const { code, out } = await rotate(both)
  expect(out).toContain('DATA_SECRET_OLD may be removed now')
  expect(code).toBe(0)
  await withServer({ DATA_SECRET: NEW }, async (server) => {
    await requireDataKeys(server)
    expect(await underOld(server)).toBe(0)
    await expectEverythingReadable(server)
  })
}, 60_000)

it('goes on after a run that died in the middle of a batch, and runs twice at once (FS12)', async () => {
  let updates = 0
  wire.decide((statement) => (/^update `members`/i.test(statement) && ++updates >= 3 ? { errno: 1105 } : null))
  const died = await rotate(both, wire.through(shop.env.databaseUrl!))
  wire.decide(null)
  expect(died.code).toBe(1)
  expect(died.out).not.toContain('may be removed')
  const runs = await Promise.all([rotate(both), rotate(both)])
  for (const { code, out } of runs) {
    expect(out).toContain('DATA_SECRET_OLD may be removed now')
    expect(code).toBe(0)
  }
  await withServer({ DATA_SECRET: NEW }, expectEverythingReadable)
}, 60_000)

it('takes newcomers and new phone numbers during the rotation once (FS12)', async () => {
  await withServer(both, async (server) => {
    const person = { openid: 'oNewcomer', phone: '13900000009' }
    const [one, two] = await Promise.all([register(server, newcomer(person)), register(server, newcomer(person))])
    expect(one).toBe(two)
    expect(await underOld(server)).toBe(SEALED)
  })
})

it('does not start when a secret is missing with which something may be sealed (FS12)', async () => {
  const missing = /DATA_SECRET is not the one with which/
  await withServer({ DATA_SECRET: NEW }, (server) => expect(requireDataKeys(server)).rejects.toThrow(missing))
  await withServer(both, requireDataKeys)
  await withServer({ DATA_SECRET: OLD }, (server) => expect(requireDataKeys(server)).rejects.toThrow(missing))
  await shop.db.execute(sql`DELETE FROM settings`)
  await withServer({ DATA_SECRET: NEW }, (server) => expect(requireDataKeys(server)).rejects.toThrow(missing))
  expect((await rotate({ DATA_SECRET: NEW })).err).toMatch(/^Nothing was changed: DATA_SECRET is not/)
}, 30_000)

it('names the rows that neither secret opens, and keeps the old secret in use (FS12)', async () => {
  const [{ id } = { id: 0 }] = await shop.db.select({ id: members.id }).from(members).limit(1)
  await shop.db.execute(sql`UPDATE members SET address_sealed = 'damaged' WHERE id = ${id}`)
  const { code, err } = await rotate(both)
  expect(code).toBe(1)
  expect(err).toContain(`members ${id}`)
  await withServer({ DATA_SECRET: NEW }, (server) => expect(requireDataKeys(server)).rejects.toThrow('DATA_SECRET'))
}, 30_000)
