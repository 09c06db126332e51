import Type from 'typebox'
import { Cursor, Id, Instant, Limit, Search, Text } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'

/** A line of the audit log. */
export const AuditLogRow = Exact({
  id: Id,
  at: Instant,
  actor: Type.String(),
  /** The present name of the actor; '' when there is none. */
  actorName: Type.String(),
  action: Type.String(),
  subject: Type.String(),
  subjectName: Type.String(),
  text: Type.String(),
  detail: Type.String(),
})

export const auditLog = {
  'POST /admin/audit-log/search': {
    for: 'admin',
    permission: 'audit-log.read',
    summary: 'Who did what when, newest first',
    body: Exact({ q: Maybe(Search(40)), action: Maybe(Text(40)), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Exact({ rows: Type.Array(AuditLogRow), next: Nullable(Type.String()), actions: Type.Array(Type.String()) }),
  },
} satisfies Endpoints

export type AuditLogApi = ApiOf<typeof auditLog>
