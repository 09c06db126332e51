import { auditLedger } from '@pointbook/server/book/audit'
import { auditParts } from '@pointbook/server/features'
import { LEFT_NAME } from '@pointbook/server/features/members/directory/forget'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { POINTS } from '../bench/fill.ts'
import type { Shop } from '../bench/works.ts'
import { endMemberships } from './leaving.ts'
import { nameOf, type Sent } from './moves.ts'

export interface Verdict {
  acknowledged: number
  /** Members who have left, all their data erased. */
  left: number
  /** Acknowledged moves that the database does not hold. */
  lost: string[]
  /** Moves that exist twice, were never made, or were refused. */
  doubled: string[]
  /** Everything else that is wrong with the books. */
  faults: string[]
}

interface Trial {
  url: string
  shop: Shop
  sealSecret: string
  /** How many pieces of each item there were at first. */
  stockBefore: Map<number, number>
  sent: readonly Sent[]
}

/** Compares the clients' answers with the database. */
export async function judge({ url, shop, sealSecret, stockBefore, sent }: Trial): Promise<Verdict> {
  await endMemberships(url)
  const connection = await mysql.createConnection({ uri: url, dateStrings: true })
  const made = sent.filter(({ answer }) => answer?.made)
  const faults = sent.filter(({ answer }) => !answer).map((move) => `${nameOf(move)} was never answered`)
  const doubtful = new Set(
    sent.filter(({ kind, losses }) => kind === 'check-in' && losses > 0).map(({ memberId }) => memberId),
  )
  const leavers = new Set(
    sent
      .filter(({ kind, losses }) => (kind === 'leave' || kind === 'stay') && losses > 0)
      .map(({ memberId }) => memberId),
  )
  const compared = [
    compare(expected(made, 'earn', earnMark), await marks(connection, PURCHASES)),
    compare(expected(made, 'redeem', orderMark), await marks(connection, ORDERS)),
    compare(expected(made, 'return', returnMark), await marks(connection, RETURNS)),
    compare(expected(made, 'check-in', checkInMark), await marks(connection, CHECK_INS), doubtfulDay),
    compare(leftMarks(sent), await marks(connection, LEFT), doubtfulLeave),
    compare(expected(made, 'stay', stayMark), await marks(connection, STAYED), doubtfulLeave),
  ]
  faults.push(...(await stockFaults(connection, stockBefore)), ...(await balanceFaults(connection)))
  const left = (await marks(connection, LEFT)).length
  const twice = await marks(connection, ENTRIES_OF_ONE_CAUSE)
  await connection.end()
  faults.push(...(await auditFaults(url, sealSecret)))
  return {
    acknowledged: made.length,
    left,
    lost: compared.flatMap(({ missing }) => missing),
    doubled: [...compared.flatMap(({ extra }) => extra), ...twice],
    faults,
  }

  /** A check-in whose answer was lost may be repeated on another day of the shop's clock; then it counts for that day. */
  function doubtfulDay(mark: string): boolean {
    return doubtful.has(Number(mark.split(' ')[1]))
  }

  /** An answer was lost: whether the member asked, or took it back, in time shows only in the database. */
  function doubtfulLeave(mark: string): boolean {
    return leavers.has(Number(mark.split(' ')[1]))
  }

  function expected(moves: Sent[], kind: Sent['kind'], markOf: (move: Sent, shop: Shop) => string): string[] {
    return moves.filter((move) => move.kind === kind).map((move) => markOf(move, shop))
  }
}

const earnMark = ({ memberId, no, answer }: Sent, { storeId }: Shop) =>
  `earn ${storeId}/${no} ${memberId} ${answer!.body.seq} ${answer!.body.points}`
const orderMark = ({ memberId, answer }: Sent) => `order ${answer!.body.order.orderNo} ${memberId}`
const returnMark = ({ memberId, no, answer }: Sent, { storeId }: Shop) =>
  `return ${storeId}/${no} ${memberId} ${answer!.body.points}`
const checkInMark = ({ memberId, answer }: Sent) => `check-in ${memberId} ${answer!.body.on}`

const stayMark = ({ memberId }: Sent) => `stay ${memberId}`

/** Who asked to leave and did not take it back. */
function leftMarks(sent: readonly Sent[]): string[] {
  const made = sent.filter(({ answer }) => answer?.made)
  const stayed = new Set(made.filter(({ kind }) => kind === 'stay').map(({ memberId }) => memberId))
  const asked = made.filter(({ kind, memberId }) => kind === 'leave' && !stayed.has(memberId))
  return asked.map(({ memberId }) => `leave ${memberId}`)
}

// The receipts, orders and check-ins, each only with its entry and its move. The request id of a sale is its receipt number here.
const PURCHASES = `
  SELECT CONCAT('earn ', e.ref, ' ', p.member_id, ' ', p.entry_seq, ' ', e.delta) AS mark
    FROM purchases p
    JOIN points_entries e ON e.member_id = p.member_id AND e.seq = p.entry_seq AND e.cause = 'purchase'
    JOIN moves m ON m.member_id = p.member_id AND m.move_key = CONCAT('purchase/', p.receipt_no)`
const ORDERS = `
  SELECT CONCAT('order ', o.member_id, '-', o.entry_seq, ' ', o.member_id) AS mark
    FROM orders o
    JOIN points_entries e ON e.member_id = o.member_id AND e.seq = o.entry_seq AND e.cause = 'redemption'`
const RETURNS = `
  SELECT CONCAT('return ', store_id, '/', receipt_no, ' ', member_id, ' ', points) AS mark FROM purchase_returns`
const CHECK_INS = `
  SELECT CONCAT('check-in ', c.member_id, ' ', c.checked_in_on) AS mark
    FROM check_ins c
    JOIN points_entries e ON e.member_id = c.member_id AND e.cause = 'check-in' AND e.ref = c.checked_in_on`

// Those who left have nothing any more and are nobody; those who stayed have everything.
const LEFT = `
  SELECT CONCAT('leave ', r.member_id) AS mark
    FROM leave_requests r
    JOIN points_accounts a ON a.member_id = r.member_id AND a.standing = 'cancelled' AND a.balance = 0
    JOIN points_entries e ON e.member_id = r.member_id AND e.cause = 'membership-end' AND e.delta = -${POINTS}
    JOIN members m ON m.id = r.member_id AND m.nickname = '${LEFT_NAME}'
   WHERE r.state = 'done' AND NOT EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.member_id = r.member_id)`
const STAYED = `
  SELECT CONCAT('stay ', r.member_id) AS mark
    FROM leave_requests r
    JOIN points_accounts a ON a.member_id = r.member_id AND a.standing = 'active' AND a.balance = ${POINTS}
   WHERE r.state = 'withdrawn'`

/** One receipt earns once and is returned once here, one day is checked in once. */
const ENTRIES_OF_ONE_CAUSE = `
  SELECT CONCAT(cause, ' ', ref, ' of ', member_id, ': ', COUNT(*), ' entries') AS mark FROM points_entries
   WHERE cause IN ('purchase', 'redemption', 'check-in', 'return', 'membership-end')
   GROUP BY cause, ref, member_id HAVING COUNT(*) > 1`

async function marks(connection: Connection, sql: string): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(sql)
  return rows.map(({ mark }) => mark)
}

/** A mark that several clients were told, such as one day's check-in, need be there once only. */
function compare(told: string[], found: string[], mayBe = (_mark: string) => false) {
  const known = new Set(told)
  const seen = new Set<string>()
  const extra = found.filter((mark) => {
    const again = seen.has(mark)
    seen.add(mark)
    return again || (!known.has(mark) && !mayBe(mark))
  })
  return { missing: [...known].filter((mark) => !seen.has(mark)), extra }
}

async function stockFaults(connection: Connection, before: Map<number, number>): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT item_id AS itemId, stock, redeemed FROM mall_stock')
  return rows
    .filter(({ itemId, stock, redeemed }) => stock < 0 || stock + redeemed !== before.get(itemId))
    .map(({ itemId, stock, redeemed }) => `item ${itemId}: ${stock} + ${redeemed} are not ${before.get(itemId)}`)
}

const balanceFaults = (connection: Connection): Promise<string[]> =>
  marks(
    connection,
    `SELECT CONCAT('member ', member_id, ' has ', balance, ' and owes ', debt) AS mark FROM points_accounts
      WHERE balance < 0 OR debt < 0`,
  )

async function auditFaults(url: string, sealSecret: string): Promise<string[]> {
  const pool = mysql.createPool({ uri: url, dateStrings: true, timezone: 'Z' })
  const { checks } = await auditLedger(pool, { parts: auditParts, sealSecret, pointsPerYuan: 100 })
  await pool.end()
  return checks.filter(({ passed }) => !passed).flatMap(({ id, faults }) => faults.map((fault) => `${id}: ${fault}`))
}
