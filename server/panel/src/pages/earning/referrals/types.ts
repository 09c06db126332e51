import type { Reply } from '../../../api/call.ts'

export type Held = Reply<'GET /admin/referrals/held'>['rows'][number]
export interface Choice {
  held: Held
  approve: boolean
}
