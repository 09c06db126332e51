import type { Feature } from '../../../feature.ts'
import { storeManagerRoutes } from './routes.ts'

export const storeManagers = { name: 'shop/store-managers', routes: [storeManagerRoutes] } as const satisfies Feature
