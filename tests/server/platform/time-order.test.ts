import { cases } from '@pointbook/server/features/care/cases/tables'
import { compensations } from '@pointbook/server/features/care/compensations/tables'
import { inboxMessages } from '@pointbook/server/features/care/messages/tables'
import { apiKeys } from '@pointbook/server/features/connections/open-api/tables'
import { members } from '@pointbook/server/features/members/directory/tables'
import { announcements } from '@pointbook/server/features/shop/announcements/tables'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorld, type Speaker } from '../../support/world.ts'

// Several servers of TiDB give out numbers of ranges of their own: what is later may have the lower number.

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const made = [
  { id: 900_020, at: '2026-01-01T00:00:00.000Z' },
  { id: 900_030, at: '2026-01-02T00:00:00.000Z' },
  { id: 900_010, at: '2026-01-03T00:00:00.000Z' },
  { id: 900_011, at: '2026-01-03T00:00:00.000Z' },
]
const LATEST_FIRST = [900_011, 900_010, 900_030, 900_020]

/** The numbers of a whole list, read a row a page. */
async function numbers(who: Speaker, op: string, name: string, input: object = {}): Promise<number[]> {
  const ids: number[] = []
  let cursor: string | null = null
  do {
    const { status, body } = await who.ask(op, { ...input, limit: 1, ...(cursor ? { cursor } : {}) })
    expect(status).toBe(200)
    ids.push(...body.rows.map((row: Record<string, number>) => row[name]))
    cursor = body.next
  } while (cursor)
  return ids
}

describe('a list of events', () => {
  it('is in the order of time in the audit log, whatever the numbers are (FD13)', async () => {
    const line = { actor: 'system', action: 'time.test', subject: 'history', text: '', detail: '' } as const
    await world.db.insert(auditLog).values(made.map((row) => ({ ...row, ...line })))
    expect(await numbers(admin, 'POST /admin/audit-log/search', 'id', { action: 'time.test' })).toEqual(LATEST_FIRST)
  })

  it('is in the order of time in the inbox, which is read up to a message by time as well (FD13)', async () => {
    const memberId = await world.aMember()
    const member = await world.asMember(memberId)
    const message = { memberId, kind: 'adjustment', title: '', body: '', page: '' }
    await world.db.insert(inboxMessages).values(made.map((row) => ({ ...row, ...message, fact: `time/${row.id}` })))
    expect(await numbers(member, 'GET /me/messages', 'messageId')).toEqual(LATEST_FIRST)
    await member.call('POST /me/messages/read', { upTo: 900_030 })
    const unread = await world.db.select().from(inboxMessages).where(eq(inboxMessages.read, false))
    expect(unread.map(({ id }) => id).sort()).toEqual([900_010, 900_011])
  })

  it('is in the order of time among announcements, compensations, cases and keys (FD13)', async () => {
    const by = { madeBy: 'system' } as const
    const { db } = world
    await db
      .insert(announcements)
      .values(made.map(({ id, at }) => ({ id, title: '', body: '', state: 'draft' as const, madeAt: at, ...by })))
    await db.insert(compensations).values(made.map(({ id, at }) => ({ id, reason: '', points: 1, madeAt: at, ...by })))
    await db
      .insert(cases)
      .values(made.map(({ id, at }) => ({ id, reason: '', openedAt: at, openedBy: 'system' as const })))
    const key = { name: '', system: '', secretSealed: '', storeIds: [], perMinute: 1 }
    await db.insert(apiKeys).values(made.map(({ id, at }) => ({ id, keyId: `k${id}`, ...key, madeAt: at, ...by })))
    expect(await numbers(admin, 'GET /admin/announcements', 'announcementId')).toEqual(LATEST_FIRST)
    expect(await numbers(admin, 'GET /admin/compensations', 'compensationId')).toEqual(LATEST_FIRST)
    expect(await numbers(admin, 'GET /admin/cases', 'caseId')).toEqual(LATEST_FIRST)
    const { rows } = await admin.call('GET /admin/api-keys')
    expect(rows.map(({ apiKeyId }) => apiKeyId)).toEqual(LATEST_FIRST)
  })

  it('has the members who joined last first (FD13)', async () => {
    const [late, early] = [await world.aMember({ nickname: '时序' }), await world.aMember({ nickname: '时序' })]
    await world.db.update(members).set({ joinedAt: '2026-03-05T00:00:00.000Z' }).where(eq(members.id, late))
    expect(await numbers(admin, 'POST /admin/members/search', 'memberId', { q: '时序' })).toEqual([late, early])
  })

  it('refuses a cursor of another list', async () => {
    for (const cursor of ['17', '2026-01-01_3', 'x_1'])
      expect(await admin.ask('POST /admin/audit-log/search', { cursor })).toMatchObject({ status: 400 })
  })
})
