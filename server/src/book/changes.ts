import type { Change, Touch } from './move.ts'
import type { AppendTable, BookTable, Row } from './table.ts'

// What a move declares and what it writes.

/** Declares one row, which may be absent. */
export const row = (table: BookTable, ...key: (string | number)[]): Touch => ({ table, key })

/** Declares all rows whose first key column is this, as far as the table admits them to a range. */
export const range = (table: BookTable, first: number): Touch => ({ table, range: first })

/** Changes a row that the move declares and the view has. */
export const put = <R extends Row>(table: BookTable<R>, value: NoInfer<R>): Change => ({
  how: 'put',
  table,
  row: value,
})

/** Adds a row that is not there. */
export const add = <R extends Row>(table: BookTable<R>, value: NoInfer<R>): Change => ({
  how: 'add',
  table,
  row: value,
})

/** Changes a declared row or adds it where it is absent. `before`: what the view gave for it. */
export const save = <R extends Row>(
  table: BookTable<R>,
  before: NoInfer<R> | null | undefined,
  value: NoInfer<R>,
): Change => (before ? put(table, value) : add(table, value))

/** Appends a row to a table that moves never read. */
export const log = <R extends Row>(table: AppendTable<R>, value: NoInfer<R>): Change => ({
  how: 'log',
  table,
  row: value,
})
