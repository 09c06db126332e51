import type { Feature } from '../../../feature.ts'
import { checkInHandlers } from './handlers.ts'
import { checkInPersonal } from './personal.ts'
import { checkInRecord } from './record.ts'
import { checkInRoutes } from './routes.ts'

export const checkIns = {
  name: 'earning/check-ins',
  routes: [checkInRoutes],
  handlers: checkInHandlers,
  record: checkInRecord,
  personal: checkInPersonal,
} as const satisfies Feature
