import type { Feature } from '../../../feature.ts'
import { purchaseAdminRoutes } from './admin-routes.ts'
import { purchaseApproval } from './approval.ts'
import { purchaseAudit } from './audit.ts'
import { purchasePersonal } from './personal.ts'
import { purchaseRoutes } from './routes.ts'
import { spendingRoutes } from './spending-routes.ts'

export const purchases = {
  name: 'earning/purchases',
  personal: purchasePersonal,
  approval: purchaseApproval,
  routes: [purchaseRoutes, purchaseAdminRoutes, spendingRoutes],
  audit: [purchaseAudit],
} as const satisfies Feature
