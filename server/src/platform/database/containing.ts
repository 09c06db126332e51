import { and, type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'

const EMOJI_AND_RARE = /[\u{10000}-\u{10ffff}]+/gu

/**
 * True where the column contains the text as it stands, whatever the case: `%` and `_` are plain characters. That collation takes
 * all characters beyond the first 65,536 for one, so these must be there by their bytes as well.
 */
export function containing(column: MySqlColumn, text: string): SQL {
  const beyond = text.match(EMOJI_AND_RARE) ?? []
  return and(
    sql`${column} COLLATE utf8mb4_general_ci LIKE ${patternOf(text)}`,
    ...beyond.map((part) => sql`${column} COLLATE utf8mb4_bin LIKE ${patternOf(part)}`),
  )!
}

const patternOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
