import type { Reply } from '../../../api/call.ts'

export type Item = Reply<'GET /admin/items'>['rows'][number]
