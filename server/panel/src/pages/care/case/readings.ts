import type { Operation } from '../../../api/call.ts'

/** Reads that become stale when a case changes. */
export const caseReadings: Operation[] = [
  'GET /admin/cases/:caseId',
  'GET /admin/cases',
  'GET /admin/cases/:caseId/members/:memberId/gifts',
  'GET /admin/members/:memberId',
  'POST /admin/members/search',
]
