import type { Touch } from './move.ts'

/**
 * A part of a move: the rows it needs, beside the functions that read and change them. A move lists its parts in one function and
 * calls it for `touches` and in `decide`, so that the rows of every part it uses are declared.
 */
export interface Part {
  touches: readonly Touch[]
}

/** The rows of all parts of a move. */
export const touchesOf = (parts: Readonly<Record<string, Part>>): Touch[] =>
  Object.values(parts).flatMap(({ touches }) => touches)
