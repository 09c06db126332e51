import { and, type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'

const EMOJI_AND_RARE = /[\u{10000}-\u{10ffff}]+/gu

/**
 * True where the column contains the text, ignoring case; `%` and `_` are plain characters. The collation treats all characters
 * above U+FFFF as equal, so these are compared by their bytes as well.
 */
export function containing(column: MySqlColumn, text: string): SQL {
  const beyond = text.match(EMOJI_AND_RARE) ?? []
  return and(
    sql`${column} COLLATE utf8mb4_general_ci LIKE ${patternOf(text)}`,
    ...beyond.map((part) => sql`${column} COLLATE utf8mb4_bin LIKE ${patternOf(part)}`),
  )!
}

const patternOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
