import type { Reply } from '../../../api/call.ts'

export type Announcement = Reply<'GET /admin/announcements'>['rows'][number]
