import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readEnv } from '@pointbook/config/env'
import { type App, buildApp } from '@pointbook/server/app'
import { auditLedger } from '@pointbook/server/book/audit'
import { auditParts } from '@pointbook/server/features'
import { readyDatabase } from '@pointbook/server/platform/database/ready'
import { newToken, sha256 } from '@pointbook/server/platform/secrets'
import { openSession } from '@pointbook/server/platform/session/member-session'
import { adminSessions } from '@pointbook/server/platform/session/tables'
import { openOutside } from '@pointbook/server/server'
import { prepareShop } from '@pointbook/server/setup/prepare'
import { client } from '@pointbook/shared/client'
import { RELEASE, RELEASE_HEADER } from '@pointbook/shared/release'
import mysql from 'mysql2/promise'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clockAt } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { rowsOf } from './schema.ts'

// How the old shop was made, and what is odd in it: README.md.

const read = (name: string) => readFileSync(path.join(import.meta.dirname, 'old-shop', name), 'utf8')
const said = JSON.parse(read('said.json'))
const { names } = said
const members: [string, { [name: string]: number | string }][] = Object.entries(said.members)
// Those that the old shop was made with.
const SECRETS = {
  SEAL_SECRET: 'demo-seal-secret-do-not-use-this-in-production',
  DATA_SECRET: 'demo-data-secret-do-not-use-this-in-production',
}

let database: Awaited<ReturnType<typeof aDatabase>>
let before: Figures

beforeAll(async () => {
  database = await aDatabase()
  const connection = await mysql.createConnection({ uri: database.url, multipleStatements: true })
  await connection.query(read('old-shop.sql'))
  await connection.end()
  before = await figures()
  await readyDatabase(database.url, { log: { warn: () => {} } })
})
afterAll(() => database.drop())

type Figures = Awaited<ReturnType<typeof figures>>

/** Figures read from the tables directly, which no migration may change. */
async function figures() {
  const accounts = await rowsOf<{ memberId: number }>(
    database.url,
    `SELECT a.member_id AS memberId, a.standing, a.balance, a.debt, a.earned, a.spent, a.expired,
        (SELECT CAST(COALESCE(SUM(l.remaining), 0) AS SIGNED) FROM points_lots l WHERE l.member_id = a.member_id) AS inLots
      FROM points_accounts a ORDER BY a.member_id`,
  )
  const counts: Record<string, number> = {}
  for (const table of [
    'members',
    'points_entries',
    'points_draws',
    'purchases',
    'purchase_returns',
    'orders',
    'outbox',
  ])
    counts[table] = (await rowsOf<{ found: number }>(database.url, `SELECT COUNT(*) AS found FROM ${table}`))[0]!.found
  const lots = await rowsOf(
    database.url,
    `SELECT CAST(expires_on AS CHAR) AS expiresOn, CAST(SUM(remaining) AS SIGNED) AS points
      FROM points_lots WHERE remaining > 0 GROUP BY expires_on ORDER BY expires_on`,
  )
  return { accounts, counts, lots }
}

describe('a shop of an early version, brought up to date (FO1, FD10)', () => {
  it('holds the early server’s figures of each member before the migrations, and the same ones afterwards', async () => {
    const told = Object.fromEntries(before.accounts.map(({ memberId, ...rest }) => [memberId, rest]))
    for (const [memberId, { balance, standing, debt, earned, spent, expired }] of members)
      expect(told[memberId]).toEqual({ balance, standing, debt, earned, spent, expired, inLots: balance })
    expect(await figures()).toEqual(before)
  })

  it('has the last days of lots in the columns that the jobs read', async () => {
    const lots = await rowsOf(
      database.url,
      `SELECT CAST(due_on AS CHAR) AS expiresOn, CAST(SUM(remaining) AS SIGNED) AS points
        FROM points_lots WHERE due_on IS NOT NULL GROUP BY due_on ORDER BY due_on`,
    )
    expect(lots).toEqual(before.lots.filter((lot) => (lot as { expiresOn: string | null }).expiresOn !== null))
  })

  describe('and opened', () => {
    let home: string
    let app: App
    let outside: ReturnType<typeof openOutside>
    let admin: ReturnType<typeof speaker>
    const clock = clockAt(said.now)

    beforeAll(async () => {
      home = await mkdtemp(path.join(tmpdir(), 'pointbook-old-shop-'))
      const settings = { DATABASE_URL: database.url, POINTBOOK_HOME: home, ...SECRETS }
      outside = openOutside(readEnv(settings, { mode: 'test' }), { log: pino({ level: 'silent' }), clock })
      app = await buildApp(outside)
      await prepareShop(app)
      const token = newToken()
      const endsAt = new Date(Date.now() + 3_600_000).toISOString()
      await outside.db.insert(adminSessions).values({ tokenHash: sha256(token), login: outside.env.adminLogin, endsAt })
      admin = speaker({ cookie: `pointbook_panel=${token}` })
    })
    afterAll(async () => {
      await app.close()
      await outside.databases.close()
      await rm(home, { recursive: true })
    })

    function speaker(headers: Record<string, string>) {
      const sent = { ...headers, [RELEASE_HEADER]: String(RELEASE) }
      return client(async ({ method, path: url, body }) => {
        const payload = body === undefined ? {} : { payload: body as object }
        const response = await app.http.inject({ method: method as 'GET', url, headers: sent, ...payload })
        return { status: response.statusCode, body: response.json() }
      })
    }
    const as = async (memberId: number) => {
      const { accessToken } = await openSession(app.http, outside.db, memberId)
      return speaker({ authorization: `Bearer ${accessToken}` })
    }
    const audit = () =>
      auditLedger(outside.databases.pool, { parts: auditParts, sealSecret: SECRETS.SEAL_SECRET, pointsPerYuan: 100 })

    it('has books in order, with the totals that they had', async () => {
      const { checks, totals } = await audit()
      expect(checks.filter(({ passed }) => !passed)).toEqual([])
      expect(totals).toEqual(said.audit)
    })

    it('shows each member their points, entries and unread messages', async () => {
      for (const memberId of [names.ending, names.tomorrow, names.buyer, names.debtor, names.shopper]) {
        const { balance, usable, pending, debt } = said.members[memberId]
        expect((await (await as(memberId))('GET /me')).points).toMatchObject({ balance, usable, pending, debt })
      }
      const me = await as(names.shopper)
      expect((await me('GET /me')).unreadMessages).toBe(said.unread)
      const { rows } = await me('GET /me/entries', { limit: 50 })
      expect(rows.map(({ seq, title, delta }) => [seq, title, delta])).toEqual(said.ledger)
      expect((await me('GET /me/redemptions', {})).rows.map(({ orderNo }) => orderNo)).toContain(names.waiting)
    })

    it('shows the merchant the same dashboard, liability, orders and members', async () => {
      // The definition of "issued" has changed since.
      const { pointsToday, ...rest } = said.dashboard
      const { redeemed, expired } = pointsToday
      const known = { ...rest, pointsToday: { redeemed, expired } }
      expect(await admin('GET /admin/dashboard')).toMatchObject(known)
      expect(await admin('GET /admin/liability', {})).toMatchObject(said.liability)
      expect((await admin('POST /admin/redemptions/search', {})).total).toBe(said.orders)
      const { rows } = await admin('POST /admin/members/search', { q: '冻结的会员' })
      expect(rows).toMatchObject([{ memberId: names.frozen, standing: said.members[names.frozen].standing }])
    })

    it('answers repeated requests of that time as before, and makes nothing new', async () => {
      const counts = 'SELECT COUNT(*) AS made FROM moves UNION ALL SELECT COUNT(*) FROM audit_log'
      const made = await rowsOf(database.url, counts)
      const again = (memberId: number, number: number, reason: string) => {
        const requestId = `old-shop-${String(number).padStart(4, '0')}`
        return { memberId, reason, requestId }
      }
      const adjustment = { ...again(names.ending, 2, '旧系统余额'), points: 500 }
      expect(await admin('POST /admin/members/:memberId/adjustments', adjustment)).toEqual({ seq: 1, balance: 500 })
      const standing = { ...again(names.frozen, 35, '核实中'), standing: 'frozen' } as const
      expect(await admin('POST /admin/members/:memberId/standing', standing)).toEqual({ standing: 'frozen' })
      const { policy } = await admin('GET /admin/policies/:version', { version: 1 })
      const tierId = policy.tiers.levels.at(-1)!.id
      const grant = { ...again(names.shopper, 33, '老板的朋友'), tierId, until: '2026-12-31' }
      expect(await admin('POST /admin/members/:memberId/tier', grant)).toMatchObject({ until: '2026-12-31' })
      const merge = { ...again(10_000_033, 44, '换了手机号'), doubleId: 10_000_034 }
      expect(await admin('POST /admin/members/:memberId/merge', merge)).toMatchObject({ points: 365, balance: 515 })
      expect(await rowsOf(database.url, counts)).toEqual(made)
    })

    it('continues: cancels a waiting order, expires the points of tomorrow, and sends waiting messages again', async () => {
      const me = await as(names.shopper)
      await me('POST /me/redemptions/:orderNo/cancel', { orderNo: names.waiting, requestId: 'after-the-upgrade' })
      clock.travelDays(3)
      const waited = await rowsOf<{ id: number }>(database.url, 'SELECT id FROM outbox WHERE attempts = 1')
      expect(waited.length).toBeGreaterThan(1)
      await app.outbox.drain()
      const untried = 'SELECT id FROM outbox WHERE attempts <= 1 AND id IN (?)'
      expect(await rowsOf(database.url, untried, [waited.map(({ id }) => id)])).toEqual([])
      await app.jobs.find(({ name }) => name === 'expire-points')!.run()
      expect((await (await as(names.tomorrow))('GET /me')).points).toMatchObject({ balance: 50, expired: 77 })
      expect((await audit()).checks.filter(({ passed }) => !passed)).toEqual([])
    })
  })
})
