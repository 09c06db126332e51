import type { Reply } from '../../../api/call.ts'

export type Store = Reply<'GET /admin/stores'>['rows'][number]
export type StaffMember = Reply<'GET /admin/staff'>['rows'][number]
