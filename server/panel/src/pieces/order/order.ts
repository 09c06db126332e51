import type { Operation, Reply } from '../../api/call.ts'

export type Order = Reply<'POST /admin/redemptions/search'>['rows'][number]

export interface Asking {
  order: Order
  open: boolean
  onClose: () => void
}

/** Reads that become stale when an order ends. */
export const changedByOrder: Operation[] = [
  'POST /admin/redemptions/search',
  'GET /admin/members/:memberId/redemptions',
  'GET /admin/members/:memberId',
  'GET /admin/members/:memberId/entries',
  'GET /admin/dashboard',
]
