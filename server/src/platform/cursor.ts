import { Refusal } from '@pointbook/shared/refusals'

/** Reads a cursor that is one whole number; undefined for the first page. Refuses anything else. */
export function numberCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const value = Number(cursor)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Refusal('input.invalid', { fields: [{ field: 'cursor', text: '格式不正确' }] })
  return value
}

/** Cuts rows read with one more than the limit into a page. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => number | string,
): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit)
  return { rows: shown, next: rows.length > limit ? String(cursorOf(shown.at(-1)!)) : null }
}
