import { escapeId } from 'mysql2'
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise'
import type { Account, Entry, Lot } from '../core/assets/posting.ts'
import type { Asset } from './asset.ts'
import type { MemberBook } from './audit-member.ts'
import type { PointsBook } from './audit-totals.ts'
import type { Sealed } from './seal.ts'
import { type BookTable, decodeRow, type Row, type Table } from './table.ts'

// Bounds the accounts of one read in shops where most members have a single entry.
const MEMBERS_PER_ENTRY = 0.4
const THE_LAST = Number.MAX_SAFE_INTEGER

/** A range of member numbers. All its rows are read in one snapshot, so that they are consistent while the shop is open. */
export interface Range<Book = PointsBook> {
  after: number
  upTo: number
  books: Book[]
}

/** The rows of a statement in plain SQL. */
export const query = async (
  connection: Pool | PoolConnection,
  sql: string,
  values: unknown[] = [],
): Promise<RowDataPacket[]> => (await connection.query<RowDataPacket[]>(sql, values))[0]

/** Runs reads that all see the database as it was when they began. */
export async function inSnapshot<T>(pool: Pool, work: (connection: PoolConnection) => Promise<T>): Promise<T> {
  const connection = await pool.getConnection()
  try {
    await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT')
    const result = await work(connection)
    await connection.query('COMMIT')
    connection.release()
    return result
  } catch (error) {
    connection.destroy()
    throw error
  }
}

/** The next members after one, limited by the total number of their entries. */
export async function readRange<A extends Account, Cause extends string, Explanation>(
  connection: PoolConnection,
  asset: Asset<A, Cause, Explanation>,
  after: number,
  entriesAtOnce: number,
): Promise<Range<MemberBook<A, Sealed<Entry<Cause, Explanation>>>>> {
  const most = Math.ceil(entriesAtOnce * MEMBERS_PER_ENTRY)
  const accountRows = await read(connection, asset.accounts, 'member_id > ?', [after], most)
  const fitting = takeFitting(accountRows, entriesAtOnce)
  // The last range has no upper end, so that rows without an account are found too.
  const isLast = fitting.length === accountRows.length && accountRows.length < most
  const upTo = isLast ? THE_LAST : fitting.at(-1)!.memberId
  return { after, upTo, books: await readBooks(connection, asset, fitting, [after, upTo]) }
}

/** All rows of an asset for a range of members whose accounts have been read. */
async function readBooks<A extends Account, Cause extends string, Explanation>(
  connection: PoolConnection,
  { entries, lots, draws, redates }: Asset<A, Cause, Explanation>,
  fitting: readonly Sealed<A>[],
  between: [after: number, upTo: number],
) {
  type Book = MemberBook<A, Sealed<Entry<Cause, Explanation>>>
  const rowsOf = <R extends Row>(table: Table<R>) =>
    read(connection, table, 'member_id > ? AND member_id <= ?', between)
  const byMember = new Map<number, Book>()
  const bookOf = (memberId: number): Book => {
    const known = byMember.get(memberId) ?? {
      memberId,
      account: null,
      entries: [],
      lots: [],
      draws: [],
      redates: [],
      misfiled: [],
    }
    byMember.set(memberId, known)
    return known
  }
  for (const account of fitting) bookOf(account.memberId).account = account
  for (const entry of await rowsOf(entries)) bookOf(entry.memberId).entries.push(entry)
  for (const lot of await rowsOf(lots)) bookOf(lot.memberId).lots.push(lot)
  for (const { memberId, seq } of await misfiledLots(connection, lots, between)) bookOf(memberId).misfiled.push(seq)
  for (const draw of await rowsOf(draws)) bookOf(draw.memberId).draws.push(draw)
  for (const redate of await rowsOf(redates)) bookOf(redate.memberId).redates.push(redate)
  return [...byMember.values()]
}

export const isLastRange = ({ upTo }: Pick<Range, 'upTo'>): boolean => upTo === THE_LAST

/** The first accounts whose entries together stay within the limit; at least one account. */
function takeFitting<A extends Account>(accountRows: A[], entriesAtOnce: number): A[] {
  let entriesSoFar = 0
  const tooMany = accountRows.findIndex(({ seq }, index) => {
    entriesSoFar += seq
    return index > 0 && entriesSoFar > entriesAtOnce
  })
  return tooMany === -1 ? accountRows : accountRows.slice(0, tooMany)
}

/** Lots that the jobs for expiring points would miss, or find although they are empty. */
async function misfiledLots(
  connection: PoolConnection,
  lots: BookTable<Lot>,
  between: number[],
): Promise<Pick<Lot, 'memberId' | 'seq'>[]> {
  const sql = `SELECT member_id AS memberId, seq FROM ${escapeId(lots.name)}
    WHERE member_id > ? AND member_id <= ? AND NOT due_on <=> IF(remaining > 0, expires_on, NULL)`
  const [rows] = await connection.query<RowDataPacket[]>(sql, between)
  return rows as Lot[]
}

async function read<R extends Row>(
  connection: PoolConnection,
  table: Table<R>,
  where: string,
  values: number[],
  limit?: number,
): Promise<R[]> {
  const columns = table.columns.map(({ name }) => escapeId(name)).join(', ')
  const keys = table.columns.filter(({ property }) => table.key.includes(property)).map(({ name }) => escapeId(name))
  const order = `ORDER BY ${keys.join(', ')}${limit ? ` LIMIT ${limit}` : ''}`
  const sql = `SELECT ${columns} FROM ${escapeId(table.name)} WHERE ${where} ${order}`
  const [rows] = await connection.query<RowDataPacket[][]>({ sql, values, rowsAsArray: true })
  const readable = tolerant(table)
  return rows.map((row) => decodeRow(readable, row) as R)
}

/** Reads damaged JSON as null: its seal does not match, and the audit continues. */
const tolerant = (table: Table): Table => ({
  ...table,
  columns: table.columns.map((column) => ({
    ...column,
    fromDriver: (value) => {
      try {
        return column.fromDriver(value)
      } catch {
        return null
      }
    },
  })),
})
