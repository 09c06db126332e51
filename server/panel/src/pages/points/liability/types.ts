import type { Reply } from '../../../api/call.ts'

export type Liability = Reply<'GET /admin/liability'>
