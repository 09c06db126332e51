import type { Feature } from '../../../feature.ts'
import { compensationHandlers } from './handlers.ts'
import { compensationPersonal } from './personal.ts'
import { compensationRoutes } from './routes.ts'

export const compensations = {
  name: 'care/compensations',
  routes: [compensationRoutes],
  handlers: compensationHandlers,
  personal: compensationPersonal,
} as const satisfies Feature
