import type { Reply } from '../../../api/call.ts'

export type Member = Reply<'GET /admin/members/:memberId'>
export type Leaving = Reply<'GET /admin/members/:memberId/leaving'>
