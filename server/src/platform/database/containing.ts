import { type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'

/** True where the column contains the text as it stands, whatever the case: `%` and `_` are plain characters. */
export const containing = (column: MySqlColumn, text: string): SQL =>
  sql`${column} COLLATE utf8mb4_general_ci LIKE ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`
