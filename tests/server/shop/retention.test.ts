import { inboxMessages } from '@pointbook/server/features/care/messages/tables'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import type { Instant } from '@pointbook/shared/day'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { changeSettings } from '../../support/edits.ts'
import { aWorld, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const shop = { name: '小满茶铺', notice: '', servicePhone: '', cards: false }
const runs = (name: string) => world.app.jobs.find((job) => job.name === name)!.run()
// The world's clock stands at noon of 2 March 2026.
const at = (day: string): Instant => `${day}T04:00:00.000Z`

async function logLines(...days: string[]) {
  const line = { actor: 'system', action: 'settings.change', subject: 'settings', text: '旧', detail: '' } as const
  await world.db.delete(auditLog)
  await world.db.insert(auditLog).values(days.map((day) => ({ ...line, at: at(day) })))
}
const keptLines = async () => {
  const rows = await world.db.select().from(auditLog).where(eq(auditLog.text, '旧')).orderBy(auditLog.at)
  return rows.map((row) => row.at)
}

async function messages(...days: string[]) {
  const message = { memberId: 1, kind: 'gift', title: '旧', body: '', page: '' }
  await world.db.delete(inboxMessages)
  await world.db.insert(inboxMessages).values(days.map((day) => ({ ...message, fact: day, at: at(day) })))
}
const keptMessages = async () => (await world.db.select().from(inboxMessages)).map(({ fact }) => fact).sort()

it('deletes lines of the audit log after three years, or after the time that the shop sets (Law9)', async () => {
  await logLines('2023-03-01', '2023-03-02', '2025-08-31', '2025-09-02')
  expect(await runs('sweep-audit-log')).toBe(1)
  expect(await keptLines()).toEqual(['2023-03-02', '2025-08-31', '2025-09-02'].map(at))
  await changeSettings(admin, { ...shop, keepLogMonths: 6 })
  await logLines('2023-03-02', '2025-08-31', '2025-09-02')
  expect(await runs('sweep-audit-log')).toBe(2)
  expect(await keptLines()).toEqual([at('2025-09-02')])
})

it('keeps logs for six months at least, as the law asks', async () => {
  const { revision } = await admin.call('GET /admin/settings')
  const { status } = await admin.ask('PUT /admin/settings', { ...shop, keepLogMonths: 5, revision })
  expect(status).toBe(400)
})

it('deletes messages after two years, in as many steps as it takes (Law9)', async () => {
  const old = Array.from({ length: 2_500 }, (_, index) => `2023-01-${String((index % 28) + 1).padStart(2, '0')}`)
  await messages('2024-03-01', '2024-03-03', '2026-03-01')
  const message = { memberId: 2, kind: 'gift', title: '旧', body: '', page: '' }
  await world.db.insert(inboxMessages).values(old.map((day, index) => ({ ...message, fact: `${index}`, at: at(day) })))
  expect(await runs('sweep-inbox')).toBe(2_501)
  expect(await keptMessages()).toEqual(['2024-03-03', '2026-03-01'])
  expect(await runs('sweep-inbox')).toBe(0)
})
