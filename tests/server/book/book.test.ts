import { put } from '@pointbook/server/book/changes'
import { move } from '@pointbook/server/book/move'
import { account, accounts, movesTable } from '@pointbook/server/book/tables'
import { recordPurchase } from '@pointbook/server/features/earning/purchases/moves'
import { unknownBuyer } from '@pointbook/server/features/earning/purchases/receipt'
import { plainlyPaid } from '@pointbook/server/features/earning/purchases/tables'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { Refusal } from '@pointbook/shared/refusals'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, fresh, give, NOON } from '../../support/server.ts'

let server: Awaited<ReturnType<typeof aServer>>

beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

const aReceipt = (memberId: number, storeId: number, amountFen = 10_000, receiptNo = fresh('R')) => ({
  memberId,
  storeId,
  receiptNo,
  lines: [{ name: '商品', quantity: 1, amountFen }],
  paid: plainlyPaid,
  buyer: unknownBuyer,
  actor: 'system' as const,
})

describe('a key', () => {
  it('answers the stored outcome when the same move comes again', async () => {
    const memberId = await server.aMember()
    const input = give(memberId, 100)
    const first = await server.book.submit(adjust, input)
    const second = await server.book.submit(adjust, input)
    expect(first).toMatchObject({ repeated: false, outcome: { balance: 100 } })
    expect(second).toEqual({ repeated: true, outcome: first.outcome, at: NOON })
    expect((await server.account(memberId)).balance).toBe(100)
  })

  it('answers with the explanations again, which are stored only in the entry', async () => {
    const memberId = await server.aMember()
    const input = aReceipt(memberId, await server.aStore())
    const made = server.book.submit(recordPurchase, input)
    const beside = server.book.submit(recordPurchase, input)
    const { outcome } = await made
    expect(outcome.why.length).toBeGreaterThan(0)
    expect(await beside).toEqual({ repeated: true, outcome, at: NOON })
    expect(await server.book.submit(recordPurchase, input)).toEqual({ repeated: true, outcome, at: NOON })

    const [kept] = await server.db.select().from(movesTable).where(eq(movesTable.memberId, memberId))
    expect(JSON.parse(kept!.outcome).why).toEqual({ memberId, seq: outcome.seq })
  })

  it('answers with an outcome stored together with its explanations, as in older versions', async () => {
    const memberId = await server.aMember()
    const input = aReceipt(memberId, await server.aStore())
    const { outcome } = await server.book.submit(recordPurchase, input)
    await server.db
      .update(movesTable)
      .set({ outcome: JSON.stringify(outcome) })
      .where(eq(movesTable.memberId, memberId))
    expect(await server.book.submit(recordPurchase, input)).toEqual({ repeated: true, outcome, at: NOON })
  })

  it('is refused with another input', async () => {
    const memberId = await server.aMember()
    const requestId = fresh()
    await server.book.make(adjust, give(memberId, 100, requestId))
    await expect(server.book.make(adjust, give(memberId, 200, requestId))).rejects.toMatchObject({
      code: 'move.key-reused',
    })
    expect((await server.account(memberId)).balance).toBe(100)
  })

  it('counts once when the same move comes forty times at once', async () => {
    const memberId = await server.aMember()
    const input = give(memberId, 100)
    const answers = await Promise.all(Array.from({ length: 40 }, () => server.book.submit(adjust, input)))
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect((await server.account(memberId)).balance).toBe(100)
  })

  it('is case-sensitive', async () => {
    const memberId = await server.aMember()
    await server.book.make(adjust, give(memberId, 1, 'request-aaaa'))
    await server.book.make(adjust, give(memberId, 1, 'request-AAAA'))
    expect((await server.account(memberId)).balance).toBe(2)
  })
})

describe('a batch', () => {
  it('lets a refusal or a bug fail only its own move', async () => {
    const broken = move<{ memberId: number }, null>('test.broken', {
      member: ({ memberId }) => memberId,
      key: () => fresh('broken'),
      touches: ({ memberId }) => [account(memberId)],
      decide() {
        throw new TypeError('a bug')
      },
    })
    const [one, two] = [await server.aMember(), await server.aMember()]
    const results = await Promise.allSettled([
      server.book.make(adjust, give(one, 100)),
      server.book.make(adjust, give(one, -500)),
      server.book.make(broken, { memberId: two }),
      server.book.make(adjust, give(two, 70)),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(Refusal)
    expect((results[2] as PromiseRejectedResult).reason).toBeInstanceOf(TypeError)
    expect([(await server.account(one)).balance, (await server.account(two)).balance]).toEqual([100, 70])
  })

  it('shows each move the changes of those before it', async () => {
    const memberId = await server.aMember()
    const results = await Promise.allSettled([
      server.book.make(adjust, give(memberId, 100)),
      server.book.make(adjust, give(memberId, -60)),
      server.book.make(adjust, give(memberId, -60)),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect((await server.account(memberId)).balance).toBe(40)
  })

  it('refuses a move that reads an undeclared row, even when another move has loaded it', async () => {
    const nosy = move<{ memberId: number; other: number }, null>('test.nosy', {
      member: ({ memberId }) => memberId,
      key: () => fresh('nosy'),
      touches: ({ memberId }) => [account(memberId)],
      decide(view, { other }) {
        view.get(accounts, other)
        return { changes: [], outcome: null }
      },
    })
    const [one, two] = [await server.aMember(), await server.aMember()]
    const [, result] = await Promise.allSettled([
      server.book.make(adjust, give(two, 1)),
      server.book.make(nosy, { memberId: one, other: two }),
    ])
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('does not declare') },
    })
  })

  it('fails only the move that the database itself refuses', async () => {
    const tooLong = move<{ memberId: number }, null>('test.too-long', {
      member: ({ memberId }) => memberId,
      key: () => fresh('long'),
      touches: ({ memberId }) => [account(memberId)],
      decide: (view, { memberId }) => ({
        changes: [put(accounts, { ...view.get(accounts, memberId)!, balance: 9_999_999_999 })],
        outcome: null,
      }),
    })
    const [one, two] = [await server.aMember(), await server.aMember()]
    const results = await Promise.allSettled([
      server.book.make(tooLong, { memberId: one }),
      server.book.make(adjust, give(two, 5)),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect([(await server.account(one)).balance, (await server.account(two)).balance]).toEqual([0, 5])
  })
})

it('adds a message and calls the outbox for the purchase of an invited member, and not for others', async () => {
  const [friend, stranger, storeId] = [await server.aMember(), await server.aMember(), await server.aStore()]
  const brought = { ...aReceipt(friend, storeId), buyer: { ...unknownBuyer, invited: true } }
  const before = server.messaged()
  await server.book.make(recordPurchase, aReceipt(stranger, storeId))
  expect(server.messaged()).toBe(before)
  await server.book.make(recordPurchase, brought)
  expect(server.messaged()).toBe(before + 1)
  const messages = await server.db.select().from(outbox).where(eq(outbox.topic, 'purchase.recorded'))
  expect(messages.map(({ payload }) => payload)).toEqual([{ memberId: friend, storeId, receiptNo: brought.receiptNo }])
})

it('handles moves of people before background work, and completes both', async () => {
  const memberId = await server.aMember()
  const done: string[] = []
  const own = Array.from({ length: 250 }, () =>
    server.book.submit(adjust, give(memberId, 1), { behind: true }).then(() => done.push('own')),
  )
  const person = server.book.submit(adjust, give(memberId, 1)).then(() => done.push('person'))
  await Promise.all([...own, person])
  expect(done[0]).toBe('person')
  expect((await server.account(memberId)).balance).toBe(251)
})

describe('a preview', () => {
  it('answers as the move would and writes nothing', async () => {
    const [memberId, storeId] = [await server.aMember(), await server.aStore()]
    const receipt = aReceipt(memberId, storeId, 12_300)
    const seen = await server.book.preview(recordPurchase, receipt)
    expect(seen).toMatchObject({ points: 123, balance: 123 })
    expect(await server.account(memberId)).toMatchObject({ balance: 0, seq: 0 })
    expect(await server.book.make(recordPurchase, receipt)).toEqual(seen)
  })

  it('refuses as the move would', async () => {
    const memberId = await server.aMember()
    await expect(server.book.preview(adjust, give(memberId, -1))).rejects.toMatchObject({ code: 'points.overdrawn' })
  })
})

describe('the schema', () => {
  it('compares text by its bytes in every table, so that no key is taken for another', async () => {
    const [rows] = (await server.db.execute(
      sql`SELECT table_name AS name, table_collation AS collation FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> '__drizzle_migrations'`,
    )) as unknown as [{ name: string; collation: string }[]]
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.filter((table) => !table.collation.endsWith('_bin'))).toEqual([])
  })
})
