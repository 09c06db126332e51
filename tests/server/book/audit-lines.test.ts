import { type App, buildApp } from '@pointbook/server/app'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { openOutside } from '@pointbook/server/server'
import { requestFor } from '@pointbook/shared/client'
import type { Operation } from '@pointbook/shared/contract/index'
import { asc, gt, max } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDatabaseWire, type DatabaseWire } from '../../support/database-wire.ts'
import { unnamedIn } from '../../support/log-details.ts'
import { arranged } from '../../support/repeats/arranged.ts'
import { inAShopOfAllRequests, world } from '../../support/repeats/shop-of-all.ts'

// The audit log line is written with its change: the connection is lost after COMMIT, before the answer.

inAShopOfAllRequests()

let wire: DatabaseWire
let app: App

beforeAll(async () => {
  const url = world.env.databaseUrl!
  const { hostname, port } = new URL(url)
  wire = await aDatabaseWire({ host: hostname, port: Number(port) })
  const log = pino({ level: 'silent' })
  app = await buildApp(openOutside({ ...world.env, databaseUrl: wire.through(url) }, { log, clock: world.clock }))
})
afterAll(async () => {
  await app.close()
  await app.server.databases.close()
  wire.close()
})

/** The log line of each operation of the merchant. */
const lines: Partial<Record<Operation, string[]>> = {
  'POST /admin/members/:memberId/adjustments': ['points.adjust'],
  'POST /admin/members/:memberId/extensions': ['points.extend'],
  'POST /admin/members/:memberId/acts': ['points.act'],
  'POST /admin/members/:memberId/standing': ['member.standing'],
  'POST /admin/members/:memberId/tier': ['tier.grant'],
  'POST /admin/members/:memberId/tier/end': ['tier.end-grant'],
  'POST /admin/members/:memberId/merge': ['member.merge', 'member.merge'],
  'POST /admin/members/:memberId/phone': ['member.phone'],
  'POST /admin/members/:memberId/wechat/release': ['member.wechat'],
  'POST /admin/members/:memberId/cards': ['card.issue'],
  'POST /admin/cases': ['case.open', 'member.standing'],
  'POST /admin/cases/:caseId/takings': ['case.take'],
  'POST /admin/cases/:caseId/decisions': ['case.decide'],
  'POST /admin/cases/:caseId/announcement': ['case.publish'],
  'POST /admin/compensations': ['compensation.make'],
  'POST /admin/card-batches': ['card.batch'],
  'POST /admin/policies': ['policy.publish'],
  'POST /admin/backtests': ['policy.backtest'],
  'POST /admin/items': ['item.add'],
  'POST /admin/items/:itemId/stock': ['item.stock'],
  'POST /admin/redemptions/:orderNo/cancel': ['order.cancel'],
  'POST /admin/redemptions/:orderNo/hand-over': ['order.hand-over'],
  'POST /admin/purchases/confirmations': ['purchase.confirm'],
  'POST /admin/purchases/returns': ['purchase.return'],
  'POST /admin/referrals/:inviteeId/review': ['referral.review'],
  'POST /admin/stores': ['store.add'],
  'POST /admin/api-keys': ['api-key.create'],
  'POST /admin/announcements': ['announcement.change'],
}

const lastLine = async () => (await world.db.select({ id: max(auditLog.id) }).from(auditLog))[0]!.id ?? 0
const linesAfter = (id: number) => world.db.select().from(auditLog).where(gt(auditLog.id, id)).orderBy(asc(auditLog.id))

/** Loses the answer to the first COMMIT after something was written under a request's own key. */
function loseNextCommit() {
  let wrote = false
  let lost = 0
  wire.decide((statement) => {
    wrote ||= /insert into `?(moves|audit_log)\b/i.test(statement)
    if (lost > 0 || !wrote || !/\bcommit\b/i.test(statement)) return null
    lost++
    return 'lost after'
  })
  return () => lost
}

async function ask(op: string, input: object, headers: Record<string, string>) {
  const { method, path, body } = requestFor(op, input)
  const payload = body === undefined ? {} : { payload: body as object }
  const response = await app.http.inject({ method: method as 'POST', url: path, headers, ...payload })
  return { status: response.statusCode, body: response.json() }
}

it.each(Object.entries(lines))('%s leaves its lines once when the answer to COMMIT is lost', async (op, actions) => {
  const { by, input } = await arranged[op as Operation]!()
  await world.settle()
  const before = await lastLine()
  const lost = loseNextCommit()
  let answer = await ask(op, input, by.headers)
  wire.decide(null)
  expect(lost()).toBe(1)
  // The server repeats a move; other work is repeated by the caller.
  if (answer.status === 503) answer = await ask(op, input, by.headers)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
  const written = await linesAfter(before)
  expect(written.map(({ action }) => action)).toEqual(actions)
  for (const { actor, text, detail } of written) {
    expect(unnamedIn(detail)).toEqual([])
    expect(actor).toBe(`admin/${world.env.adminLogin}`)
    expect(text).not.toMatch(/undefined|NaN/)
  }
})
