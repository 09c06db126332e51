import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

// The builders and parsers of `shared/src/references.ts` in SQL.

/** `clerk/…` of a column of member ids. */
export const clerkRefIn = (memberId: AnyColumn): SQL => sql`CONCAT('clerk/', ${memberId})`

/** A pattern for LIKE. */
export const ANY_CLERK = 'clerk/%'

/** The store of a column of purchase references, as SQL text. */
export const storeIdIn = (ref: string): string => `CAST(SUBSTRING_INDEX(${ref}, '/', 1) AS SIGNED)`

/** The receipt number of a column of purchase references, as SQL text. */
export const receiptNoIn = (ref: string): string => `SUBSTRING(${ref}, LOCATE('/', ${ref}) + 1)`
