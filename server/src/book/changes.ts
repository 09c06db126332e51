import type { Change, Touch } from './move.ts'
import type { AppendTable, BookTable, Row } from './table.ts'

// The rows that a move declares and the changes it writes.

/** Declares one row, which may be absent. */
export const row = (table: BookTable, ...key: (string | number)[]): Touch => ({ table, key })

/** Declares all rows with this first key column that the table includes in a range. */
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

/** Changes a declared row, or adds it when it is absent. `before` is the row that the view returned. */
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
