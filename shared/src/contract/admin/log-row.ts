import Type from 'typebox'
import { Id, Instant } from '../fields.ts'
import { Exact } from '../http.ts'

/** Who did what when. */
export const AuditLogRow = Exact({
  id: Id,
  at: Instant,
  actor: Type.String(),
  /** What whoever acted is called now; '' for nobody in particular. */
  actorName: Type.String(),
  action: Type.String(),
  subject: Type.String(),
  subjectName: Type.String(),
  text: Type.String(),
  detail: Type.String(),
})
