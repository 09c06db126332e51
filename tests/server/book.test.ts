import { move } from '@pointbook/server/book/move'
import { account, accounts, movesTable, put } from '@pointbook/server/book/tables'
import { checkIn } from '@pointbook/server/features/check-ins/moves'
import { noProfile } from '@pointbook/server/features/points/earn'
import { adjust } from '@pointbook/server/features/points/moves'
import { recordPurchase } from '@pointbook/server/features/purchases/moves'
import { unknownBuyer } from '@pointbook/server/features/purchases/receipt'
import { plainlyPaid } from '@pointbook/server/features/purchases/tables'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { Refusal } from '@pointbook/shared/refusals'
import { eq, sql } from 'drizzle-orm'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aHouse, fresh } from '../support/house.ts'

let house: Awaited<ReturnType<typeof aHouse>>

beforeAll(async () => {
  house = await aHouse()
})
afterAll(() => house.close())

const give = (memberId: number, points: number, requestId = fresh()) => ({
  memberId,
  points,
  reason: '补发',
  actor: 'system',
  requestId,
})

const aReceipt = (memberId: number, storeId: number, amountFen = 10_000, receiptNo = fresh('R')) => ({
  memberId,
  storeId,
  receiptNo,
  lines: [{ name: '商品', quantity: 1, amountFen }],
  paid: plainlyPaid,
  buyer: unknownBuyer,
  actor: 'system',
})

describe('a key', () => {
  it('answers the stored outcome when the same move comes again', async () => {
    const memberId = await house.aMember()
    const input = give(memberId, 100)
    const first = await house.book.submit(adjust, input)
    const second = await house.book.submit(adjust, input)
    expect(first).toMatchObject({ repeated: false, outcome: { balance: 100 } })
    expect(second).toEqual({ repeated: true, outcome: first.outcome })
    expect((await house.account(memberId)).balance).toBe(100)
  })

  it('answers with the reasons again, which stand in the entry alone', async () => {
    const memberId = await house.aMember()
    const input = aReceipt(memberId, await house.aStore())
    const made = house.book.submit(recordPurchase, input)
    const beside = house.book.submit(recordPurchase, input)
    const { outcome } = await made
    expect(outcome.why.length).toBeGreaterThan(0)
    expect(await beside).toEqual({ repeated: true, outcome })
    expect(await house.book.submit(recordPurchase, input)).toEqual({ repeated: true, outcome })

    const [kept] = await house.db.select().from(movesTable).where(eq(movesTable.memberId, memberId))
    expect(JSON.parse(kept!.outcome).why).toEqual({ memberId, seq: outcome.seq })
  })

  it('answers an outcome that was kept with its reasons, as they once were', async () => {
    const memberId = await house.aMember()
    const input = aReceipt(memberId, await house.aStore())
    const { outcome } = await house.book.submit(recordPurchase, input)
    await house.db
      .update(movesTable)
      .set({ outcome: JSON.stringify(outcome) })
      .where(eq(movesTable.memberId, memberId))
    expect(await house.book.submit(recordPurchase, input)).toEqual({ repeated: true, outcome })
  })

  it('is refused with another input', async () => {
    const memberId = await house.aMember()
    const requestId = fresh()
    await house.book.make(adjust, give(memberId, 100, requestId))
    await expect(house.book.make(adjust, give(memberId, 200, requestId))).rejects.toMatchObject({
      code: 'move.key-reused',
    })
    expect((await house.account(memberId)).balance).toBe(100)
  })

  it('counts once when the same move comes forty times at once', async () => {
    const memberId = await house.aMember()
    const input = give(memberId, 100)
    const answers = await Promise.all(Array.from({ length: 40 }, () => house.book.submit(adjust, input)))
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect((await house.account(memberId)).balance).toBe(100)
  })

  it('tells capitals apart', async () => {
    const memberId = await house.aMember()
    await house.book.make(adjust, give(memberId, 1, 'request-aaaa'))
    await house.book.make(adjust, give(memberId, 1, 'request-AAAA'))
    expect((await house.account(memberId)).balance).toBe(2)
  })
})

describe('a batch', () => {
  it('keeps a refusal and a bug with their own move', async () => {
    const broken = move<{ memberId: number }, null>('test.broken', {
      member: ({ memberId }) => memberId,
      key: () => fresh('broken'),
      touches: ({ memberId }) => [account(memberId)],
      decide() {
        throw new TypeError('a bug')
      },
    })
    const [one, two] = [await house.aMember(), await house.aMember()]
    const results = await Promise.allSettled([
      house.book.make(adjust, give(one, 100)),
      house.book.make(adjust, give(one, -500)),
      house.book.make(broken, { memberId: two }),
      house.book.make(adjust, give(two, 70)),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(Refusal)
    expect((results[2] as PromiseRejectedResult).reason).toBeInstanceOf(TypeError)
    expect([(await house.account(one)).balance, (await house.account(two)).balance]).toEqual([100, 70])
  })

  it('lets each move see what those before it changed', async () => {
    const memberId = await house.aMember()
    const results = await Promise.allSettled([
      house.book.make(adjust, give(memberId, 100)),
      house.book.make(adjust, give(memberId, -60)),
      house.book.make(adjust, give(memberId, -60)),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect((await house.account(memberId)).balance).toBe(40)
  })

  it('refuses a move that reads a row it did not declare, whoever else loaded it', async () => {
    const nosy = move<{ memberId: number; other: number }, null>('test.nosy', {
      member: ({ memberId }) => memberId,
      key: () => fresh('nosy'),
      touches: ({ memberId }) => [account(memberId)],
      decide(view, { other }) {
        view.get(accounts, other)
        return { changes: [], outcome: null }
      },
    })
    const [one, two] = [await house.aMember(), await house.aMember()]
    const [, result] = await Promise.allSettled([
      house.book.make(adjust, give(two, 1)),
      house.book.make(nosy, { memberId: one, other: two }),
    ])
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('does not declare') },
    })
  })

  it('harms only the move that the database itself refuses', async () => {
    const tooLong = move<{ memberId: number }, null>('test.too-long', {
      member: ({ memberId }) => memberId,
      key: () => fresh('long'),
      touches: ({ memberId }) => [account(memberId)],
      decide: (view, { memberId }) => ({
        changes: [put(accounts, { ...view.get(accounts, memberId)!, balance: 9_999_999_999 })],
        outcome: null,
      }),
    })
    const [one, two] = [await house.aMember(), await house.aMember()]
    const results = await Promise.allSettled([
      house.book.make(tooLong, { memberId: one }),
      house.book.make(adjust, give(two, 5)),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect([(await house.account(one)).balance, (await house.account(two)).balance]).toEqual([0, 5])
  })
})

it('leaves a message of the purchase of somebody whom a friend brought, and of nobody else’s', async () => {
  const [friend, stranger, storeId] = [await house.aMember(), await house.aMember(), await house.aStore()]
  const brought = { ...aReceipt(friend, storeId), buyer: { ...unknownBuyer, invited: true } }
  await Promise.all([brought, aReceipt(stranger, storeId)].map((one) => house.book.make(recordPurchase, one)))
  const told = await house.db.select().from(outbox).where(eq(outbox.topic, 'purchase.recorded'))
  expect(told.map(({ payload }) => payload)).toEqual([{ memberId: friend, storeId, receiptNo: brought.receiptNo }])
})

it('lets people go before the shop’s own work, and does all of it', async () => {
  const memberId = await house.aMember()
  const done: string[] = []
  const own = Array.from({ length: 250 }, () =>
    house.book.submit(adjust, give(memberId, 1), { behind: true }).then(() => done.push('own')),
  )
  const person = house.book.submit(adjust, give(memberId, 1)).then(() => done.push('person'))
  await Promise.all([...own, person])
  expect(done[0]).toBe('person')
  expect((await house.account(memberId)).balance).toBe(251)
})

describe('a preview', () => {
  it('answers as the move would and writes nothing', async () => {
    const [memberId, storeId] = [await house.aMember(), await house.aStore()]
    const receipt = aReceipt(memberId, storeId, 12_300)
    const seen = await house.book.preview(recordPurchase, receipt)
    expect(seen).toMatchObject({ points: 123, balance: 123 })
    expect(await house.account(memberId)).toMatchObject({ balance: 0, seq: 0 })
    expect(await house.book.make(recordPurchase, receipt)).toEqual(seen)
  })

  it('refuses as the move would', async () => {
    const memberId = await house.aMember()
    await expect(house.book.preview(adjust, give(memberId, -1))).rejects.toMatchObject({ code: 'points.overdrawn' })
  })
})

describe('a failure on the way', () => {
  async function killBookConnections() {
    const connection = await mysql.createConnection({ uri: process.env.POINTBOOK_TEST_DATABASE_URL! })
    const [rows] = await connection.query<mysql.RowDataPacket[]>(
      'SELECT id FROM information_schema.processlist WHERE db = DATABASE() OR db = ?',
      [new URL(house.env.databaseUrl!).pathname.slice(1)],
    )
    for (const { id } of rows) await connection.query(`KILL ${id}`).catch(() => {})
    await connection.end()
    return rows.length
  }

  it('loses nothing and doubles nothing when connections are killed in the middle of batches', async () => {
    const members = await Promise.all(Array.from({ length: 10 }, () => house.aMember()))
    const inputs = Array.from({ length: 300 }, (_, index) => give(members[index % 10]!, 1))
    let killed = 0
    const killing = setInterval(async () => {
      killed += await killBookConnections().catch(() => 0)
    }, 15)
    const acknowledged: typeof inputs = []
    try {
      for (let at = 0; at < inputs.length; at += 20) {
        const some = inputs.slice(at, at + 20)
        const results = await Promise.allSettled(some.map((input) => house.book.make(adjust, input)))
        acknowledged.push(...some.filter((_, index) => results[index]!.status === 'fulfilled'))
      }
    } finally {
      clearInterval(killing)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
    for (const input of inputs) await house.book.make(adjust, input)
    const balances = await Promise.all(members.map(async (memberId) => (await house.account(memberId)).balance))
    expect(killed).toBeGreaterThan(0)
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(balances).toEqual(members.map(() => 30))
  }, 60_000)

  it('tries again when another transaction holds the row until the lock wait times out', async () => {
    const memberId = await house.aMember()
    const other = await mysql.createConnection({ uri: house.env.databaseUrl! })
    await other.query('BEGIN')
    await other.query('SELECT * FROM points_accounts WHERE member_id = ? FOR UPDATE', [memberId])
    setTimeout(() => other.query('COMMIT').then(() => other.end()), 300)
    expect(await house.book.make(adjust, give(memberId, 5))).toMatchObject({ balance: 5 })
  })

  it('runs the batch again after a deadlock with another process', async () => {
    const [one, two] = [await house.aMember(), await house.aMember()]
    const other = await mysql.createConnection({ uri: house.env.databaseUrl! })
    await other.query('BEGIN')
    await other.query('SELECT * FROM points_accounts WHERE member_id = ? FOR UPDATE', [two])
    const both = Promise.all([house.book.make(adjust, give(one, 5)), house.book.make(adjust, give(two, 5))])
    await new Promise((resolve) => setTimeout(resolve, 150))
    // The batch holds `one` and waits for `two`; asking for `one` here closes the circle, and one of the two gives way.
    await other.query('SELECT * FROM points_accounts WHERE member_id = ? FOR UPDATE', [one]).catch(() => {})
    await other.query('ROLLBACK').catch(() => {})
    await other.end()
    expect(await both).toMatchObject([{ balance: 5 }, { balance: 5 }])
  })
})

describe('two processes on one database', () => {
  it('keep each other from paying twice', async () => {
    const rival = await aRival()
    const memberId = await house.aMember()
    const day = '2026-03-02'
    const both = [house.book, rival.book]
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        both[index % 2]!.submit(checkIn, { memberId, on: day, profile: noProfile }),
      ),
    )
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect((await house.account(memberId)).balance).toBe(5)
    await rival.close()
  })

  async function aRival() {
    const { openBook } = await import('@pointbook/server/book/book')
    const { openDatabase } = await import('@pointbook/server/platform/database/pool')
    const databases = openDatabase(house.env.databaseUrl!)
    const { outside, env, clock } = house
    const book = openBook({
      pool: databases.bookPool,
      sealSecret: env.secrets.sealSecret,
      offsetMinutes: outside.offsetMinutes,
      now: clock.now,
      chance: () => 0.2,
      committed: () => {},
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

describe('the schema', () => {
  it('compares text by its bytes in every table, so that no key is taken for another', async () => {
    const [rows] = (await house.db.execute(
      sql`SELECT table_name AS name, table_collation AS collation FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> '__drizzle_migrations'`,
    )) as unknown as [{ name: string; collation: string }[]]
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.filter((table) => !table.collation.endsWith('_bin'))).toEqual([])
  })
})
