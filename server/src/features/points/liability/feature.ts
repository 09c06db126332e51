import type { Feature } from '../../../feature.ts'
import { liabilityRoutes } from './routes.ts'

export const liability = { name: 'points/liability', routes: [liabilityRoutes] } as const satisfies Feature
