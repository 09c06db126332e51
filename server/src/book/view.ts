import type { BookTable, Row } from './table.ts'

/** The rows that a move declared, with the changes of earlier moves in the batch. */
export interface View {
  get<R extends Row>(table: BookTable<R>, ...key: (string | number)[]): R | undefined
  range<R extends Row>(table: BookTable<R>, first: number): R[]
}
