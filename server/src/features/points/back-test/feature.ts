import type { Feature } from '../../../feature.ts'
import { backTestRoutes } from './routes.ts'

export const backTest = { name: 'points/back-test', routes: [backTestRoutes] } as const satisfies Feature
