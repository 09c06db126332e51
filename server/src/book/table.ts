import { getTableColumns, getTableName } from 'drizzle-orm'
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core'
import { escapeId } from 'mysql2'
import type { Key } from './move.ts'

export type Row = Record<string, unknown>

type RowOf<T extends MySqlTable> = T['$inferSelect']

interface Column {
  property: string
  name: string
  toDriver(value: unknown): unknown
  fromDriver(value: unknown): unknown
}

/** A table whose rows only the book writes. */
export interface BookTable<R extends object = Row> {
  name: string
  /** Tables are locked and written in this order; no two tables share a number. */
  order: number
  /** Properties that make the primary key. */
  key: readonly string[]
  columns: readonly Column[]
  /** Rows are only ever added and never read by a move. */
  append: boolean
  /** False where another locked row guards these: a member's lots change only under the account's lock. */
  locked: boolean
  /** Which rows of a member a range read brings, as SQL. */
  rangeWhere: string
  keyOf(row: R): Key
}

interface Options {
  order: number
  key: readonly string[]
  append?: boolean
  locked?: boolean
  rangeWhere?: string
}

export function bookTable<T extends MySqlTable>(table: T, options: Options): BookTable<RowOf<T>> {
  const columns = Object.entries(getTableColumns(table))
    .filter(([, column]) => !column.generated)
    .map(([property, column]) => columnOf(property, column))
  const { order, key, append = false, locked = true, rangeWhere = 'TRUE' } = options
  return {
    name: getTableName(table),
    order,
    key,
    // An append-only table numbers its own rows where it has no key of ours.
    columns: append ? columns.filter(({ property }) => !(property === 'id' && key.length === 0)) : columns,
    append,
    locked,
    rangeWhere,
    keyOf: (row) => key.map((property) => (row as Row)[property] as string | number),
  }
}

function columnOf(property: string, column: MySqlColumn): Column {
  return {
    property,
    name: column.name,
    toDriver: (value) => (value === null || value === undefined ? null : column.mapToDriverValue(value)),
    fromDriver: (value) => (value === null ? null : column.mapFromDriverValue(value)),
  }
}

export const keyText = (key: Key): string => (key.length === 1 ? String(key[0]) : key.join('/'))

export const decodeRow = (table: BookTable, values: readonly unknown[]): Row =>
  Object.fromEntries(table.columns.map((column, index) => [column.property, column.fromDriver(values[index])]))

const columnList = (table: BookTable) => table.columns.map((column) => escapeId(column.name)).join(', ')
const keyColumns = (table: BookTable) =>
  table.key.map((property) => escapeId(table.columns.find((column) => column.property === property)!.name))

/** Reads rows by primary key, in key order, locked unless another row guards them. The keys go in as one `IN` list. */
export function selectByKey(table: BookTable, keys: readonly Key[], lock: boolean): { sql: string; values: unknown[] } {
  const columns = keyColumns(table)
  const left = columns.length === 1 ? columns[0] : `(${columns.join(', ')})`
  const values = columns.length === 1 ? keys.map((key) => key[0]) : keys.map((key) => [...key])
  const suffix = lock && table.locked ? ' FOR UPDATE' : ''
  const sql = `SELECT ${columnList(table)} FROM ${escapeId(table.name)} WHERE ${left} IN (?) ORDER BY ${columns.join(', ')}${suffix}`
  return { sql, values: [values] }
}

/** Reads what `rangeWhere` admits of the rows whose first key column is one of `firsts`. */
export function selectRange(table: BookTable, firsts: readonly unknown[]): { sql: string; values: unknown[] } {
  const [first] = keyColumns(table)
  return {
    sql: `SELECT ${columnList(table)} FROM ${escapeId(table.name)} WHERE ${first} IN (?) AND ${table.rangeWhere}`,
    values: [firsts],
  }
}

export function insertRows(
  table: BookTable,
  rows: readonly Row[],
  replace: boolean,
): { sql: string; values: unknown[] } {
  const values = rows.map((row) => table.columns.map((column) => column.toDriver(row[column.property])))
  const insert = `INSERT INTO ${escapeId(table.name)} (${columnList(table)}) VALUES ?`
  if (!replace) return { sql: insert, values: [values] }
  const updates = table.columns
    .filter((column) => !table.key.includes(column.property))
    .map((column) => `${escapeId(column.name)} = VALUES(${escapeId(column.name)})`)
  return { sql: `${insert} ON DUPLICATE KEY UPDATE ${updates.join(', ')}`, values: [values] }
}
