import Type from 'typebox'
import { Id, Instant } from '../fields.ts'
import { Exact } from '../http.ts'

/** Who did what when. */
export const AuditLogRow = Exact({
  id: Id,
  at: Instant,
  actor: Type.String(),
  action: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  detail: Type.String(),
})
