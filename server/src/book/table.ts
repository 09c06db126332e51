import { getTableColumns, getTableName } from 'drizzle-orm'
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core'
import { escapeId, escape as escapeValue, type SqlValue } from 'mysql2'

/** Any row. Each table's own type says which properties it has. */
export type Row = object

/** The values of a primary key, in its order. */
export type Key = readonly (string | number)[]

type RowOf<T extends MySqlTable> = T['$inferSelect']

interface Column {
  property: string
  name: string
  toDriver(value: unknown): unknown
  fromDriver(value: unknown): unknown
}

interface Derived {
  name: string
  compute(row: Row): unknown
}

/**
 * A table that moves write, and only through the book. The row type occurs only in a method's parameter, so that a table of any
 * row type is assignable to `Table`.
 */
interface TableOf<R extends Row> {
  name: string
  /** Tables are locked and written in this order; no two tables share a number. */
  order: number
  /** Properties that make the primary key. */
  key: readonly string[]
  columns: readonly Column[]
  /** Columns that follow from the others: written with the row, never read with it. */
  derived: readonly Derived[]
  /** False where another locked row guards these: a member's lots change only under the account's lock. */
  locked: boolean
  /** The condition for the rows that a range read returns, as SQL. */
  rangeWhere: string
  keyOf(row: R): Key
}

/** A table whose rows moves read and change. */
export interface BookTable<R extends Row = Row> extends TableOf<R> {
  append: false
}

/** A table whose rows moves only ever append and never read. */
export interface AppendTable<R extends Row = Row> extends TableOf<R> {
  append: true
  /** Seals what a batch has appended, before it is written. */
  seal?(rowsOf: RowsOf, secret: string): void
}

export type Table<R extends Row = Row> = BookTable<R> | AppendTable<R>

/** The rows of one table in a batch. */
export interface TableRows<R extends Row = Row> {
  table: Table<R>
  rows: Map<string, R>
  /** Keys by their first column, for range reads. */
  byFirst: Map<unknown, Set<string>>
  /** Rows to be replaced, and rows to be added. */
  changed: Map<string, R>
  added: Map<string, R>
  appended: R[]
}

export type RowsOf = <R extends Row>(table: Table<R>) => TableRows<R>

interface Options<R, Property extends string> {
  order: number
  key: readonly string[]
  /** The properties that moves read of a table which they never write; all of them when left out. */
  only?: readonly Property[]
  locked?: boolean
  rangeWhere?: string
  derived?: { [Name in keyof R]?: (row: R) => unknown }
}

export function bookTable<T extends MySqlTable, Property extends keyof RowOf<T> & string = keyof RowOf<T> & string>(
  table: T,
  options: Options<RowOf<T>, Property>,
): BookTable<Pick<RowOf<T>, Property>> {
  return { ...tableOf(table, options), append: false }
}

export function appendTable<T extends MySqlTable>(
  table: T,
  options: Pick<Options<RowOf<T>, never>, 'order' | 'key'>,
): AppendTable<RowOf<T>> {
  const { columns, ...rest } = tableOf(table, options)
  // Such a table numbers its own rows where it has no key of ours.
  const written = options.key.length === 0 ? columns.filter(({ property }) => property !== 'id') : columns
  return { ...rest, columns: written, append: true }
}

function tableOf<T extends MySqlTable, Property extends string>(
  table: T,
  options: Options<RowOf<T>, Property>,
): TableOf<Row> {
  const { order, key, only, locked = true, rangeWhere = 'TRUE' } = options
  const derived = (options.derived ?? {}) as { [property: string]: Derived['compute'] }
  const all = Object.entries(getTableColumns(table)).map(([property, column]) => columnOf(property, column))
  const columns = all.filter(({ property }) => !(property in derived) && (!only || only.includes(property as Property)))
  return {
    name: getTableName(table),
    order,
    key,
    columns,
    derived: all
      .filter(({ property }) => property in derived)
      .map(({ property, name, toDriver }) => ({ name, compute: (row) => toDriver(derived[property]!(row)) })),
    locked,
    rangeWhere,
    keyOf: (row) => key.map((property) => propertyOf(row, property) as string | number),
  }
}

const propertyOf = (row: Row, property: string): unknown => (row as Record<string, unknown>)[property]

function columnOf(property: string, column: MySqlColumn): Column {
  return {
    property,
    name: column.name,
    toDriver: (value) => (value === null || value === undefined ? null : column.mapToDriverValue(value)),
    fromDriver: (value) => (value === null ? null : column.mapFromDriverValue(value)),
  }
}

export const keyText = (key: Key): string => (key.length === 1 ? String(key[0]) : key.join('/'))

export function decodeRow(table: Table, values: readonly unknown[]): Row {
  const row: Record<string, unknown> = {}
  for (let at = 0; at < table.columns.length; at++) {
    const { property, fromDriver } = table.columns[at]!
    row[property] = fromDriver(values[at])
  }
  return row
}

/**
 * A value as SQL text. Within quotes only a quote and a backslash are special (MySQL manual, `mysql_real_escape_string`), and few
 * of our texts contain one, JSON included.
 */
export function literal(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (value === null) return 'NULL'
  if (typeof value === 'string') return value.includes("'") || value.includes('\\') ? escapeValue(value) : `'${value}'`
  return escapeValue(value as SqlValue)
}

export const tuple = (values: readonly unknown[]): string => `(${values.map(literal).join(',')})`

/** Reads rows by primary key, in key order, locked unless another row guards them. */
export function selectByKey(table: Table, keys: readonly Key[], lock: boolean): string {
  const { columns, key } = sqlOf(table)
  const single = table.key.length === 1
  const wanted = keys.map((each) => (single ? literal(each[0]) : tuple(each))).join(',')
  const suffix = lock && table.locked ? ' FOR UPDATE' : ''
  const left = single ? key : `(${key})`
  return `SELECT ${columns} FROM ${escapeId(table.name)} WHERE ${left} IN (${wanted}) ORDER BY ${key}${suffix}`
}

/** Reads the rows that `rangeWhere` admits and whose first key column is one of `firsts`. */
export function selectRange(table: Table, firsts: readonly unknown[]): string {
  const { columns, first } = sqlOf(table)
  return `SELECT ${columns} FROM ${escapeId(table.name)} WHERE ${first} IN ${tuple(firsts)} AND ${table.rangeWhere}`
}

export function insertRows(table: Table, rows: readonly Row[], replace: boolean): string {
  const { written, updates } = sqlOf(table)
  const values = rows.map((row) => rowText(table, row)).join(',\n')
  const insert = `INSERT INTO ${escapeId(table.name)} (${written}) VALUES ${values}`
  return replace ? `${insert} ON DUPLICATE KEY UPDATE ${updates}` : insert
}

function rowText({ columns, derived }: Table, row: Row): string {
  let text = ''
  for (const { property, toDriver } of columns)
    text += `${text ? ',' : '('}${literal(toDriver(propertyOf(row, property)))}`
  for (const { compute } of derived) text += `,${literal(compute(row))}`
  return `${text})`
}

interface Sql {
  columns: string
  written: string
  key: string
  first: string
  updates: string
}

const texts = new Map<string, Sql>()

/** The parts of a table's statements that never change. */
function sqlOf(table: Table): Sql {
  const text = texts.get(table.name)
  if (text) return text
  const nameOf = (property: string) => escapeId(table.columns.find((column) => column.property === property)!.name)
  const isKey = ({ property }: Column) => table.key.includes(property)
  const updated = [...table.columns.filter((column) => !isKey(column)), ...table.derived]
  const made = {
    columns: table.columns.map(({ name }) => escapeId(name)).join(', '),
    written: [...table.columns, ...table.derived].map(({ name }) => escapeId(name)).join(', '),
    key: table.key.map(nameOf).join(', '),
    first: table.key[0] ? nameOf(table.key[0]) : '',
    updates: updated.map(({ name }) => `${escapeId(name)} = VALUES(${escapeId(name)})`).join(', '),
  }
  texts.set(table.name, made)
  return made
}
