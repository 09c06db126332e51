import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Day, Instant } from '@pointbook/shared/day'
import type { CodeNaming, Refusal } from '@pointbook/shared/refusals'
import type { BookTable, Key, Row, Table } from './table.ts'
import type { View } from './view.ts'

/** Rows that a move needs in its view: one row by its key, or all rows of a member's range. */
export type Touch = { table: BookTable; key: Key } | { table: BookTable; range: number }

/** A row to be written: `put` changes a declared row, `add` makes a new one, `log` appends. */
export interface Change {
  how: 'put' | 'add' | 'log'
  table: Table
  row: Row
}

export interface Decided<Outcome> {
  changes: Change[]
  outcome: Outcome
}

/** The shop's time and policy while a batch is decided. */
export interface DecisionContext {
  now: Instant
  /** The business day of `now`. */
  today: string
  policy: Policy
  policyVersion: number
  /** Minutes since midnight of `now` at the shop. */
  minute: number
  dayOf(at: Instant): string
}

export interface Move<Input, Outcome> {
  name: string
  /** The member whose history the move belongs to; 0 for none. */
  member(input: Input): number
  /** A business fact, at most 100 ASCII characters; the same fact twice is the same move and gets the same answer. */
  key(input: Input): string
  /** The part of the input that must be equal when a key is repeated; all of it when left out. */
  same?(input: Input): unknown
  /** The refusal when a key is repeated with another input; a function gets the first outcome and its business day. */
  reused?: CodeNaming | ((first: Outcome, on: Day) => Refusal)
  /** The rows it needs; they may depend on the policy in force. */
  touches(input: Input, context: DecisionContext): Touch[]
  /** Pure: returns the rows to write and the answer, or throws a Refusal, which changes nothing. */
  decide(view: View, input: Input, context: DecisionContext): Decided<Outcome>
}

export const move = <Input, Outcome>(name: string, rest: Omit<Move<Input, Outcome>, 'name'>): Move<Input, Outcome> => ({
  name,
  ...rest,
})
