import type { Feature } from '../../../feature.ts'
import { staffHandlers } from './handlers.ts'
import { staffPersonal } from './personal.ts'
import { staffRoutes } from './routes.ts'

export const staff = {
  name: 'shop/staff',
  routes: [staffRoutes],
  handlers: staffHandlers,
  personal: staffPersonal,
} as const satisfies Feature
