import type { AuditAction } from '@pointbook/shared/audit-actions'
import type { Instant } from '@pointbook/shared/day'
import type { ActorRef, SubjectRef } from '@pointbook/shared/references'
import { cut } from '@pointbook/shared/text'
import { index, mysqlTable, text, varchar } from 'drizzle-orm/mysql-core'
import { hash, id, instant } from './columns.ts'

/**
 * The merchant's log of actors, actions and times. It contains no secrets and no whole phone numbers. Its lines are written with
 * `record` and `logged` only, and changed with `rewriteLine` only: both seal them.
 */
export const auditLog = mysqlTable(
  'audit_log',
  {
    id: id().primaryKey().autoincrement(),
    at: instant('at').notNull(),
    actor: varchar({ length: 60 }).$type<ActorRef>().notNull(),
    action: varchar({ length: 40 }).notNull(),
    subject: varchar({ length: 60 }).$type<SubjectRef>().notNull(),
    text: varchar({ length: 300 }).notNull(),
    detail: text().notNull(),
    /** Null for a line from before lines were sealed, until the job adopts it. */
    seal: hash('seal'),
    /** The block that seals the line's place; null until the job has put it into one. */
    sealedIn: id('sealed_in'),
  },
  (table) => [
    index('audit_log_at').on(table.at, table.id),
    index('audit_log_subject').on(table.subject, table.at, table.id),
    index('audit_log_action').on(table.action, table.at, table.id),
    index('audit_log_sealed_in').on(table.sealedIn, table.id),
  ],
)

export interface LogLine {
  actor: ActorRef
  action: AuditAction
  /** What the action changed, such as `member/10000001`. */
  subject: SubjectRef
  text: string
  detail?: unknown
}

export const logRow = (at: Instant, { detail, text, ...rest }: LogLine) => ({
  ...rest,
  // The database would replace a half character, and the seal would not match.
  text: Buffer.from(cut(text, 300)).toString(),
  at,
  detail: detail === undefined ? '' : JSON.stringify(detail),
})
