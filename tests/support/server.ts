import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readEnv } from '@pointbook/config/env'
import { auditLedger } from '@pointbook/server/book/audit'
import { type Book, openBook } from '@pointbook/server/book/book'
import { pointsAccounts, policies } from '@pointbook/server/book/tables'
import { auditParts } from '@pointbook/server/features'
import { openidColumns } from '@pointbook/server/features/members/directory/personal-data'
import { emptyAccountRow } from '@pointbook/server/features/members/directory/register'
import { members } from '@pointbook/server/features/members/directory/tables'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { readAccount, readEntries, readOpenLots } from '@pointbook/server/features/points/ledger/store'
import { publishStandard } from '@pointbook/server/features/shop/agreement/store'
import { stores } from '@pointbook/server/features/shop/stores/tables'
import { openOutside } from '@pointbook/server/server'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { pino } from 'pino'
import { clockAt } from './clock.ts'
import { aMigratedDatabase } from './migrated.ts'
import { aPolicy } from './policies.ts'

export const NOON = '2026-03-02T04:00:00.000Z'

let count = 0
/** Different at every call, and a valid request id. */
export const fresh = (name = 'request') => `${name}-${++count}-${process.pid}`

/** Points given or taken by hand, for `adjust`. */
export const give = (memberId: number, points: number, requestId = fresh()) => ({
  memberId,
  points,
  reason: '补发',
  actor: 'system' as const,
  requestId,
})

export interface ServerOptions {
  policy?: Partial<Policy>
  env?: Record<string, string>
  now?: string
  /** The level of the server's log; silent by default. */
  logLevel?: 'silent' | 'error'
}

/** The outside world of a test: its own database, and a clock that stands at noon of 2 March 2026 (a Monday) in the shop. */
export async function anOutside({
  env: settings = {},
  now = NOON,
  policy = {},
  logLevel = 'silent',
}: ServerOptions = {}) {
  const database = await aMigratedDatabase()
  const home = await mkdtemp(path.join(tmpdir(), 'pointbook-test-'))
  const clock = clockAt(now)
  const env = readEnv({ DATABASE_URL: database.url, POINTBOOK_HOME: home, ...settings }, { mode: 'test' })
  const outside = openOutside(env, { log: pino({ level: logLevel }), clock })
  const { db } = outside
  await publishStandard(outside)
  await db.insert(policies).values({
    version: 1,
    name: '测试规则',
    note: '',
    document: aPolicy(policy),
    publishedAt: '1990-01-01T00:00:00.000Z',
    publishedBy: 'system',
    effectiveAt: '1990-01-01T00:00:00.000Z',
  })

  async function aMember({ points = 0, nickname = '会员', phone = '' } = {}, book?: Book): Promise<number> {
    const mark = fresh('m')
    const [{ insertId }] = await db.insert(members).values({
      ...openidColumns(outside.keys, mark),
      phoneHash: phone || mark,
      phoneSealed: '',
      phoneMasked: '',
      phoneTail: phone.slice(-4),
      nickname,
      avatarUrl: '',
      sex: 'unknown',
      tags: [],
      inviteCode: mark.replace(/\W/g, '').toUpperCase().slice(-12),
      source: 'test',
      joinedAt: clock.now(),
    })
    await db.insert(pointsAccounts).values(emptyAccountRow(insertId))
    if (points > 0)
      await book!.make(adjust, {
        memberId: insertId,
        points,
        reason: '测试',
        actor: 'system' as const,
        requestId: fresh(),
      })
    return insertId
  }

  async function aStore(name = '人民广场店'): Promise<number> {
    const [{ insertId }] = await db.insert(stores).values({ name, address: '', hours: '', open: true })
    return insertId
  }

  return {
    outside,
    env,
    db,
    clock,
    aMember,
    aStore,
    audit: (sealSecret = env.secrets.sealSecret) =>
      auditLedger(outside.databases.pool, { parts: auditParts, sealSecret, pointsPerYuan: 100 }),

    account: async (memberId: number) => (await readAccount(db, memberId))!,
    openLots: (memberId: number) => readOpenLots(db, memberId),
    entries: async (memberId: number) => (await readEntries(db, memberId, { limit: 100 })).map(({ entry }) => entry),
    close: async () => {
      await outside.databases.close()
      await database.drop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** An outside world with the book open on it, without HTTP: for tests of moves. */
export async function aServer(options: ServerOptions = {}) {
  const base = await anOutside(options)
  const { outside, env, clock } = base
  let messaged = 0
  const book = openBook({
    pool: outside.databases.bookPool,
    sealSecret: env.secrets.sealSecret,
    offsetMinutes: outside.offsetMinutes,
    now: clock.now,
    chance: () => 0.5,
    messaged: () => {
      messaged++
    },
    log: outside.log,
  })
  return {
    ...base,
    book,
    server: { ...outside, book },
    /** The number of times the book has called the outbox. */
    messaged: () => messaged,
    aMember: (person: Parameters<typeof base.aMember>[0] = {}) => base.aMember(person, book),
    close: async () => {
      await book.close()
      await base.close()
    },
  }
}
