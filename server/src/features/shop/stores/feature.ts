import type { Feature } from '../../../feature.ts'
import { storeRoutes } from './routes.ts'

export const stores = (countWaiting: Parameters<typeof storeRoutes>[2]) =>
  ({
    name: 'shop/stores',
    routes: [(handle, server) => storeRoutes(handle, server, countWaiting)],
  }) as const satisfies Feature
