import type { Instant } from '@pointbook/shared/day'
import type { SubjectRef } from '@pointbook/shared/references'
import { and, eq, or } from 'drizzle-orm'
import { auditLog, type LogLine, logRow } from './database/audit-log-table.ts'
import { containing } from './database/containing.ts'
import { sealedLine } from './database/log-seal.ts'
import { logSecretOf } from './database/log-secret.ts'
import type { Database, Transaction } from './database/pool.ts'
import { newestFirst, olderThan, type TimeMark } from './time-order.ts'

/** Adds a line to the merchant's audit log in the transaction of the change. Moves use `logged` instead. */
export async function record(tx: Transaction, at: Instant, line: LogLine): Promise<void> {
  await tx.insert(auditLog).values(sealedLine(logSecretOf(tx), logRow(at, line)))
}

/** The fields in which two states differ, for a line's detail; null where they are the same. */
export function differences<T extends object>(before: T, after: T): { before: Partial<T>; after: Partial<T> } | null {
  const names = (Object.keys(after) as (keyof T)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  if (names.length === 0) return null
  const only = (state: T) => Object.fromEntries(names.map((name) => [name, state[name] ?? null])) as Partial<T>
  return { before: only(before), after: only(after) }
}

export interface LogQuery {
  /** Text that occurs in the sentence, in what it was done to or in who did it. */
  q?: string | undefined
  action?: string | undefined
  subject?: SubjectRef | undefined
  /** Lines older than this one. */
  before?: TimeMark | undefined
  limit: number
}

/** Lines, newest first. */
export async function readLog(db: Database, { q, action, subject, before, limit }: LogQuery) {
  const { at, id } = auditLog
  return db
    .select()
    .from(auditLog)
    .where(
      and(
        olderThan(at, id, before),
        action ? eq(auditLog.action, action) : undefined,
        subject ? eq(auditLog.subject, subject) : undefined,
        q ? or(...[auditLog.text, auditLog.subject, auditLog.actor].map((column) => containing(column, q))) : undefined,
      ),
    )
    .orderBy(...newestFirst(at, id))
    .limit(limit)
}

/** Every kind of action that the log holds. */
export async function readActions(db: Database): Promise<string[]> {
  const rows = await db.selectDistinct({ action: auditLog.action }).from(auditLog).orderBy(auditLog.action)
  return rows.map(({ action }) => action)
}
