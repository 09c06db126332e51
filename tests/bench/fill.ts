import { fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { FIRST_SEAL, seal } from '@pointbook/server/book/seal'
import type { Entry } from '@pointbook/server/core/ledger/points'
import type { Day } from '@pointbook/shared/day'
import mysql from 'mysql2/promise'
import type { HistoryOrder } from './history.ts'
import { tenRules } from './ten-rules.ts'
import { BENCH_FAMILY } from './tickets.ts'

const AT = '2026-01-01T04:00:00.000Z'
const SQL_AT = '2026-01-01 04:00:00.000'
/** The points of each member whom `fillMembers` makes. */
export const POINTS = 100_000
const ROWS_AT_ONCE = 2_000

/** Members with an account, one opening entry and one lot each, usable up to `expiresOn`, sealed as the book would. Returns the first member's number. */
export async function fillMembers(
  url: string,
  members: number,
  sealSecret: string,
  expiresOn: Day | null = null,
): Promise<number> {
  const connection = await mysql.createConnection({ uri: url })
  await connection.query('SET unique_checks = 0')
  const [[highest]] = (await connection.query('SELECT COALESCE(MAX(id), 20000000) AS id FROM members')) as unknown as [
    [{ id: number }],
  ]
  const first = highest.id + 1
  for (let done = 0; done < members; done += ROWS_AT_ONCE) {
    const ids = Array.from({ length: Math.min(ROWS_AT_ONCE, members - done) }, (_, index) => first + done + index)
    await connection.beginTransaction()
    await insert(connection, 'members', ids.map(memberRow))
    await insert(connection, 'refresh_tokens', ids.map(loginRow))
    const entries = ids.map((memberId) => openingEntry(memberId))
    const seals = entries.map((entry) =>
      seal({ secret: sealSecret, sealedAs: null }, FIRST_SEAL, entry, lotOf(entry.memberId, expiresOn), [], []),
    )
    await insert(
      connection,
      'points_accounts',
      ids.map((memberId, index) => ({
        member_id: memberId,
        standing: 'active',
        balance: POINTS,
        debt: 0,
        seq: 1,
        seal: seals[index],
        earned: 0,
        spent: 0,
        expired: 0,
        purchases: 0,
        spend_fen: 0,
        earned_by_month: '{}',
        last_at: SQL_AT,
      })),
    )
    await insert(
      connection,
      'points_entries',
      entries.map((entry, index) => ({
        member_id: entry.memberId,
        seq: 1,
        kind: entry.kind,
        cause: entry.cause,
        ref: entry.ref,
        delta: POINTS,
        debt_delta: 0,
        balance_after: POINTS,
        policy_version: 1,
        why: '[]',
        actor: entry.actor,
        at: SQL_AT,
        seal: seals[index],
      })),
    )
    await insert(
      connection,
      'points_lots',
      ids.map((memberId) => ({
        member_id: memberId,
        seq: 1,
        points: POINTS,
        remaining: POINTS,
        expired: 0,
        usable_on: '2026-01-01',
        expires_on: expiresOn,
        due_on: expiresOn,
      })),
    )
    await connection.commit()
  }
  await connection.end()
  return first
}

const lotOf = (memberId: number, expiresOn: Day | null) => ({
  memberId,
  seq: 1,
  amount: POINTS,
  remaining: POINTS,
  expired: 0,
  usableOn: '2026-01-01',
  expiresOn,
})

const openingEntry = (memberId: number): Entry => ({
  memberId,
  seq: 1,
  kind: 'adjust',
  cause: 'adjustment',
  ref: '期初',
  delta: POINTS,
  debtDelta: 0,
  balanceAfter: POINTS,
  policyVersion: 1,
  why: [],
  actor: 'system',
  at: AT,
})

const memberRow = (id: number) => ({
  id,
  openid_hash: `bench:${id}`,
  phone_hash: `bench:${id}`,
  phone_sealed: '',
  phone_masked: '',
  phone_tail: String(id).slice(-4),
  nickname: `会员${id}`,
  avatar_url: '',
  sex: 'unknown',
  tags: '[]',
  invite_code: id.toString(36).toUpperCase(),
  source: 'import',
  joined_at: SQL_AT,
})

/** The login that the tokens of `tickets.ts` name. */
const loginRow = (id: number) => ({
  token_hash: String(id).padStart(64, '0'),
  family_id: BENCH_FAMILY,
  member_id: id,
  ends_at: '2099-01-01 00:00:00.000',
})

async function insert(connection: mysql.Connection, table: string, rows: Record<string, unknown>[]) {
  const columns = Object.keys(rows[0]!)
  await connection.query(`INSERT INTO ${table} (${columns.map((name) => mysql.escapeId(name)).join(', ')}) VALUES ?`, [
    rows.map((row) => columns.map((name) => row[name])),
  ])
}

/** Gives each member, who has one entry, nineteen more; every processor works at it. */
export async function fillHistories(url: string, first: number, members: number, sealSecret: string) {
  const workers = availableParallelism()
  const each = Math.ceil(members / workers)
  const fillers = Array.from({ length: workers }, async (_, index) => {
    const child = fork(fileURLToPath(new URL('./history.ts', import.meta.url)))
    const mine = Math.min(each, members - index * each)
    child.send({ url, first: first + index * each, members: mine, sealSecret } satisfies HistoryOrder)
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error('histories could not be filled')
  })
  await Promise.all(fillers)
}

const A_MEMBER_BUYS = 50
const FIRST_BUYER = 20_000_001
const FIRST_SECOND = Date.UTC(2023, 11, 31, 16)
const categories = ['茶', '咖啡', '点心']

/** Purchases of two years, 2024 and 2025, in the order of time, three lines each, fifty a member. */
export async function fillPurchases(url: string, purchases: number) {
  const connection = await mysql.createConnection({ uri: url })
  await connection.query('SET unique_checks = 0')
  const buyers = Math.ceil(purchases / A_MEMBER_BUYS)
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
  for (let done = 0; done < buyers; done += ROWS_AT_ONCE) {
    const ids = numbers(FIRST_BUYER + done, Math.min(ROWS_AT_ONCE, buyers - done))
    await insert(connection, 'members', ids.map(memberRow))
  }
  const stepMs = (731 * 86_400_000) / purchases
  for (let done = 0; done < purchases; done += ROWS_AT_ONCE) {
    const rows = numbers(done, Math.min(ROWS_AT_ONCE, purchases - done))
    const sold = rows.map((row) =>
      purchaseRow(row, FIRST_BUYER + (row % buyers), 1 + Math.floor(row / buyers), FIRST_SECOND + row * stepMs),
    )
    await insert(connection, 'purchases', sold)
    await insert(connection, 'points_entries', sold.map(earningRow))
  }
  await connection.end()
}

function purchaseRow(row: number, memberId: number, entrySeq: number, atMs: number) {
  const lines = categories.map((category, line) => ({
    name: '商品',
    category,
    quantity: 1 + (row % 3),
    amountFen: 1_000 + ((row * 7_919 + line * 4_513) % 20_000),
    points: 100,
    returnedFen: 0,
    returnedQuantity: 0,
  }))
  return {
    store_id: 1 + (row % 6),
    receipt_no: `R${row}`,
    member_id: memberId,
    entry_seq: entrySeq,
    amount_fen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0),
    points: 300,
    lines: JSON.stringify(lines),
    paid: JSON.stringify({ couponFen: 0, storedValueFen: 0, channel: 'store', payment: 'wechat' }),
    returned_fen: 0,
    returned_points: 0,
    forfeited_points: 0,
    returns: 0,
    actor: 'system',
    at: new Date(atMs).toISOString().slice(0, 23).replace('T', ' '),
  }
}

// Eight rules spoke, two of them gave.
const why = JSON.stringify([
  { rule: 'base', points: 200, because: { type: 'rate', points: 1, perFen: 100, amountFen: 20_000 } },
  { rule: 'large', points: 100, because: { type: 'multiply', multiplierBp: 15_000, basePoints: 200 } },
  ...[2, 3, 4, 5, 6, 7].map((days) => ({
    rule: `day-${days}`,
    points: 0,
    because: { type: 'other-weekday', days: [days] },
  })),
])

const earningRow = (sold: ReturnType<typeof purchaseRow>) => ({
  member_id: sold.member_id,
  seq: sold.entry_seq,
  kind: 'earn',
  cause: 'purchase',
  ref: `${sold.store_id}/${sold.receipt_no}`,
  delta: sold.points,
  debt_delta: 0,
  balance_after: sold.points,
  policy_version: 1,
  why,
  actor: 'system',
  at: sold.at,
  seal: Buffer.alloc(32),
})

/** A store, a clerk, a policy of ten rules and items with stock beyond any run; returns their numbers. */
export async function fillShop(
  url: string,
  clerkId: number,
): Promise<{ storeId: number; itemIds: number[]; hotItemId: number }> {
  const connection = await mysql.createConnection({ uri: url })
  const [{ insertId: storeId }] = await connection.query<mysql.ResultSetHeader>(
    "INSERT INTO stores (name, address, hours, `open`) VALUES ('量测店', '', '', 1)",
  )
  await connection.query(
    "INSERT INTO policies (version, name, note, document, published_at, published_by, effective_at) VALUES (2, ?, '', ?, UTC_TIMESTAMP(3), 'system', UTC_TIMESTAMP(3))",
    [tenRules.name, JSON.stringify(tenRules)],
  )
  await connection.query("INSERT INTO staff VALUES (?, 'clerk', ?)", [clerkId, SQL_AT])
  await connection.query('INSERT INTO staff_stores VALUES (?, ?)', [clerkId, storeId])
  const itemIds: number[] = []
  for (let count = 0; count <= 100; count++) {
    const [{ insertId }] = await connection.query<mysql.ResultSetHeader>(
      "INSERT INTO mall_items (name, category, picture_url, worth_fen, description, instructions, position, made_at) VALUES (?, '量测', '', 0, '', '', 0, ?)",
      [`商品${count}`, SQL_AT],
    )
    await connection.query(
      'INSERT INTO mall_stock (item_id, points, limit_per_member, listed, stock, redeemed) VALUES (?, 1, NULL, 1, 10000000, 0)',
      [insertId],
    )
    itemIds.push(insertId)
  }
  await connection.end()
  return { storeId, hotItemId: itemIds[0]!, itemIds: itemIds.slice(1) }
}
