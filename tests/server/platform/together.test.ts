import { members } from '@pointbook/server/features/members/directory/tables'
import { prepared } from '@pointbook/server/platform/database/prepared'
import { readsTogether } from '@pointbook/server/platform/database/together'
import { eq, sql } from 'drizzle-orm'
import mysql, { type Pool } from 'mysql2/promise'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { aGate } from '../../support/gate.ts'
import { aServer } from '../../support/server.ts'

let server: Awaited<ReturnType<typeof aServer>>
let pool: Pool
let read: ReturnType<typeof aReader>

beforeAll(async () => {
  server = await aServer()
  pool = mysql.createPool({
    uri: server.env.databaseUrl!,
    dateStrings: true,
    timezone: 'Z',
    connectionLimit: 4,
    multipleStatements: true,
  })
})
beforeEach(() => {
  read = aReader()
})
afterAll(async () => {
  await pool.end()
  await server.close()
})

/** Reads over a way of their own, with the packets it sent. */
function aReader() {
  vi.restoreAllMocks()
  const query = pool.query.bind(pool)
  const packets = vi.spyOn(pool, 'query')
  const way = readsTogether(pool)
  const byId = prepared((db) =>
    db
      .select({ id: members.id, joinedAt: members.joinedAt, tags: members.tags })
      .from(members)
      .where(eq(members.id, sql.placeholder('id')))
      .prepare(),
  )
  const faulty = prepared((db) =>
    db
      .select({ one: sql`(SELECT id FROM ${members} WHERE id <= ${sql.placeholder('id')})` })
      .from(members)
      .prepare(),
  )
  return {
    member: (id: number) => byId(way as never).execute({ id }),
    /** Fails as soon as there are two members. */
    fault: () => faulty(way as never).execute({ id: 1_000_000_000 }),
    packets: () => packets.mock.calls.length,
    /** The next packets find their connection lost. */
    loses: (count: number) => {
      const lost = Object.assign(new Error('lost'), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true })
      for (let time = 0; time < count; time++) packets.mockRejectedValueOnce(lost)
    },
    /** Packets wait until what it returns is called. */
    holdPackets: () => {
      const { passed, open } = aGate()
      packets.mockImplementation((async (options: never) => {
        await passed
        return query(options)
      }) as never)
      return open
    },
  }
}

const plainly = (id: number) =>
  server.db
    .select({ id: members.id, joinedAt: members.joinedAt, tags: members.tags })
    .from(members)
    .where(eq(members.id, id))

it('sends the reads of one turn in one packet, and answers each like a separate read', async () => {
  const ids = [await server.aMember(), await server.aMember(), await server.aMember()]
  const results = await Promise.all([...ids, 999_999_999].map(read.member))
  expect(results).toEqual([...(await Promise.all(ids.map(plainly))), []])
  expect(read.packets()).toBe(1)
})

it('sends a single read by itself', async () => {
  const id = await server.aMember()
  expect(await read.member(id)).toEqual(await plainly(id))
})

it('reads again in a later turn, so that no caller gets older data', async () => {
  const id = await server.aMember()
  await read.member(id)
  await server.db
    .update(members)
    .set({ tags: ['熟客'] })
    .where(eq(members.id, id))
  expect(await read.member(id)).toMatchObject([{ tags: ['熟客'] }])
})

it('collects reads while two packets are under way', async () => {
  const id = await server.aMember()
  const arrive = read.holdPackets()
  const all = []
  for (let turn = 0; turn < 40; turn++) {
    all.push(read.member(id))
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(read.packets()).toBe(2)
  arrive()
  const results = await Promise.all(all)
  expect(results.every(([row]) => row!.id === id)).toBe(true)
  expect(read.packets()).toBe(3)
})

it('lets the fault of one read not affect the others of its packet', async () => {
  const ids = [await server.aMember(), await server.aMember()]
  const [first, fault, second] = await Promise.allSettled([read.member(ids[0]!), read.fault(), read.member(ids[1]!)])
  expect([first, second]).toMatchObject([{ value: [{ id: ids[0] }] }, { value: [{ id: ids[1] }] }])
  expect(fault).toMatchObject({ status: 'rejected', reason: { cause: { code: 'ER_SUBQUERY_NO_1_ROW' } } })
})

it('sends a failed read by itself only once', async () => {
  await Promise.all([server.aMember(), server.aMember()])
  await expect(read.fault()).rejects.toBeDefined()
  expect(read.packets()).toBe(1)
})

it('sends all reads once more in one packet when the connection is lost', async () => {
  const ids = [await server.aMember(), await server.aMember()]
  read.loses(1)
  expect(await Promise.all(ids.map(read.member))).toEqual(await Promise.all(ids.map(plainly)))
  expect(read.packets()).toBe(2)
})

it('reports a lost connection when the next one is lost too', async () => {
  const id = await server.aMember()
  read.loses(2)
  const both = await Promise.allSettled([read.member(id), read.member(id)])
  for (const one of both)
    expect(one).toMatchObject({ status: 'rejected', reason: { cause: { code: 'PROTOCOL_CONNECTION_LOST' } } })
  expect(read.packets()).toBe(2)
})

it('finds rows by true, false, null and text', async () => {
  const id = await server.aMember()
  const text = "林'小满\\\\; 🙂"
  await server.outside.db.update(members).set({ addressSealed: text }).where(eq(members.id, id))
  const byAll = prepared((way) =>
    way
      .select({ id: members.id })
      .from(members)
      .where(
        sql`id = ${sql.placeholder('id')} AND address_sealed = ${sql.placeholder('text')} AND ${true} AND NOT ${false} AND ${sql.placeholder('none')} IS NULL`,
      )
      .prepare(),
  )
  const way = readsTogether(pool)
  expect(await byAll(way as never).execute({ id, text, none: null })).toEqual([{ id }])
  expect(await byAll(way as never).execute({ id, text: `${text}.`, none: null })).toEqual([])
})

it('does not let a text end a statement, also when backslashes do not escape (FD14)', async () => {
  const id = await server.aMember()
  for (const text of [`${id}; DROP TABLE members`, "' OR ''='", "\\' OR 1=1; -- ", '\\'])
    expect((await read.member(text as never)).length).toBeLessThanOrEqual(1)
  const sent = vi.mocked(pool.query).mock.calls.map(([query]) => (query as unknown as { sql: string }).sql)
  for (const statement of sent) expect(statement).not.toMatch(/[;\\]| OR |DROP/)
  expect(await plainly(id)).toHaveLength(1)
})

it('refuses two statements in one, like every path except the book’s (FD14)', async () => {
  const two = 'SELECT 1; SELECT 2'
  const { db, bookPool, pool: general } = server.outside.databases
  await expect(general.query(two)).rejects.toMatchObject({ code: 'ER_PARSE_ERROR' })
  await expect(db.execute(two)).rejects.toMatchObject({ cause: { code: 'ER_PARSE_ERROR' } })
  const quick = prepared((way) =>
    way
      .select({ one: sql.raw('1; SELECT 2') })
      .from(members)
      .prepare(),
  )
  await expect(quick(db).execute()).rejects.toMatchObject({ cause: new Error('a quick read is one statement') })
  expect((await bookPool.query(two))[0]).toHaveLength(2)
})
