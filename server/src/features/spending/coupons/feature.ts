import type { Feature } from '../../../feature.ts'
import { couponAudit } from './audit.ts'
import { couponGrantRoutes } from './grant-routes.ts'
import { couponHandlers } from './handlers.ts'
import { couponJobs } from './jobs.ts'
import { couponPersonal } from './personal.ts'
import { couponRoutes } from './routes.ts'

export const coupons = {
  name: 'spending/coupons',
  routes: [couponRoutes, couponGrantRoutes],
  handlers: couponHandlers,
  jobs: couponJobs,
  audit: [couponAudit],
  personal: couponPersonal,
} as const satisfies Feature
