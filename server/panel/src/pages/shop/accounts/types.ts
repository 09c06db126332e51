import type { Reply } from '../../../api/call.ts'

export type Account = Reply<'GET /admin/accounts'>['rows'][number]
export type OwnRole = Reply<'GET /admin/roles'>['own'][number]
