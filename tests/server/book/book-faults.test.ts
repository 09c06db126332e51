import { openBook } from '@pointbook/server/book/book'
import { checkIn } from '@pointbook/server/features/earning/check-ins/moves'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { openDatabase } from '@pointbook/server/platform/database/pool'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, give } from '../../support/server.ts'

// Faults between the book and its database: lost connections, others' locks, another process.

let server: Awaited<ReturnType<typeof aServer>>

beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

describe('a failure on the way', () => {
  async function killBookConnections() {
    const connection = await mysql.createConnection({ uri: process.env.POINTBOOK_TEST_DATABASE_URL! })
    const [rows] = await connection.query<mysql.RowDataPacket[]>(
      'SELECT id FROM information_schema.processlist WHERE db = DATABASE() OR db = ?',
      [new URL(server.env.databaseUrl!).pathname.slice(1)],
    )
    for (const { id } of rows) await connection.query(`KILL ${id}`).catch(() => {})
    await connection.end()
    return rows.length
  }

  it('loses no move and makes none twice when connections are killed in the middle of batches', async () => {
    const members = await Promise.all(Array.from({ length: 10 }, () => server.aMember()))
    const inputs = Array.from({ length: 300 }, (_, index) => give(members[index % 10]!, 1))
    let killed = 0
    const killing = setInterval(async () => {
      killed += await killBookConnections().catch(() => 0)
    }, 15)
    const acknowledged: typeof inputs = []
    try {
      for (let at = 0; at < inputs.length; at += 20) {
        const some = inputs.slice(at, at + 20)
        const results = await Promise.allSettled(some.map((input) => server.book.make(adjust, input)))
        acknowledged.push(...some.filter((_, index) => results[index]!.status === 'fulfilled'))
      }
    } finally {
      clearInterval(killing)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
    for (const input of inputs) await server.book.make(adjust, input)
    const balances = await Promise.all(members.map(async (memberId) => (await server.account(memberId)).balance))
    expect(killed).toBeGreaterThan(0)
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(balances).toEqual(members.map(() => 30))
  }, 60_000)

  it('tries again when another transaction holds the row until the lock wait times out', async () => {
    const memberId = await server.aMember()
    const other = await mysql.createConnection({ uri: server.env.databaseUrl! })
    await other.query('BEGIN')
    await other.query('SELECT * FROM points_accounts WHERE member_id = ? FOR UPDATE', [memberId])
    setTimeout(() => other.query('COMMIT').then(() => other.end()), 300)
    expect(await server.book.make(adjust, give(memberId, 5))).toMatchObject({ balance: 5 })
  })

  it('runs the batch again after a deadlock with another process', async () => {
    const [one, two] = [await server.aMember(), await server.aMember()]
    const other = await mysql.createConnection({ uri: server.env.databaseUrl! })
    await other.query('BEGIN')
    await other.query('SELECT * FROM points_accounts WHERE member_id = ? FOR UPDATE', [two])
    const both = Promise.all([server.book.make(adjust, give(one, 5)), server.book.make(adjust, give(two, 5))])
    await new Promise((resolve) => setTimeout(resolve, 150))
    // The batch has locked `one` and waits for `two`; locking `one` here causes a deadlock, and one of the two is rolled back.
    await other.query('SELECT * FROM points_accounts WHERE member_id = ? FOR UPDATE', [one]).catch(() => {})
    await other.query('ROLLBACK').catch(() => {})
    await other.end()
    expect(await both).toMatchObject([{ balance: 5 }, { balance: 5 }])
  })
})

describe('two processes on one database', () => {
  it('give points for one fact only once', async () => {
    const rival = await aRival()
    const memberId = await server.aMember()
    const day = '2026-03-02'
    const both = [server.book, rival.book]
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => both[index % 2]!.submit(checkIn, { memberId, on: day })),
    )
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect((await server.account(memberId)).balance).toBe(5)
    await rival.close()
  })

  async function aRival() {
    const databases = openDatabase(server.env.databaseUrl!)
    const { outside, env, clock } = server
    const book = openBook({
      pool: databases.bookPool,
      sealSecret: env.secrets.sealSecret,
      offsetMinutes: outside.offsetMinutes,
      now: clock.now,
      chance: () => 0.2,
      messaged: () => {},
      log: outside.log,
    })
    return {
      book,
      close: async () => {
        await book.close()
        await databases.close()
      },
    }
  }
})
