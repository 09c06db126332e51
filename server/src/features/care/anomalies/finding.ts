import type { Day, Instant } from '@pointbook/shared/day'
import { sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import type { Database } from '../../../platform/database/pool.ts'

/** A member's anomaly that the merchant should look at. It proves nothing. */
export interface Finding {
  memberId: number
  /** The reason why it is listed, in words. */
  text: string
  /** When it happened last. */
  at: Instant
}

export interface Span {
  since: Instant
  now: Instant
  offsetMinutes: number
}

export interface Detector {
  kind: string
  title: string
  find(db: Database, span: Span): Promise<Finding[]>
}

/** Only the worst of each kind: they lead the merchant to the others. */
export const MOST = 20

/** The shop's wall clock of an instant, as `2026-11-21 16:05:00.000`. */
export const wallClock = (column: MySqlColumn, { offsetMinutes }: Span) =>
  sql`(${column} + INTERVAL ${sql.raw(String(offsetMinutes))} MINUTE)`

export const businessDay = (column: MySqlColumn, span: Span) =>
  sql<Day>`DATE(${wallClock(column, span)})`.as('business_day')

/** The latest instant of a group, as the column itself gives it. */
export const latest = (column: MySqlColumn) =>
  sql`MAX(${column})`.mapWith((text: string) => column.mapFromDriverValue(text) as Instant)
