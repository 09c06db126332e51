import { seal } from '@pointbook/server/book/seal'
import type { Entry } from '@pointbook/server/core/ledger/points'
import mysql from 'mysql2/promise'
import { tenReasons } from './ten-rules.ts'

// A process that adds nineteen entries to members with one: earning and expiry by turns, sealed as the book would.

export interface HistoryOrder {
  url: string
  first: number
  members: number
  sealSecret: string
}

interface End {
  seal: Buffer
  balance: number
}

const POINTS = 180
const AT_ONCE = 1_000
// In two rounds, so that the pages are as full as in a real shop: a completely filled page would be split at the next entry.
const ROUNDS = [
  { from: 2, to: 11 },
  { from: 12, to: 20 },
]
const LAST = 20
const DATES = { usableOn: '2025-01-01', expiresOn: '2027-12-31' }
const WHY = tenReasons.slice(0, 1)
const WHY_TEXT = JSON.stringify(WHY)
const FIRST_AT = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

process.once('message', async (order: HistoryOrder) => {
  await fill(order)
  process.exit()
})

async function fill({ url, first, members, sealSecret }: HistoryOrder) {
  const connection = await mysql.createConnection({ uri: url })
  await connection.query('SET unique_checks = 0')
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
  await connection.query('CREATE TEMPORARY TABLE ends (member_id BIGINT PRIMARY KEY, seal BINARY(32), balance INT)')
  for (const round of ROUNDS)
    for (let done = 0; done < members; done += AT_ONCE) {
      const from = first + done
      await extend(connection, sealSecret, round, from, Math.min(from + AT_ONCE, first + members) - 1)
    }
  await connection.end()
}

/** The entries of one round for members `from` to `upTo`, and all that belongs to them. */
async function extend(
  connection: mysql.Connection,
  sealSecret: string,
  round: (typeof ROUNDS)[number],
  from: number,
  upTo: number,
) {
  const [accounts] = await connection.query<mysql.RowDataPacket[]>(
    'SELECT member_id AS memberId, seal, balance FROM points_accounts WHERE member_id BETWEEN ? AND ?',
    [from, upTo],
  )
  const rows: string[] = []
  const ends = accounts.map(({ memberId, ...start }) => {
    let end = start as End
    for (let seq = round.from; seq <= round.to; seq++) {
      const entry = entryOf(memberId, seq, end.balance, FIRST_AT + seq * 30 * DAY_MS + (memberId % DAY_MS))
      end = { seal: sealOf(sealSecret, end.seal, entry), balance: entry.balanceAfter }
      rows.push(entryText(entry, end.seal))
    }
    return `(${memberId},x'${end.seal.toString('hex')}',${end.balance})`
  })
  const these = `member_id BETWEEN ${from} AND ${upTo} AND seq BETWEEN ${round.from} AND ${round.to}`
  for (const sql of [
    'START TRANSACTION',
    `INSERT INTO points_entries VALUES ${rows.join(',')}`,
    `INSERT INTO points_lots (member_id, seq, points, remaining, expired, usable_on, expires_on, due_on)
       SELECT member_id, seq, delta, IF(seq = ${LAST}, delta, 0), IF(seq = ${LAST}, 0, delta), '${DATES.usableOn}', '${DATES.expiresOn}', IF(seq = ${LAST}, '${DATES.expiresOn}', NULL)
         FROM points_entries WHERE ${these} AND delta > 0`,
    `INSERT INTO points_draws SELECT member_id, seq, seq - 1, -delta FROM points_entries WHERE ${these} AND delta < 0`,
    `INSERT INTO moves SELECT member_id, CONCAT('history/', seq), 'history', seal, '{"points":${POINTS}}', at FROM points_entries WHERE ${these}`,
    `INSERT INTO ends VALUES ${ends.join(',')}`,
    `UPDATE points_accounts a JOIN ends e ON e.member_id = a.member_id
        SET a.seal = e.seal, a.balance = e.balance, a.seq = ${round.to},
            a.expired = a.expired + ${POINTS * Math.floor((round.to - round.from + 1) / 2)}`,
    'DELETE FROM ends',
    'COMMIT',
  ])
    await connection.query(sql)
}

const comes = (seq: number) => seq % 2 === 0

const entryOf = (memberId: number, seq: number, balance: number, atMs: number): Entry => {
  const delta = comes(seq) ? POINTS : -POINTS
  return {
    memberId,
    seq,
    kind: comes(seq) ? 'adjust' : 'expire',
    cause: comes(seq) ? 'adjustment' : 'expiry',
    ref: `history/${seq}`,
    delta,
    debtDelta: 0,
    balanceAfter: balance + delta,
    policyVersion: 1,
    why: WHY,
    actor: 'system',
    at: new Date(atMs).toISOString(),
  }
}

function sealOf(secret: string, previous: Buffer, entry: Entry): Buffer {
  const { memberId, seq } = entry
  const lot = { memberId, seq, amount: POINTS, remaining: POINTS, expired: 0, ...DATES }
  const draw = { memberId, entrySeq: seq, lotSeq: seq - 1, amount: POINTS }
  return seal({ secret, sealedAs: null }, previous, entry, comes(seq) ? lot : undefined, comes(seq) ? [] : [draw], [])
}

const entryText = ({ memberId, seq, kind, cause, ref, delta, balanceAfter, actor, at }: Entry, sealed: Buffer) =>
  `(${memberId},${seq},'${kind}','${cause}','${ref}',${delta},0,${balanceAfter},1,'${WHY_TEXT}','${actor}','${at.slice(0, 10)} ${at.slice(11, 23)}',x'${sealed.toString('hex')}')`
