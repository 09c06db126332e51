import type { Operation, Reply } from '../../api/call.ts'

export type Order = Reply<'GET /admin/redemptions'>['rows'][number]

export interface Asking {
  order: Order
  open: boolean
  onClose: () => void
}

/** Reads that become stale when an order ends. */
export const changedByOrder: Operation[] = [
  'GET /admin/redemptions',
  'GET /admin/members/:memberId/redemptions',
  'GET /admin/members/:memberId',
  'GET /admin/members/:memberId/entries',
  'GET /admin/dashboard',
]
