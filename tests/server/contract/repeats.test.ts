import { contract, type Operation } from '@pointbook/shared/contract/index'
import { describe, expect, it } from 'vitest'
import { arranged } from '../../support/repeats/arranged.ts'
import { inAShopOfAllRequests, world } from '../../support/repeats/shop-of-all.ts'

// Every creating operation is sent twice, as a phone does after a lost answer.

inAShopOfAllRequests()

/** Operations that are idempotent by themselves: they set a state, or have a business key. */
const keyedByTheirFacts = new Set<Operation>([
  'POST /session/wechat',
  'POST /session/refresh',
  'POST /admin/session',
  'POST /admin/session/second-factor',
  'POST /admin/session/second-factor/end',
  'POST /admin/sessions/:sessionId/end',
  'POST /admin/sessions/end-others',
  'POST /admin/session/notices/dismiss',
  'POST /me/profile',
  'POST /guardian-requests',
  'POST /guardian-requests/state',
  'POST /guardian-requests/opened',
  'POST /admin/members/:memberId/guardian/reveal',
  'POST /me/rebinding',
  'POST /me/check-ins',
  'POST /me/messages/read',
  'POST /me/card/loss',
  'POST /clerk/purchases/preview',
  'POST /clerk/returns/preview',
  'POST /clerk/look-ups',
  'POST /clerk/adjustments/preview',
  'POST /clerk/cards',
  'POST /clerk/cards/loss',
  'POST /admin/announcements/:announcementId/state',
  'POST /admin/purchases/confirmations',
  'POST /admin/purchases/returns/preview',
  'POST /admin/cases/:caseId/freeze',
  'POST /admin/cases/:caseId/decisions',
  'POST /admin/compensations/preview',
  'POST /admin/coupons/:kindId/grants/preview',
  'POST /admin/members/:memberId/cards',
  'POST /admin/members/:memberId/phone/reveal',
  'POST /admin/members/:memberId/export',
  'POST /admin/members/:memberId/rebinding/end',
  'POST /admin/members/:memberId/cards/loss',
  'POST /admin/policy/preview',
  'POST /admin/pictures',
  'POST /admin/referrals/:inviteeId/review',
  'POST /admin/ledger-audit',
  'POST /admin/clock',
  'POST /admin/api-keys/:apiKeyId/revocation',
  'POST /open/events',
  'POST /open/purchases/preview',
  'POST /open/purchases/confirmations',
])

const carriesRequestId = (op: Operation): boolean =>
  'requestId' in ((contract[op] as { body?: { properties: object } }).body?.properties ?? {})

/** All but searches, which only read. */
const posts = (Object.keys(contract) as Operation[]).filter((op) => op.startsWith('POST ') && !op.endsWith('/search'))

it('requires a request id or a business key in every operation that makes something (FS17)', () => {
  expect(posts.filter((op) => !carriesRequestId(op) && !keyedByTheirFacts.has(op))).toEqual([])
  expect(posts.filter((op) => carriesRequestId(op) && !op.endsWith('/preview') && !(op in arranged))).toEqual([])
})

// Each answer of a log-in has tokens of its own, each request of a partner a nonce.
const uncounted = ['refresh_tokens', 'api_nonces', 'sessions', 'settings']
const without = ({ tokens: _tokens, visit: _visit, visitEndsAt: _visitEndsAt, ...rest }: Record<string, unknown>) =>
  rest

async function countRows(): Promise<Record<string, number>> {
  const { pool } = world.server.databases
  const [tables] = (await pool.query('SHOW TABLES')) as unknown as [Record<string, string>[]]
  const names = tables.map((row) => Object.values(row)[0]!).filter((name) => !uncounted.includes(name))
  const counts = await Promise.all(
    names.map(async (name) => {
      const [[row]] = (await pool.query(`SELECT COUNT(*) AS many FROM \`${name}\``)) as unknown as [[{ many: number }]]
      return [name, row.many] as const
    }),
  )
  return Object.fromEntries(counts)
}

/** Waits until nothing is due in the outbox, also where the server itself is at work on it. */
const settled = () =>
  expect.poll(async () => (await world.settle()) + (await world.app.outbox.lag()).due, { timeout: 20_000 }).toBe(0)

describe('sent twice (FS17)', () => {
  it.each(Object.entries(arranged))('%s gets the same answer and makes nothing more', async (op, arrange) => {
    const { by, input, other } = await arrange()
    const first = await by.ask(op, input)
    expect(first, JSON.stringify(first.body)).toMatchObject({ status: 200 })
    await settled()
    const before = await countRows()
    const second = await by.ask(op, input)
    await settled()
    expect(second.status, JSON.stringify(second.body)).toBe(200)
    if (op !== 'POST /me/check-ins' && op !== 'POST /admin/backtests')
      expect(without(second.body)).toEqual(without(first.body))
    expect(await countRows()).toEqual(before)
    if (!other) return
    const mixed = await by.ask(op, { ...input, ...other })
    expect(mixed).toMatchObject({ status: 409, body: { code: 'move.key-reused' } })
  })
})
