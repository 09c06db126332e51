import type { Reply } from '../../../api/call.ts'

export type Preset = Reply<'GET /admin/policy/presets'>['rows'][number]
