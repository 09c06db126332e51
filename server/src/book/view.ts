import type { BookTable, Row } from './table.ts'

/** What a move sees: the rows it declared to touch, as the moves before it in the batch have left them. */
export interface View {
  get<R extends Row>(table: BookTable<R>, ...key: (string | number)[]): R | undefined
  range<R extends Row>(table: BookTable<R>, first: number): R[]
}
