import type { Reply } from '../../../api/call.ts'

export type Dashboard = Reply<'GET /admin/dashboard'>
