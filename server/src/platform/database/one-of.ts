import { type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'

/**
 * As `inArray`, for hundreds of numbers: they are one parameter, which the driver writes as `1, 2, 3`, where drizzle would make
 * objects for each.
 */
export const oneOf = (column: MySqlColumn, numbers: readonly number[]): SQL =>
  numbers.length > 0 ? sql`${column} IN (${sql.param(numbers)})` : sql`FALSE`
