import type { Feature } from '../../../feature.ts'
import { anomalyRoutes } from './routes.ts'

export const anomalies = { name: 'care/anomalies', routes: [anomalyRoutes] } as const satisfies Feature
