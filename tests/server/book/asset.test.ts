import { accountColumns, asset, assetTables } from '@pointbook/server/book/asset'
import { auditMember } from '@pointbook/server/book/audit-member'
import { readRange } from '@pointbook/server/book/audit-read'
import { row } from '@pointbook/server/book/changes'
import { type DecisionContext, move } from '@pointbook/server/book/move'
import { FIRST_SEAL } from '@pointbook/server/book/seal'
import type { View } from '@pointbook/server/book/view'
import { creditLot, expire, giveBack, spend } from '@pointbook/server/core/assets/changes'
import type { Account, Draw, EntryHeader, Posting } from '@pointbook/server/core/assets/posting'
import { reclaimAmount } from '@pointbook/server/core/assets/reclaim'
import { redate } from '@pointbook/server/core/assets/redate'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { Refusal } from '@pointbook/shared/refusals'
import { sql } from 'drizzle-orm'
import { mysqlTable } from 'drizzle-orm/mysql-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, fresh, give } from '../../support/server.ts'

// Money that members have paid in, in fen: a lot of principal for each payment, and one of what the shop adds to it.

type Cause = 'top-up' | 'bonus' | 'payment' | 'refund' | 'expiry' | 'debt'
type Reason = { rule: string; fen: number }
type Fen = Posting<Account, Cause, Reason>

const fenAccounts = mysqlTable('fen_accounts', accountColumns())
const fen = asset<Account, Cause, Reason>(fenAccounts, assetTables<'fen', Cause, Reason>('fen', 'amount_fen'), {
  orders: { accounts: 13, entries: 190, lots: 191, draws: 192, redates: 193 },
  sealedAs: 'fen',
  most: 1_000_000,
  tooMuch: (most) => new Refusal('receipt.too-large', { most: String(most) }),
})

let server: Awaited<ReturnType<typeof aServer>>

beforeAll(async () => {
  server = await aServer()
  await server.db.execute(sql`CREATE TABLE fen_accounts (
    member_id BIGINT PRIMARY KEY, balance INT NOT NULL, debt BIGINT NOT NULL, seq INT NOT NULL, seal BINARY(32) NOT NULL,
    spent BIGINT NOT NULL, expired BIGINT NOT NULL, last_at DATETIME(3))`)
  for (const part of ['entries', 'lots', 'draws', 'redates'])
    await server.db.execute(sql.raw(`CREATE TABLE fen_${part} LIKE points_${part}`))
  for (const part of ['lots', 'draws'])
    await server.db.execute(sql.raw(`ALTER TABLE fen_${part} CHANGE points amount_fen INT NOT NULL`))
})
afterAll(() => server.close())

async function aHolder(): Promise<number> {
  const memberId = await server.aMember()
  const nothing = { memberId, balance: 0, debt: 0, seq: 0, spent: 0, expired: 0, lastAt: null }
  await server.db.insert(fenAccounts).values({ ...nothing, seal: FIRST_SEAL })
  return memberId
}

const entryHeader = (cause: Cause, { now: at, policyVersion }: DecisionContext): EntryHeader<Cause> => ({
  cause,
  ref: '',
  actor: 'system' as const,
  at,
  policyVersion,
})

interface Work {
  memberId: number
  /** Lots that may have nothing left. */
  lotSeqs?: number[]
  work(view: View, account: Account, context: DecisionContext): Fen | null
}

const write = move<Work, { balance: number; draws: Draw[] }>('test.fen', {
  member: ({ memberId }) => memberId,
  key: () => fresh('fen'),
  same: () => null,
  touches: ({ memberId, lotSeqs = [] }) => [
    fen.account(memberId),
    fen.openLots(memberId),
    ...lotSeqs.map((seq) => row(fen.lots, memberId, seq)),
  ],
  decide(view, { memberId, work }, context) {
    const posting = work(view, view.get(fen.accounts, memberId)!, context)
    if (!posting) throw new Refusal('points.short', { missing: 1 })
    return { changes: fen.posted(posting), outcome: { balance: posting.account.balance, draws: posting.draws } }
  },
})

const topUp = (memberId: number, amount: number, expiresOn: string | null = null) =>
  server.book.make(write, {
    memberId,
    work: (_, account, context) =>
      creditLot(account, entryHeader(expiresOn ? 'bonus' : 'top-up', context), {
        kind: 'earn',
        amount,
        why: [{ rule: 'top-up', fen: amount }],
        usableOn: context.today,
        expiresOn,
      }),
  })

const pay = (memberId: number, amount: number) =>
  server.book.make(write, {
    memberId,
    work: (view, account, context) =>
      spend(account, view.range(fen.lots, memberId), context.today, entryHeader('payment', context), amount),
  })

async function bookOf(memberId: number) {
  const connection = await server.outside.databases.pool.getConnection()
  const { books } = await readRange(connection, fen, memberId - 1, 1).finally(() => connection.release())
  return books[0]!
}

async function audit(memberId: number): Promise<string[]> {
  const faults: string[] = []
  const { sealSecret } = server.env.secrets
  const carried = { spent: 0, expired: 0 }
  auditMember(await bookOf(memberId), { sealSecret, sealedAs: fen.sealedAs, carried }, (_, fault) => faults.push(fault))
  return faults
}

const lotsOf = async (memberId: number) =>
  (await bookOf(memberId)).lots.map(({ amount, remaining }) => [amount, remaining])

describe('a second asset with tables of its own', () => {
  it('is credited, spent from the lot that ends first, and given back to the same lots', async () => {
    const memberId = await aHolder()
    await topUp(memberId, 10_000)
    await topUp(memberId, 2_000, '2026-06-30')
    const paid = await pay(memberId, 3_000)
    expect(paid.balance).toBe(9_000)
    expect(await lotsOf(memberId)).toEqual([
      [10_000, 9_000],
      [2_000, 0],
    ])
    const lotSeqs = paid.draws.map(({ lotSeq }) => lotSeq)
    const back = await server.book.make(write, {
      memberId,
      lotSeqs,
      work: (view, account, context) => {
        const lots = lotSeqs.map((seq) => view.get(fen.lots, memberId, seq)!)
        return giveBack(account, lots, paid.draws, entryHeader('refund', context))
      },
    })
    expect(back.balance).toBe(12_000)
    expect(await lotsOf(memberId)).toEqual([
      [10_000, 10_000],
      [2_000, 2_000],
    ])
    expect(await audit(memberId)).toEqual([])
  })

  it('is taken back with a debt that the next credit pays, redated and ended', async () => {
    const memberId = await aHolder()
    await topUp(memberId, 1_000)
    await pay(memberId, 800)
    await server.book.make(write, {
      memberId,
      work: (view, account, context) =>
        reclaimAmount(account, view.range(fen.lots, memberId), context.today, entryHeader('refund', context), {
          amount: 1_000,
          lotSeq: 1,
          forfeitedBefore: 0,
          rule: 'debt',
          whyOf: ({ owed }) => [{ rule: 'owed', fen: owed }],
        }).posting,
    })
    expect(await topUp(memberId, 2_000, '2026-03-10')).toMatchObject({ balance: 1_200 })
    await server.book.make(write, {
      memberId,
      work: (view, account, context) => {
        const dates = view.range(fen.lots, memberId).map((lot) => ({ lot, expiresOn: '2026-03-01' }))
        return redate(account, entryHeader('expiry', context), dates, [])
      },
    })
    const ended = await server.book.make(write, {
      memberId,
      work: (view, account, context) =>
        expire(account, view.range(fen.lots, memberId), context.today, entryHeader('expiry', context)),
    })
    expect(ended.balance).toBe(0)
    expect(await audit(memberId)).toEqual([])
  })

  it('is written beside points in one batch, each on its own chain', async () => {
    const memberId = await aHolder()
    await Promise.all([
      server.book.make(adjust, give(memberId, 70)),
      topUp(memberId, 500),
      server.book.make(adjust, give(memberId, 30)),
      topUp(memberId, 600),
    ])
    expect((await server.account(memberId)).balance).toBe(100)
    expect(await lotsOf(memberId)).toEqual([
      [500, 500],
      [600, 600],
    ])
    expect(await audit(memberId)).toEqual([])
  })

  it('has its own bound and its own seal, and the audit names changes made outside the book', async () => {
    const memberId = await aHolder()
    await expect(topUp(memberId, 1_000_001)).rejects.toMatchObject({ code: 'receipt.too-large' })
    await topUp(memberId, 500)
    await server.db.execute(
      sql.raw(`UPDATE fen_lots SET amount_fen = 900, remaining = 900 WHERE member_id = ${memberId}`),
    )
    expect(await audit(memberId)).toEqual(
      expect.arrayContaining([expect.stringContaining('封印不符'), expect.stringContaining('余额 500')]),
    )
  })

  it('does not accept an entry of points as its own, even when all else is equal', async () => {
    const memberId = await aHolder()
    await server.book.make(adjust, give(memberId, 500))
    for (const part of ['entries', 'lots'])
      await server.db.execute(
        sql.raw(`INSERT INTO fen_${part} SELECT * FROM points_${part} WHERE member_id = ${memberId}`),
      )
    await server.db.execute(
      sql.raw(`UPDATE fen_accounts f JOIN points_accounts p USING (member_id)
        SET f.balance = p.balance, f.seq = p.seq, f.seal = p.seal WHERE f.member_id = ${memberId}`),
    )
    expect(await audit(memberId)).toEqual([expect.stringContaining('封印不符')])
  })
})
