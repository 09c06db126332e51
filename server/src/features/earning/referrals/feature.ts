import type { Feature } from '../../../feature.ts'
import { referralAdminRoutes } from './admin-routes.ts'
import { referralHandlers } from './handlers.ts'
import { referralPersonal } from './personal.ts'
import { referralRecord } from './record.ts'
import { referralRoutes } from './routes.ts'

export const referrals = {
  name: 'earning/referrals',
  personal: referralPersonal,
  routes: [referralRoutes, referralAdminRoutes],
  handlers: referralHandlers,
  record: referralRecord,
} as const satisfies Feature
