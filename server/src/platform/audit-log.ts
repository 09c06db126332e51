import type { Instant } from '@pointbook/shared/day'
import { auditLog } from './audit-log-table.ts'
import type { Database, Transaction } from './database/pool.ts'

export interface LogLine {
  actor: string
  action: string
  /** What it was done to, such as `member/10000001`. */
  subject: string
  text: string
  detail?: unknown
}

/** Adds a line to the merchant's audit log; give it the transaction of the change it tells of. */
export async function record(db: Database | Transaction, at: Instant, line: LogLine): Promise<void> {
  const { detail, ...rest } = line
  await db
    .insert(auditLog)
    .values({ ...rest, text: rest.text.slice(0, 300), at, detail: detail === undefined ? '' : JSON.stringify(detail) })
}
