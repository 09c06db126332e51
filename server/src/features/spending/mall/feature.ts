import type { Feature } from '../../../feature.ts'
import { mallAdminRoutes } from './admin-routes.ts'
import { orderAudit, stockAudit } from './audit.ts'
import { orderPersonal } from './personal.ts'
import { mallRoutes } from './routes.ts'

export const mall = {
  name: 'spending/mall',
  routes: [mallRoutes, mallAdminRoutes],
  audit: [orderAudit, stockAudit],
  personal: orderPersonal,
} as const satisfies Feature
