import type { Feature } from '../../../feature.ts'
import { tagHandlers } from './handlers.ts'
import { tagPersonal } from './personal.ts'
import { tagRoutes } from './routes.ts'

export const tags = {
  name: 'members/tags',
  routes: [tagRoutes],
  handlers: tagHandlers,
  personal: tagPersonal,
} as const satisfies Feature
