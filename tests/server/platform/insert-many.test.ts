import { inboxMessages } from '@pointbook/server/features/care/messages/tables'
import { insertMany } from '@pointbook/server/platform/database/insert-many'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aServer } from '../../support/server.ts'

let server: Awaited<ReturnType<typeof aServer>>

beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

const messageOf = (memberId: number, fact: string, title: string) => ({
  memberId,
  fact,
  kind: 'gift',
  title,
  body: '',
  page: '',
  read: true,
  pushed: '' as const,
  at: '2026-03-02T04:05:06.789Z',
})

it('writes rows like drizzle, with any characters in their texts', async () => {
  const titles = ['拿铁', "it's ? \\ ' -- ", '"?"', '100%; DROP TABLE inbox_messages', '']
  const [one, other] = [await server.aMember(), await server.aMember()]
  const rowsOf = (memberId: number) => titles.map((title, index) => messageOf(memberId, `fact-${index}`, title))
  await server.db.execute(insertMany(inboxMessages, rowsOf(one)))
  await server.db.insert(inboxMessages).values(rowsOf(other))

  const written = async (memberId: number) => {
    const rows = await server.db.select().from(inboxMessages).where(eq(inboxMessages.memberId, memberId))
    return rows.map(({ id: _, memberId: __, ...rest }) => rest)
  }
  expect(await written(one)).toEqual(await written(other))
  expect((await written(one)).map(({ title }) => title)).toEqual(titles)
})

it('accepts additions of the caller to the statement', async () => {
  const memberId = await server.aMember()
  const twice = [messageOf(memberId, 'same', '先'), messageOf(memberId, 'same', '后')]
  await server.db.execute(
    sql`${insertMany(inboxMessages, twice)} ON DUPLICATE KEY UPDATE title = CONCAT(title, VALUES(title))`,
  )
  const rows = await server.db.select().from(inboxMessages).where(eq(inboxMessages.memberId, memberId))
  expect(rows.map(({ title }) => title)).toEqual(['先后'])
})
