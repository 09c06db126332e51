import type { Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, desc, lt, lte, or, type SQL } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'

/**
 * The position at which a page of rows sorted by time ended. Ids alone do not give the order: each TiDB server assigns ids from
 * its own range.
 */
export interface TimeMark {
  at: Instant
  id: number
}

export const timeCursorOf = ({ at, id }: TimeMark): string => `${at}_${id}`

/** Reads a cursor that `timeCursorOf` made; undefined for the first page. Refuses anything else. */
export function timeCursor(cursor: string | undefined): TimeMark | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_(\d{1,15})$/.exec(cursor) ?? []
  if (!at || !id) throw new Refusal('input.invalid', { fields: [{ field: 'cursor', text: '格式不正确' }] })
  return { at, id: Number(id) }
}

export const newestFirst = (at: MySqlColumn, id: MySqlColumn): SQL[] => [desc(at), desc(id)]

/** Rows that come after the mark, newest first; all of them without one. */
export const olderThan = (at: MySqlColumn, id: MySqlColumn, mark: TimeMark | undefined): SQL | undefined =>
  mark && and(lte(at, mark.at), or(lt(at, mark.at), lt(id, mark.id)))
