import type { Connection as DriverConnection } from 'mysql2'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { BackupFault, type TableHeading, type Value } from './format.ts'

/** A table as its rows are written and read. */
export interface Shape extends TableHeading {
  /** The columns of the primary key, by which the rows are in order. */
  key: string[]
}

const TEXT = ['char', 'varchar', 'text', 'mediumtext', 'longtext', 'date', 'datetime']
const NUMBER = ['tinyint', 'int', 'bigint', 'decimal']
const BINARY = ['binary', 'varbinary', 'blob', 'mediumblob', 'longblob']
const EXACT = [...TEXT, ...NUMBER, ...BINARY]

const COLUMNS = `SELECT column_name AS name, data_type AS type FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = ? AND COALESCE(generation_expression, '') = '' ORDER BY ordinal_position`
const KEY = `SELECT column_name AS name FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND table_name = ? AND index_name = 'PRIMARY' ORDER BY seq_in_index`

/** The tables of the database that `connection` uses. */
export async function tableNames(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name",
  )
  return rows.map(({ name }) => String(name))
}

/** Throws `BackupFault` for a column whose values this format does not keep exactly. */
export async function shapeOf(connection: Connection, table: string): Promise<Shape> {
  const [rows] = await connection.query<RowDataPacket[]>(COLUMNS, [table])
  const columns = rows.map(({ name, type }) => ({ name: String(name), type: String(type).toLowerCase() }))
  const unknown = columns.find(({ type }) => !EXACT.includes(type))
  if (unknown)
    throw new BackupFault(`${table}.${unknown.name} is of the type ${unknown.type}, which a backup does not know.`)
  const [key] = await connection.query<RowDataPacket[]>(KEY, [table])
  return {
    table,
    columns: columns.map(({ name }) => name),
    binary: columns.filter(({ type }) => BINARY.includes(type)).map(({ name }) => name),
    next: await nextNumber(connection, table),
    key: key.map(({ name }) => String(name)),
  }
}

/** The statistics of MySQL may be a day old; the definition of the table is not. */
async function nextNumber(connection: Connection, table: string): Promise<string | null> {
  const [[definition]] = await connection.query<RowDataPacket[]>('SHOW CREATE TABLE ??', [table])
  const [, next] = String(definition!['Create Table']).match(/^\).*\bAUTO_INCREMENT=(\d+)/m) ?? []
  return next ?? null
}

/** Numbers beyond 2^53 and decimals come as text, times as they are written in SQL. */
const EXACTLY = { rowsAsArray: true, dateStrings: true, supportBigNumbers: true, bigNumberStrings: true }
const ROWS_READ_AHEAD = 500
const CHUNK = 65_536

/** The rows of a table in the order of its key, as chunks of lines. */
export async function* linesOf(
  connection: Connection,
  { table, columns, binary, key }: Shape,
): AsyncGenerator<{ text: string; rows: number }> {
  const isBinary = columns.map((name) => binary.includes(name))
  const sql = connection.format('SELECT ?? FROM ?? ORDER BY ??', [columns, table, key])
  const { connection: driver } = connection as unknown as { connection: DriverConnection }
  const stream = driver.query({ sql, ...EXACTLY }).stream({ highWaterMark: ROWS_READ_AHEAD })
  let text = ''
  let rows = 0
  for await (const row of stream as AsyncIterable<(Value | Buffer)[]>) {
    const values = row.map((value, index) =>
      isBinary[index] ? ((value as Buffer | null)?.toString('base64') ?? null) : value,
    )
    text += `${JSON.stringify(values)}\n`
    rows++
    if (text.length < CHUNK) continue
    yield { text, rows }
    text = ''
    rows = 0
  }
  if (rows > 0) yield { text, rows }
}
