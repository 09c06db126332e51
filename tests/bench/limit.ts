import mysql, { type Connection } from 'mysql2/promise'
import { bareConnection } from './database.ts'
import { tenReasons } from './ten-rules.ts'
import type { Shop } from './works.ts'

/** One posting as SQL. */
interface Posting {
  /** What it reads and locks; the first statement locks the account. */
  reads: string[]
  /** What it writes as the member's entry of that number. */
  writes(seq: number): string[]
}

const TEN_REASONS = JSON.stringify(tenReasons)
const ONE_REASON = JSON.stringify(tenReasons.slice(0, 1))
const LINES = JSON.stringify(
  Array.from({ length: 3 }, (_, index) => ({
    name: `商品${index}`,
    quantity: 1,
    amountFen: 6_000,
    points: 60,
    returnedQuantity: 0,
    returnedFen: 0,
  })),
)
const PAID = JSON.stringify({ couponFen: 0, storedValueFen: 0, channel: 'store', payment: null })
const HASH = Buffer.alloc(32, 7)
const AT = '2026-03-02 04:00:00.000'

const memberOf = ({ firstMember, members }: Shop, count: number) => firstMember + ((count * 7_919) % members)

const locked = (memberId: number) => `SELECT * FROM points_accounts WHERE member_id = ${memberId} FOR UPDATE`

const account = (memberId: number, seq: number, delta: number) =>
  `UPDATE points_accounts SET balance = balance + ${delta}, seq = ${seq}, earned = earned + ${delta}, earned_by_month = '{"2026-03":${seq}}', bought_by_month = '{"2026-03":[${seq},1]}', seal = x'${HASH.toString('hex')}', last_at = '${AT}' WHERE member_id = ${memberId}`

const entry = (memberId: number, seq: number, kind: string, cause: string, delta: number, why = ONE_REASON) =>
  mysql.format(
    'INSERT INTO points_entries (member_id, seq, kind, cause, ref, delta, debt_delta, balance_after, policy_version, why, actor, at, seal) VALUES (?)',
    [[memberId, seq, kind, cause, '1/LIMIT', delta, 0, 10_000, 1, why, 'clerk/1', AT, HASH]],
  )

const lot = (memberId: number, seq: number, points: number) =>
  mysql.format(
    'INSERT INTO points_lots (member_id, seq, points, remaining, expired, usable_on, expires_on, due_on) VALUES (?)',
    [[memberId, seq, points, points, 0, '2026-03-02', '2027-03-02', '2027-03-02']],
  )

const moveRow = (memberId: number, key: string, outcome: object) =>
  mysql.format('INSERT INTO moves (member_id, move_key, name, input_hash, outcome, at) VALUES (?)', [
    [memberId, key, 'limit', HASH, JSON.stringify(outcome), AT],
  ])

const message = mysql.format('INSERT INTO outbox (topic, payload, due_at, attempts, last_error) VALUES (?)', [
  ['limit', '{}', '2099-01-01 00:00:00.000', 0, ''],
])

/** The same rows as the server's moves write. */
const postings: Record<string, (shop: Shop, count: number) => Posting> = {
  earn: (shop, count) => {
    const memberId = memberOf(shop, count)
    const key = `L${shop.mark}-${count}`
    const gift = { points: 180, amountFen: 18_000, balance: 10_000, expiresOn: '2027-03-02', policyVersion: 1 }
    const purchase = (seq: number) =>
      mysql
        .format(
          'INSERT INTO purchases (store_id, receipt_no, member_id, entry_seq, amount_fen, points, lines, paid, returned_fen, returned_points, forfeited_points, returns, actor, at) VALUES (?)',
          [[shop.storeId, key, memberId, seq, 18_000, 180, LINES, PAID, 0, 0, 0, 0, 'clerk/1', AT]],
        )
        .replace(', lines,', ', `lines`,')
    return {
      reads: [locked(memberId)],
      writes: (seq) => [
        account(memberId, seq, 180),
        entry(memberId, seq, 'earn', 'purchase', 180, TEN_REASONS),
        lot(memberId, seq, 180),
        purchase(seq),
        moveRow(memberId, key, { seq, ...gift, why: { memberId, seq } }),
      ],
    }
  },
  'check-in': (shop, count) => {
    const memberId = memberOf(shop, count)
    return {
      reads: [locked(memberId)],
      writes: (seq) => [
        account(memberId, seq, 5),
        entry(memberId, seq, 'earn', 'check-in', 5),
        lot(memberId, seq, 5),
        `INSERT INTO streaks VALUES (${memberId}, 1, '2026-03-02') ON DUPLICATE KEY UPDATE days = 1`,
        `INSERT IGNORE INTO check_ins VALUES (${memberId}, '2020-01-01', 5)`,
        moveRow(memberId, `L${shop.mark}-c${count}`, { points: 5, days: 1, balance: 10_000 }),
      ],
    }
  },
  redeem: (shop, count) => redemption(shop, count, shop.itemIds[count % shop.itemIds.length]!),
  'redeem-hot': (shop, count) => redemption(shop, count, shop.hotItemId),
}

function redemption(shop: Shop, count: number, itemId: number): Posting {
  const memberId = memberOf(shop, count)
  const mark = `L${shop.mark}-${itemId === shop.hotItemId ? 'h' : 'r'}${count}`
  const order = (seq: number) =>
    mysql.format(
      'INSERT INTO orders (member_id, entry_seq, item_id, quantity, points, state, store_id, pickup_code, made_at, ended_at, ended_by, reason) VALUES (?)',
      [[memberId, seq, itemId, 1, 1, 'waiting', shop.storeId, mark.slice(-16), AT, null, '', '']],
    )
  return {
    reads: [
      locked(memberId),
      `SELECT * FROM points_lots WHERE member_id = ${memberId} AND remaining > 0`,
      `SELECT * FROM mall_stock WHERE item_id = ${itemId} FOR UPDATE`,
    ],
    writes: (seq) => [
      account(memberId, seq, -1),
      entry(memberId, seq, 'spend', 'redemption', -1),
      order(seq),
      `UPDATE points_lots SET remaining = remaining - 1 WHERE member_id = ${memberId} AND seq = 1`,
      `INSERT INTO points_draws VALUES (${memberId}, ${seq}, 1, 1)`,
      `UPDATE mall_stock SET stock = stock - 1, redeemed = redeemed + 1 WHERE item_id = ${itemId}`,
      `INSERT INTO quotas VALUES (${memberId}, 'item/${itemId}', 1) ON DUPLICATE KEY UPDATE used = used + 1`,
      moveRow(memberId, mark, { entrySeq: seq, points: 1, pickupCode: mark.slice(-16), madeAt: AT, balance: 10_000 }),
      message,
    ],
  }
}

/** One transaction a posting. */
type Way = (connection: Connection, posting: Posting) => Promise<void>

const ways = {
  /** One round trip per statement, as programs usually do. */
  plain: async (connection, { reads, writes }) => {
    await connection.query('BEGIN')
    let seq = 0
    for (const read of reads) {
      const [rows] = await connection.query<AccountRow[]>(read)
      seq ||= rows[0]!.seq + 1
    }
    for (const write of writes(seq)) await connection.query(write)
    await connection.query('COMMIT')
  },
  /** All reads in one round trip and all writes in another: as fast as SQL alone can. */
  tight: async (connection, { reads, writes }) => {
    const [answers] = await connection.query<AccountRow[][]>(['BEGIN', ...reads].join(';'))
    await connection.query([...writes(answers[1]![0]!.seq + 1), 'COMMIT'].join(';'))
  },
} satisfies Record<string, Way>

type AccountRow = mysql.RowDataPacket & { seq: number }

interface LimitOrder {
  url: string
  work: string
  way: keyof typeof ways
  connections: number
  seconds: number
  shop: Shop
  /** How many postings were made before. */
  from: number
}

/** Postings a second of the database alone. */
export async function limitOf(order: LimitOrder): Promise<{ perSecond: number; done: number }> {
  const { url, connections, seconds, shop, from } = order
  const posting = postings[order.work]!
  const way = ways[order.way]
  const all = await Promise.all(Array.from({ length: connections }, () => bareConnection(url)))
  let count = from
  let done = 0
  const begun = performance.now()
  const worker = async (connection: Connection) => {
    while (performance.now() < begun + seconds * 1000) {
      await way(connection, posting(shop, count++))
      done++
    }
  }
  await Promise.all(all.map(worker))
  const perSecond = done / ((performance.now() - begun) / 1000)
  await Promise.all(all.map((connection) => connection.end()))
  return { perSecond, done }
}
