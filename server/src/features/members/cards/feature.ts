import type { Feature } from '../../../feature.ts'
import { cardHandlers } from './handlers.ts'
import { cardPersonal } from './personal.ts'
import { cardRoutes } from './routes.ts'

export const cards = {
  name: 'members/cards',
  routes: [cardRoutes],
  handlers: cardHandlers,
  personal: cardPersonal,
} as const satisfies Feature
