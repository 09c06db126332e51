import type { Reply } from '../../../api/call.ts'

export type HeldReferral = Reply<'GET /admin/referrals/held'>['rows'][number]
export interface Choice {
  held: HeldReferral
  approve: boolean
}
