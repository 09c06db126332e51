import type { Feature } from '../../../feature.ts'
import { tillRoutes } from './routes.ts'

export const till = { name: 'earning/till', routes: [tillRoutes] } as const satisfies Feature
