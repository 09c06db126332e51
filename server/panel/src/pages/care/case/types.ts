import type { Reply } from '../../../api/call.ts'

export type Case = Reply<'GET /admin/cases/:caseId'>
export type SuspectOf = Case['members'][number]
