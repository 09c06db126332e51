import type { Feature } from '../../../feature.ts'
import { dashboardRoutes } from './routes.ts'

export const dashboard = { name: 'insight/dashboard', routes: [dashboardRoutes] } as const satisfies Feature
