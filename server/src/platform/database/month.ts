import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/** The shop's month of an instant, as `2026-11`. */
export const monthColumn = (at: SQLWrapper, offsetMinutes: number): SQL<string> =>
  sql<string>`DATE_FORMAT(${at} + INTERVAL ${sql.raw(String(offsetMinutes))} MINUTE, '%Y-%m')`
