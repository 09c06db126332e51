import type { Operation } from '../../../api/call.ts'

/** What shows a case, or what a case changes of its members. */
export const caseReadings: Operation[] = [
  'GET /admin/cases/:caseId',
  'GET /admin/cases',
  'GET /admin/cases/:caseId/members/:memberId/gifts',
  'GET /admin/members/:memberId',
  'GET /admin/members',
]
